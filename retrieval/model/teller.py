"""The way of a question where there is a language model, and the way back where it fails.

The extractive answer is made first and decides what kind of answer it is. Only what was answered,
surely or not, goes to the model; whatever goes wrong there, the extractive answer is what remains.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.answering.answer import Answer
from retrieval.language.words import tokens
from retrieval.model.assembling import Check, Find, assembled
from retrieval.model.chat import UnansweredError
from retrieval.model.composing import Composer, Draft, Request, Show, numbered
from retrieval.model.line import Line, OverLimitError, RestingError
from retrieval.model.masking import masked
from retrieval.model.rewriting import rewrite
from retrieval.search.context import NOTHING, Context, leans_on_context

# Why the extractive answer was sent.
Reason = Literal[
    "", "not composed", "no answer", "too slow", "over limit", "resting", "does not answer"
]
# Answers the question at hand, on the context that is handed in.
Ask = Callable[[Context], Awaitable[Answer]]
_COMPOSED = frozenset({"answered", "partial"})
_SEARCHED_AGAIN = frozenset({"answered", "partial", "abstained"})


def _unheard(_: Answer) -> None:
    """Show nothing before the end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is needed to answer it.

    ``ask`` answers it on another context, ``find`` returns a passage by its id. ``before`` is what
    was spoken of before, ``who`` the chat whose limit it counts for. ``show`` is called with what
    has passed the check so far.
    """

    question: str
    ask: Ask
    find: Find
    before: Context = NOTHING
    who: int = 0
    show: Show = _unheard


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to send; ``reason`` says why it is the extractive one, empty where it is not.
    ``draft`` is what the model wrote, ``rewritten`` whether its wording was searched."""

    answer: Answer
    reason: Reason = ""
    draft: Draft | None = None
    rewritten: bool = False


class Teller:
    """Rewrites and composes with one model. ``seconds`` is what it may take for one answer."""

    def __init__(
        self, line: Line, check: Check, seconds: float, *, rewrites: bool, composes: bool
    ) -> None:
        self._line = line
        self._check = check
        self._composer = Composer(line, check)
        self._seconds = seconds
        self._rewrites = rewrites
        self._composes = composes

    @property
    def host(self) -> str:
        """Where questions go."""
        return self._line.chat.host

    @property
    def outside(self) -> bool:
        """Whether that is outside the operator's own network."""
        return self._line.chat.outside

    async def tell(self, asked: Asked, plain: Answer) -> Told:
        """Return the answer to what was ``asked``, composed where that goes well within the time.

        ``plain`` is the extractive answer. Never fails: where the model does, the extractive answer
        is returned.
        """
        started = time.perf_counter()
        extractive = [plain]  # a rewritten question may have found a better one
        reason: Reason
        try:
            async with asyncio.timeout(self._seconds):
                told = await self._told(asked, extractive)
        except TimeoutError:
            self._line.failed()
            reason = "too slow"
        except UnansweredError:
            reason = "no answer"
        except OverLimitError:
            reason = "over limit"
        except RestingError:
            reason = "resting"
        else:
            took = plain.seconds + time.perf_counter() - started
            return replace(told, answer=replace(told.answer, seconds=took))
        return Told(extractive[-1], reason, rewritten=len(extractive) > 1)

    async def _told(self, asked: Asked, extractive: list[Answer]) -> Told:
        """Return what is told; a better extractive answer is added to ``extractive``."""
        words = masked(asked.question, extractive[0].language)
        if self._rewrites:
            extractive += await self._searched_anew(asked, words, extractive[0])
        plain, rewritten = extractive[-1], len(extractive) > 1
        composable = self._composes and plain.status in _COMPOSED
        passages = numbered(plain, asked.find) if composable else {}
        if not passages:
            return Told(plain, "not composed", rewritten=rewritten)
        draft = await self._composer.draft(Request(plain, words, passages, asked.who, asked.show))
        full = await asyncio.to_thread(assembled, plain, draft.checked, asked.find, self._check)
        if full is None:
            return Told(plain, "does not answer", draft, rewritten)
        return Told(full, "", draft, rewritten)

    async def _searched_anew(self, asked: Asked, words: str, plain: Answer) -> list[Answer]:
        """Look for half a question in full words; return the answer found so, if it is one.

        An urgent, harmful or foreign question stays what its own words made it.
        """
        if plain.status not in _SEARCHED_AGAIN or not asked.before:
            return []
        if not leans_on_context(words, tuple(dict.fromkeys(tokens(words)))):
            return []
        shown = [found for name in asked.before.passages if (found := asked.find(name))]
        if not shown:
            return []
        in_full = await rewrite(self._line, words, shown, plain.language, asked.who)
        if in_full is None:
            return []
        again = await asked.ask(replace(asked.before, words=in_full))
        if plain.status == "answered" and not _as_good(again, plain):
            return []
        return [again] if again.status in _COMPOSED else []


def _as_good(again: Answer, plain: Answer) -> bool:
    """Return whether what was found anew may take the place of a sure answer: it is sure too, and
    stands on something that this one stood on. A weak model leads elsewhere as often as further."""
    shared = {cited.passage for cited in again.citations} & {
        cited.passage for cited in plain.citations
    }
    return again.status == "answered" and bool(shared)
