"""A model writes, the check reads along: statement by statement, repaired once, else dropped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field

from retrieval.answering.answer import Answer
from retrieval.checking import Splitter, Verdict, Written
from retrieval.knowledge.documents import Language
from retrieval.language.words import tokens
from retrieval.model import prompts
from retrieval.model.assembling import SAME_WORDS, Check, Find, so_far
from retrieval.model.chat import Prompt
from retrieval.model.fitness import is_fit, whole
from retrieval.model.line import Line
from retrieval.model.orders import speaks_to_models
from retrieval.model.sources import in_full, rightly_cited
from retrieval.model.standing import Standing, standing
from retrieval.passages import Passage

# What goes to the model: the passages that the answer shows, as far as they fit.
MOST_PASSAGES, MOST_CHARACTERS = 5, 3_000
# What is read of its text; the rest is not waited for.
MOST_TEXT, MOST_STATEMENTS = 4_000, 14

Show = Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be composed: the extractive answer, the question as the model may see it, the
    numbered passages (at least one), for which chat, and who is shown what has passed."""

    plain: Answer
    question: str
    passages: Mapping[int, Passage]
    who: int
    show: Show


@dataclass(slots=True)
class Draft:
    """What a model wrote: ``checked`` statements, how many of them were ``repaired``, and those
    that were ``dropped``."""

    checked: list[Standing] = field(default_factory=list)
    repaired: int = 0
    dropped: list[Written] = field(default_factory=list)


def numbered(plain: Answer, find: Find) -> dict[int, Passage]:
    """Return the passages that ``plain`` shows, numbered from 1; none where they are not all in
    the answer's language: a translation is more than the check can vouch for. One that speaks to
    models is left out: what it orders them to say would be found in it."""
    shown = dict.fromkeys(
        plain.citation(n).passage for statement in plain.statements for n in statement.citations
    )
    found = [passage for name in shown if (passage := find(name)) is not None]
    if any(passage.language != plain.language for passage in found):
        return {}
    found = [passage for passage in found if not speaks_to_models(passage.text)]
    chosen: dict[int, Passage] = {}
    room = MOST_CHARACTERS
    for passage in found[:MOST_PASSAGES]:
        room -= len(passage.text)
        if room < 0:
            break
        chosen[len(chosen) + 1] = passage
    return chosen


class Composer:
    """Composes answers over one line, under one check."""

    def __init__(self, line: Line, check: Check) -> None:
        self._line = line
        self._check = check

    async def draft(self, request: Request) -> Draft:
        """Return what the model makes of ``request``, repaired once where it failed the check.

        Raises what the line raises.
        """
        draft = Draft()
        failed: list[tuple[Written, Verdict]] = []
        asked = prompts.composing(request.question, request.passages, request.plain.language)
        async for written in self._written(asked, request.who):
            verdict = await self._taken(written, request, draft)
            if not verdict.supported:
                failed.append((written, verdict))
        if failed:
            await self._repair(request, draft, failed)
        return draft

    async def _repair(
        self, request: Request, draft: Draft, failed: list[tuple[Written, Verdict]]
    ) -> None:
        """Have what failed written anew, once."""
        language = request.plain.language
        texts = [written.text for written, _ in failed]
        kinds = dict.fromkeys(fault.kind for _, verdict in failed for fault in verdict.faults)
        asked = prompts.repairing(request.question, request.passages, texts, kinds, language)
        before = len(draft.checked)
        async for written in self._written(asked, request.who):
            verdict = await self._taken(written, request, draft)
            if not verdict.supported:
                draft.dropped.append(written)
        draft.repaired = len(draft.checked) - before

    async def _taken(self, written: Written, request: Request, draft: Draft) -> Verdict:
        """Check a statement; where it passes, add it and show the answer so far. One that repeats a
        sentence is told as the passage has it: whole."""
        passages, language = request.passages, request.plain.language
        written = rightly_cited(written, passages)
        verdict = await self._checked(written, passages, language)
        if not verdict.supported:
            moved = await self._moved(written, passages, language)
            written, verdict = (moved, Verdict(True)) if moved else (written, verdict)
        if verdict.supported:
            told = in_full(await self._needed(written, passages, language), passages)
            if all(one.text != told.text for one in draft.checked):
                draft.checked.append(standing(told, passages))
                request.show(so_far(request.plain, draft.checked))
        return verdict

    async def _written(self, prompt: Prompt, who: int) -> AsyncGenerator[Written, None]:
        """Yield the statements of the model's text as each is finished."""
        splitter, read, count = Splitter(), 0, 0
        async with aclosing(self._line.say(prompt, who)) as pieces:
            async for piece in pieces:
                read += len(piece)
                for written in whole(splitter.feed(piece)):
                    count += 1
                    yield written
                if read > MOST_TEXT or count >= MOST_STATEMENTS:
                    return
        for written in whole(splitter.close()):
            yield written

    async def _checked(
        self, written: Written, passages: Mapping[int, Passage], language: Language
    ) -> Verdict:
        if not is_fit(written, passages, language):
            return Verdict(False)
        return await asyncio.to_thread(self._check.check, written, passages)

    async def _moved(
        self, written: Written, passages: Mapping[int, Passage], language: Language
    ) -> Written | None:
        """Return a statement that failed, with the citation that it should have carried: of the one
        passage that holds its words and bears it. Small models number their sentences."""
        words = set(tokens(written.text))
        for number, passage in passages.items():
            held = words & set(tokens(passage.text))
            if number in written.citations or len(held) < SAME_WORDS * len(words):
                continue
            moved = Written(written.text, (number,))
            if (await self._checked(moved, passages, language)).supported:
                return moved
        return None

    async def _needed(
        self, written: Written, passages: Mapping[int, Passage], language: Language
    ) -> Written:
        """Return a statement that passed, with no more citations than it needs."""
        needed = written
        for number in written.citations:
            fewer = Written(written.text, tuple(n for n in needed.citations if n != number))
            if fewer.citations:
                verdict = await self._checked(fewer, passages, language)
                needed = fewer if verdict.supported else needed
        return needed
