"""What the bot tells those who run it, in their language. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from bot.operating.exposition import Moment
from bot.operating.health import Part
from bot.operating.meters import LANGUAGES, STATUSES, Meters
from bot.operating.stepwise import stepped
from bot.telegram.dates import persian_digits
from bot.telegram.render import day, number
from bot.telegram.texts import Texts
from retrieval.answering.answer import Language, Status

_MB = 2**20


class AdminTexts(BaseModel):
    """The texts of one language; a missing one is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: str
    all_in_order: str
    not_in_order: str
    no_answers: str
    no_index: str
    uptime: str
    made: str
    statuses: dict[Status, str]
    parts: dict[Part, str]
    reload: str


@lru_cache(maxsize=4)
def admin_texts(language: Language) -> AdminTexts:
    """Return the texts of ``language``."""
    file = resources.files("bot").joinpath(f"texts/admins.{language}.yaml")
    return AdminTexts.model_validate(yaml.safe_load(file.read_text("utf-8")))


def status_report(
    language: Language,
    dates: Texts,
    moment: Moment,
    meters: Meters,
    checks: Mapping[Part, bool],
    seconds: float,
) -> str:
    """Return how a bot is that has run for ``seconds``. Counts of people are in tens; ``dates``
    are the texts that name months."""
    texts = admin_texts(language)
    days, hours = divmod(int(seconds // 3600), 24)
    wrong = [texts.parts[part] for part, held in checks.items() if not held]
    return texts.status.format(
        uptime=texts.uptime.format(days=number(days, language), hours=number(hours, language)),
        index=moment.index or texts.no_index,
        made=_made(moment, dates, language),
        documents=number(moment.documents, language),
        stale=number(moment.stale, language),
        answers=_answers(meters, language),
        waiting=number(stepped(moment.waiting), language),
        overdue=number(moment.overdue, language),
        memory=number(moment.memory // _MB, language),
        parts=(
            texts.not_in_order.format(parts=_listed(wrong, language))
            if wrong
            else texts.all_in_order
        ),
    )


def _made(moment: Moment, dates: Texts, language: Language) -> str:
    if moment.index_made is None:
        return admin_texts(language).no_index
    made = dt.datetime.fromtimestamp(moment.index_made, tz=dt.UTC)
    time = f"{made:%H:%M}"
    return admin_texts(language).made.format(
        day=day(made.date().isoformat(), dates, language),
        time=persian_digits(time) if language == "fa" else time,
    )


def _answers(meters: Meters, language: Language) -> str:
    texts = admin_texts(language)
    counts = [(s, stepped(sum(meters.answers[s, each] for each in LANGUAGES))) for s in STATUSES]
    shown = [f"{texts.statuses[s]} {number(count, language)}" for s, count in counts if count]
    return _listed(shown, language) or texts.no_answers


def _listed(parts: list[str], language: Language) -> str:
    return ("، " if language == "fa" else ", ").join(parts)
