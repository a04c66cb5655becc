"""The methods of the Bot API that the stand-in knows, each with the checks of the real one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.telegram import checks
from tests.telegram.chats import Chat, Chats, Json
from tests.telegram.refusal import Refusal, bad_request

EDITABLE_HOURS = 48
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
Parameters = dict[str, Any]


class Methods:
    """Carries out calls on the chats; raises ``Refusal`` where Telegram would refuse."""

    def __init__(self, chats: Chats, clock: Callable[[], float] = time.time) -> None:
        self.chats = chats
        self._clock = clock
        self.profile: dict[tuple[str, str], Any] = {}
        self.queries: dict[str, Json] = {}
        self.answered: list[Json] = []
        self.log: list[tuple[str, Parameters]] = []

    def call(self, name: str, given: Parameters) -> Any:
        """Return the result of a method; raise ``Refusal`` (404 where there is no such method).

        Names are taken in any case, as the real API does.
        """
        known = _METHODS.get(name.lower())
        if known is None:
            raise Refusal(404, "Not Found")
        self.log.append((known, given))
        return getattr(self, f"_do_{known}")(given)

    def _do_getMe(self, _given: Parameters) -> Json:  # noqa: N802
        return {
            **self.chats.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }

    def _do_sendMessage(self, given: Parameters) -> Json:  # noqa: N802
        chat = self._chat(given)
        plain, entities = checks.text(given.get("text"), given.get("parse_mode"))
        markup = checks.keyboard(given.get("reply_markup"))
        reply = given.get("reply_parameters") or {}
        replied = chat.messages.get(int(reply.get("message_id", 0)))
        if reply and replied is None and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        content: Json = {
            "text": plain,
            "entities": [vars(entity) for entity in entities],
            "link_preview_options": given.get("link_preview_options") or {},
            "has_protected_content": given.get("protect_content") in (True, "true", "True"),
        }
        if markup and markup["inline_keyboard"]:
            content["reply_markup"] = markup
        if replied is not None:
            content["reply_to_message"] = {k: replied[k] for k in ("message_id", "date", "chat")}
        message = self.chats.post(chat, self.chats.bot, **content)
        chat.events.append(("sent", {**message, "html": given["text"]}))
        return message

    def _do_sendPhoto(self, given: Parameters) -> Json:  # noqa: N802
        chat = self._chat(given)
        photo = checks.picture(given.get("photo"))
        caption, entities = checks.caption(given.get("caption"), given.get("parse_mode"))
        content: Json = {
            "photo": [photo],
            "caption": caption,
            "caption_entities": [vars(entity) for entity in entities],
        }
        message = self.chats.post(chat, self.chats.bot, **content)
        sent = {**message, "html": given.get("caption") or "", "png": given["photo"]}
        chat.events.append(("sent", sent))
        return message

    def _do_editMessageText(self, given: Parameters) -> Json:  # noqa: N802
        chat, message = self._editable(given)
        plain, entities = checks.text(given.get("text"), given.get("parse_mode"))
        markup = checks.keyboard(given.get("reply_markup")) or {}
        new = {
            "text": plain,
            "entities": [vars(entity) for entity in entities],
            "reply_markup": markup,
        }
        if all(message.get(key, {}) == value for key, value in new.items()):
            raise bad_request(_NOT_MODIFIED)
        message.update(new, edit_date=int(self._clock()))
        if not markup.get("inline_keyboard"):
            message.pop("reply_markup", None)
        chat.events.append(("edited", {**message, "html": given["text"]}))
        return message

    def _do_editMessageReplyMarkup(self, given: Parameters) -> Json:  # noqa: N802
        chat, message = self._editable(given)
        markup = checks.keyboard(given.get("reply_markup")) or {}
        rows = markup.get("inline_keyboard", [])
        if message.get("reply_markup", {}).get("inline_keyboard", []) == rows:
            raise bad_request(_NOT_MODIFIED)
        message.pop("reply_markup", None)
        if rows:
            message["reply_markup"] = markup
        chat.events.append(("buttons", dict(message)))
        return message

    def _do_deleteMessage(self, given: Parameters) -> bool:  # noqa: N802
        chat = self._chat(given)
        number = int(given["message_id"])
        if number not in chat.messages:
            raise bad_request("message to delete not found")
        self._deletable(chat, number)
        self._delete(chat, number)
        return True

    def _do_deleteMessages(self, given: Parameters) -> bool:  # noqa: N802
        chat = self._chat(given)
        numbers = [int(number) for number in given.get("message_ids") or []]
        if not numbers:
            raise bad_request("message identifiers are not specified")
        if len(numbers) > 100:
            raise bad_request("too many message identifiers specified")
        known = [number for number in numbers if number in chat.messages]
        for number in known:
            self._deletable(chat, number)
        for number in known:
            self._delete(chat, number)
        return True

    def _do_sendChatAction(self, given: Parameters) -> bool:  # noqa: N802
        chat = self._chat(given)
        if given.get("action") != "typing":
            raise bad_request("wrong parameter action in request")
        chat.events.append(("typing", {}))
        return True

    def _do_answerCallbackQuery(self, given: Parameters) -> bool:  # noqa: N802
        query = self.queries.pop(str(given.get("callback_query_id")), None)
        if query is None or self._clock() - query["asked"] > 30:
            raise bad_request(_TOO_OLD)
        if len(given.get("text") or "") > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        self.answered.append({**given, "chat": query["chat"]})
        return True

    def _do_answerInlineQuery(self, given: Parameters) -> bool:  # noqa: N802
        query = self.queries.pop(str(given.get("inline_query_id")), None)
        if query is None or self._clock() - query["asked"] > 30:
            raise bad_request(_TOO_OLD)
        for result in checks.inline_results(given.get("results")):
            content = result["input_message_content"]
            checks.text(content.get("message_text"), content.get("parse_mode"))
        self.answered.append({**given, "chat": query["chat"]})
        return True

    def _do_setMyCommands(self, given: Parameters) -> bool:  # noqa: N802
        code = checks.language_code(given.get("language_code") or "")
        self.profile["commands", code] = checks.commands(given.get("commands"))
        return True

    def _do_getMyCommands(self, given: Parameters) -> Any:  # noqa: N802
        return self.profile.get(("commands", given.get("language_code") or ""), [])

    def _do_setMyDescription(self, given: Parameters) -> bool:  # noqa: N802
        return self._set_profile("description", given, 512)

    def _do_getMyDescription(self, given: Parameters) -> Json:  # noqa: N802
        return self._get_profile("description", given)

    def _do_setMyShortDescription(self, given: Parameters) -> bool:  # noqa: N802
        return self._set_profile("short_description", given, 120)

    def _do_getMyShortDescription(self, given: Parameters) -> Json:  # noqa: N802
        return self._get_profile("short_description", given)

    def _do_setMyName(self, given: Parameters) -> bool:  # noqa: N802
        return self._set_profile("name", given, 64)

    def _do_getMyName(self, given: Parameters) -> Json:  # noqa: N802
        return self._get_profile("name", given)

    def _do_logOut(self, _given: Parameters) -> bool:  # noqa: N802
        return True

    def _do_close(self, _given: Parameters) -> bool:
        return True

    def _set_profile(self, name: str, given: Parameters, most: int) -> bool:
        code = checks.language_code(given.get("language_code") or "")
        self.profile[name, code] = checks.short_enough(given.get(name) or "", most, name)
        return True

    def _get_profile(self, name: str, given: Parameters) -> Json:
        return {name: self.profile.get((name, given.get("language_code") or ""), "")}

    def _chat(self, given: Parameters) -> Chat:
        number = given.get("chat_id")
        if number in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(str(number)))
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def _editable(self, given: Parameters) -> tuple[Chat, Json]:
        chat = self._chat(given)
        message = chat.messages.get(int(given.get("message_id") or 0))
        if message is None:
            raise bad_request("message to edit not found")
        if not message["from"]["is_bot"]:
            raise bad_request("message can't be edited")
        return chat, message

    def _deletable(self, chat: Chat, number: int) -> None:
        message = chat.messages[number]
        if self._clock() - message["date"] >= EDITABLE_HOURS * 3600:
            raise bad_request("message can't be deleted for everyone")
        if chat.type != "private" and not message["from"]["is_bot"]:
            raise bad_request("message can't be deleted")

    def _delete(self, chat: Chat, number: int) -> None:
        chat.events.append(("deleted", chat.messages.pop(number)))


_METHODS = {name[4:].lower(): name[4:] for name in vars(Methods) if name.startswith("_do_")}
