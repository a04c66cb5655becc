"""Loads the texts people see and checks that every language has all of them.

The fields below are the keys of ``bot/texts/*.yaml``: one that is missing, misspelt or left over
is an error that names the file and the key.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from retrieval.answering.answer import Language
from retrieval.errors import DarichehError

FOLDER = Path(__file__).resolve().parent.parent / "texts"
LANGUAGES: tuple[Language, ...] = ("fa", "en")
Twelve = Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]


class TextsError(DarichehError):
    """A text file that cannot be used; the message names the file, the key and the mend."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Messages(_Part):
    """Whole messages; a line starting with "# " is set in bold."""

    start: str
    help: str
    language: str
    language_set: str
    privacy: str
    privacy_shared: str
    privacy_model_inside: str
    privacy_model_outside: str
    forget: str
    forget_all_deleted: str
    forget_some_kept: str
    forget_pending: str
    unknown_command: str
    error: str
    too_old_button: str
    empty_question: str
    languages_spoken: str
    addressed_empty: str


class Kinds(_Part):
    """What is said to a message that is not text."""

    sticker: str
    photo: str
    voice: str
    video: str
    file: str
    location: str
    contact: str
    other: str
    caption: str


class AnswerTexts(_Part):
    """The words around an answer."""

    do: str
    avoid: str
    urgent: str
    asked: str
    suggestions: str
    abstained: str
    outside: str
    declined: str
    button_sources: str
    button_more: str
    button_full: str
    button_short: str
    button_steps: str
    button_private: str
    burst_left_out: str


class SourceTexts(_Part):
    """The words around the sources of an answer; ``tiers`` has one text per tier."""

    title: str
    facts_as_of: str
    undated: str
    excerpt: str
    addresses: str
    tiers: dict[str, str]


class Counted(_Part):
    """A text with a number in it: for one, and for all others. Persian needs no difference."""

    one: str
    other: str


class FlowTexts(_Part):
    """The words around guided conversations."""

    progress: str
    several: str
    at_once: str
    stopped: str
    further_on: str
    gone: str
    changed: str
    missing: str
    private_only: str
    interrupted: str
    back: str
    skip: str
    done: str
    restart: str
    stop: str
    go_on: str
    as_text: str
    as_picture: str
    keep: str
    trace: str
    level: str
    unanswered: str
    no_advice: str
    top: str
    rest: str
    since: str
    moved: str
    unmoved: str
    settled: str
    fresh: str
    no_options: str
    used: str
    met: str
    signs: str
    unknown: str
    limits: str


class BrowsingTexts(_Part):
    """The words around lists and what they lead to."""

    platforms: str
    platform_unknown: str
    contacts: str
    verified: str
    unverified: str
    topics: str
    documents: Counted
    terms: str
    term_unknown: str
    near: str
    also: str
    latin: str
    sources: str
    source_count: Counted
    publisher_count: Counted
    continued: str
    page: str
    previous: str
    next: str
    ten_back: str
    ten_on: str
    all_topics: str
    others: str
    gone: str
    empty: str


class VanishTexts(_Part):
    """What can be chosen in the settings, in a word or two."""

    off: str
    hour: str
    day: str
    read: str
    summons: str
    on: str


class DecoyTexts(_Part):
    """Harmless lines, any of which may answer the panic word."""

    greeting: str
    weather: str
    pause: str


class ChoiceTexts(_Part):
    """The settings, and what is said where messages delete themselves."""

    menu: str
    private_only: str
    language: str
    vanish: str
    vanish_about: str
    values: VanishTexts
    neutral: str
    feedback: str
    remembered: str
    word: str
    word_about: str
    word_set: str
    word_remove: str
    word_send: str
    word_kept: str
    word_until_restart: str
    word_removed: str
    word_unfit: str
    word_stands: str
    decoys: DecoyTexts
    chosen: str
    neutral_line: str
    summons: str
    read: str
    back: str
    cancel: str
    close: str


class ReasonTexts(_Part):
    """What may be wrong with a statement."""

    outdated: str
    experience: str
    translation: str
    dangerous: str
    other: str


class FeedbackTexts(_Part):
    """The words around "did this answer your question?"."""

    helped: str
    missed: str
    wrong: str
    thanks: str = Field(max_length=200)
    which: str
    what: str
    reasons: ReasonTexts
    noted: str
    leave: str


class CorrectionTexts(_Part):
    """What is said when a text that was quoted has been changed since."""

    first: str
    about: str
    again: str


class Months(_Part):
    """Month names of both calendars, from January and from Farvardin."""

    gregorian: Twelve
    iranian: Twelve


class Commands(_Part):
    """What Telegram shows beside each command, in the order of its menu."""

    summons: str
    ready: str
    alternatives: str
    platform: str
    contacts: str
    term: str
    topics: str
    sources: str
    language: str
    settings: str
    privacy: str
    forget: str
    help: str


class Profile(_Part):
    """What Telegram shows before and on the first contact (120 and 512 characters at most)."""

    short_description: str = Field(max_length=120)
    description: str = Field(max_length=512)


class Texts(_Part):
    """All texts of one language."""

    name: str
    messages: Messages
    kinds: Kinds
    answer: AnswerTexts
    sources: SourceTexts
    flows: FlowTexts
    browsing: BrowsingTexts
    choices: ChoiceTexts
    feedback: FeedbackTexts
    corrections: CorrectionTexts
    months: Months
    commands: Commands
    profile: Profile


def load(folder: Path = FOLDER) -> dict[Language, Texts]:
    """Return the texts of every language; raise ``TextsError`` where one is not complete."""
    texts = {language: _read(folder / f"{language}.yaml") for language in LANGUAGES}
    first = dict(_strings(texts[LANGUAGES[0]].model_dump()))
    for language in LANGUAGES[1:]:
        _compare(first, dict(_strings(texts[language].model_dump())), folder, language)
    return texts


def _read(path: Path) -> Texts:
    try:
        return Texts.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise TextsError(f"{path}: cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise TextsError(f"{path}: is not valid YAML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'top'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise TextsError(f"{path}: {faults}") from error


def _compare(
    first: Mapping[str, str], other: Mapping[str, str], folder: Path, language: Language
) -> None:
    for key in sorted(first.keys() ^ other.keys()):
        raise TextsError(f"{folder}: {key} stands in one language only; write it in the other too")
    for key, text in first.items():
        if _placeholders(text) != _placeholders(other[key]):
            raise TextsError(
                f"{folder / language}.yaml: {key} must use the placeholders "
                f"{sorted(_placeholders(text))}, as {LANGUAGES[0]}.yaml does"
            )


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, str):
        yield key, value


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
