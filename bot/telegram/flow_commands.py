"""/ready, /summons, /alternatives: buttons only, one message edited in place."""

from __future__ import annotations

import asyncio

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage

from bot.telegram import flow_plan, flow_screens, render
from bot.telegram.addressed import is_private
from bot.telegram.desk import Context, Desk
from bot.telegram.flow_run import FlowRun
from bot.telegram.message import Message, read_press
from bot.telegram.paragraphs import paragraphs
from bot.telegram.session import Session
from bot.telegram.statements import pages
from retrieval.answering.answer import Language
from retrieval.flows import Guide, Plan, Press, Question, changes

FLOWS = ("summons", "ready", "alternatives")


class Flows:
    """Handles the commands and buttons of guided conversations."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, update: Update, _context: Context) -> None:
        """Begin the flow that the command names, or go on with it where it is under way."""
        message = update.effective_message
        if message is None:
            return
        language = self._desk.language(update)
        texts = self._desk.texts[language].flows
        chat = message.chat.id
        if not is_private(message):
            pages = render.chrome(texts.private_only, language)
            await self._desk.outbox.send(chat, pages, message.message_id)
            return
        self._desk.sessions.note(chat, message.message_id, message.date.timestamp())
        guide = self._desk.answerer.flow(_named(message.text or ""))
        if guide is None:
            await self._desk.outbox.send(chat, render.chrome(texts.missing, language))
            return
        session = self._desk.sessions.touch(chat)
        run = session.flows.pop(guide.id, None)
        if run is None or not _under_way(guide, run):
            run = _fresh(guide, run)
        session.flows[guide.id] = run
        await self._show_below(chat, session, guide, run, language)

    async def pressed(self, update: Update, _context: Context) -> None:
        """Do what a button of a flow says; to one that stands for nothing any more, say so."""
        query = update.callback_query
        press = read_press(query.data) if query else None
        if query is None or press is None or query.message is None:
            return
        flow, _, asked = press.key.partition(":")
        chat, number = query.message.chat.id, query.message.message_id
        language = self._desk.language(update)
        texts = self._desk.texts[language].flows
        guide = self._desk.answerer.flow(flow)
        if guide is None:
            await self._stale(query, texts.missing)
            return
        session = self._desk.sessions.touch(chat)
        run = session.flows.get(flow)
        walked = Press.from_data(asked)
        if run is None and walked is not None and walked.kind == "restart":
            run = session.flows[flow] = FlowRun(guide.start(), [number])
        if run is None:
            await self._stale(query, texts.gone.format(command=f"/{flow}"))
        elif asked == flow_screens.GO_ON:
            await self._desk.outbox.acknowledge(query.id)
            await self._show_below(chat, session, guide, run, language)
        elif number not in run.message_ids:
            await self._stale(query, texts.further_on)
        elif walked is None:
            await self._keep(query, guide, run, asked, language)
        else:
            await self._walk(query, session, guide, run, walked, language)

    async def offer(self, chat: int, language: Language) -> None:
        """Offer to go on with the flow that a question came into, where there is one."""
        session = self._desk.sessions.held(chat)
        for flow, run in reversed(session.flows.items() if session else ()):
            guide = self._desk.answerer.flow(flow)
            screen = guide.screen(run.state, language) if guide else None
            if not isinstance(screen, Question):
                continue
            if run.offer_id is not None:
                await self._desk.outbox.delete(chat, [run.offer_id])
            line = flow_screens.offer(screen, self._desk.texts[language])
            [run.offer_id] = await self._desk.outbox.send(chat, line)
            return

    async def _walk(
        self,
        query: CallbackQuery,
        session: Session,
        guide: Guide,
        run: FlowRun,
        press: Press,
        language: Language,
    ) -> None:
        texts = self._desk.texts[language].flows
        if press.kind == "restart":
            run.earlier = _fresh(guide, run).earlier
        led = guide.press(run.state, press)
        await self._desk.outbox.acknowledge(query.id, texts.further_on if led.stale else None)
        run.state = led.state
        if query.message is None or (led.stale and not led.changed):
            return
        session.flows[guide.id] = session.flows.pop(guide.id)  # the latest: a question offers it
        screen = self._screen(session, guide, run, language, texts.changed if led.changed else None)
        if run.state.stopped:
            del session.flows[guide.id]
        chat = query.message.chat.id
        run.message_ids = await self._desk.outbox.replace(chat, run.message_ids, screen)
        await self._without_offer(chat, run)

    async def _keep(
        self, query: CallbackQuery, guide: Guide, run: FlowRun, asked: str, language: Language
    ) -> None:
        """Send the plan as text or as a picture; the button works once on each result."""
        await self._desk.outbox.acknowledge(query.id)
        plan = guide.screen(run.state, language)
        message = query.message
        if not isinstance(plan, Plan) or not isinstance(message, TelegramMessage):
            return
        chat, texts = message.chat.id, self._desk.texts[language]
        if asked == flow_screens.AS_TEXT:
            await self._desk.outbox.send(chat, flow_plan.as_text(plan, texts))
        elif asked == flow_screens.AS_PICTURE:
            # Loaded with the first picture: 5 MB that many a bot never needs.
            from bot.telegram.chart import drawn

            loop = asyncio.get_running_loop()
            png = await loop.run_in_executor(
                self._desk.threads, drawn, plan, texts.flows.unanswered
            )
            [caption] = pages(list(paragraphs(texts.flows.trace, language)))
            await self._desk.outbox.send_picture(chat, png, caption)
        await self._desk.outbox.take_buttons(
            chat, message.message_id, message.reply_markup, {query.data or ""}
        )

    async def _show_below(
        self, chat: int, session: Session, guide: Guide, run: FlowRun, language: Language
    ) -> None:
        """Show where ``run`` is in a new message, and take the old one away."""
        old = run.message_ids
        screen = self._screen(session, guide, run, language, None)
        run.message_ids = await self._desk.outbox.send(chat, screen)
        await self._desk.outbox.delete(chat, old)
        await self._without_offer(chat, run)

    async def _without_offer(self, chat: int, run: FlowRun) -> None:
        if run.offer_id is not None:
            await self._desk.outbox.delete(chat, [run.offer_id])
            run.offer_id = None

    def _screen(
        self,
        session: Session,
        guide: Guide,
        run: FlowRun,
        language: Language,
        said_first: str | None,
    ) -> list[Message]:
        """Return the messages of where ``run`` is, and hold the sources of what they say."""
        screen = guide.screen(run.state, language)
        held = flow_screens.to_hold(screen)
        session.turns.pop(run.source_key or "", None)
        run.source_key = session.keep(0, held).key if held else None
        compared = None
        if isinstance(screen, Plan) and run.earlier is not None:
            before = guide.screen(run.earlier, language)
            compared = changes(before, screen) if isinstance(before, Plan) else None
        texts = self._desk.texts[language]
        return flow_screens.shown(
            screen,
            texts,
            run.source_key or "",
            compared,
            said_first,
            protect=guide.kind == "case",  # what happened to somebody is nobody else's
        )

    async def _stale(self, query: CallbackQuery, text: str) -> None:
        """Say why a button does nothing any more, and take it and its like from its message."""
        await self._desk.outbox.acknowledge(query.id, text)
        message = query.message
        if isinstance(message, TelegramMessage) and message.reply_markup is not None:
            rows = message.reply_markup.inline_keyboard
            every = {str(button.callback_data) for row in rows for button in row}
            await self._desk.outbox.take_buttons(
                message.chat.id, message.message_id, message.reply_markup, every
            )


def _named(text: str) -> str:
    """Return the flow that the command in ``text`` names."""
    return text.split()[0].removeprefix("/").partition("@")[0].lower() if text.split() else ""


def _under_way(guide: Guide, run: FlowRun) -> bool:
    return bool(run.state.answers) and isinstance(guide.screen(run.state, "en"), Question)


def _fresh(guide: Guide, before: FlowRun | None) -> FlowRun:
    """Return a run that begins. The result of the one ``before`` stays in the chat and, if it is a
    plan, is what the next one is compared with."""
    if before is None:
        return FlowRun(guide.start())
    screen = guide.screen(before.state, "en")
    return FlowRun(
        guide.start(),
        before.message_ids if isinstance(screen, Question) else [],
        earlier=before.state if isinstance(screen, Plan) else before.earlier,
    )
