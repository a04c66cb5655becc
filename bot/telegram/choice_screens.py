"""The screens of /settings. Pure functions: choices and texts in, messages out.

They never show whether a panic word is set: whoever holds the phone can open them.
"""

from __future__ import annotations

from bot.telegram.choices import DECOYS, KEPT_DAYS, VANISH, Choices, Vanish
from bot.telegram.direction import directed
from bot.telegram.message import Button, Message, Press
from bot.telegram.render import Rows, chrome, number
from bot.telegram.session import DELETE_HOURS
from bot.telegram.texts import LANGUAGES, Texts
from retrieval.answering.answer import Language


def menu(choices: Choices, language: Language, texts: dict[Language, Texts]) -> Message:
    """Return the first screen: every choice with what it is now."""
    own = texts[language].choices
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    rows = (
        _row(own.vanish.format(value=_stand(choices.vanish, texts[language])), language, "vanish"),
        _row(own.word, language, "word"),
        _switch(own.neutral, choices.neutral, language, texts, "neutral"),
        _switch(own.remembered, choices.remembered, language, texts, "remembered"),
        _switch(own.feedback, choices.feedback, language, texts, "feedback"),
        _row(
            own.language.format(value=texts[language].name),
            language,
            "language",
            LANGUAGES.index(other),
        ),
        _row(own.close, language, "close"),
    )
    return _screen(own.menu.format(days=number(KEPT_DAYS, language)), language, rows)


def vanish(choices: Choices, language: Language, texts: dict[Language, Texts]) -> Message:
    """Return the screen on messages that delete themselves."""
    own = texts[language].choices
    values = own.values.model_dump()
    rows = [
        _row(
            own.chosen.format(value=values[each]) if each == choices.vanish else values[each],
            language,
            "vanish",
            place,
        )
        for place, each in enumerate(VANISH, start=1)
    ]
    return _screen(own.vanish_about, language, (*rows, _row(own.back, language, "menu")))


def word(choices: Choices, language: Language, texts: dict[Language, Texts]) -> Message:
    """Return the screen on the panic word."""
    own = texts[language].choices
    lines = own.decoys.model_dump()
    rows = [
        _row(
            own.chosen.format(value=lines[each]) if each == choices.decoy else lines[each],
            language,
            "decoy",
            place,
        )
        for place, each in enumerate(DECOYS)
    ]
    rows += [
        _row(own.word_set, language, "set"),
        _row(own.word_remove, language, "remove"),
        _row(own.back, language, "menu"),
    ]
    about = own.word_about.format(delete_hours=number(DELETE_HOURS, language))
    return _screen(about, language, tuple(rows))


def said(text: str, language: Language, texts: dict[Language, Texts]) -> Message:
    """Return a text with the way back to the menu and the way out."""
    own = texts[language].choices
    buttons = (_button(own.back, language, "menu"), _button(own.close, language, "close"))
    return _screen(text, language, (buttons,))


def waiting(language: Language, texts: dict[Language, Texts]) -> Message:
    """Return the screen that waits for the panic word."""
    own = texts[language].choices
    return _screen(own.word_send, language, (_row(own.cancel, language, "word"),))


def _stand(chosen: Vanish | None, texts: Texts) -> str:
    return str(texts.choices.values.model_dump()[chosen or "summons"])


def _switch(
    label: str, on: bool, language: Language, texts: dict[Language, Texts], key: str
) -> tuple[Button, ...]:
    values = texts[language].choices.values
    return _row(label.format(value=values.on if on else values.off), language, key, 0 if on else 1)


def _row(label: str, language: Language, key: str, part: int = 0) -> tuple[Button, ...]:
    return (_button(label, language, key, part),)


def _button(label: str, language: Language, key: str, part: int = 0) -> Button:
    return Button(directed(label, language), Press("choice", key, part))


def _screen(text: str, language: Language, rows: Rows) -> Message:
    [page] = chrome(text, language, rows)
    return page
