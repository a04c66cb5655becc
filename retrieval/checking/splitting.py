"""A model's text to statements, whole or while it is still being written.

One way for both: ``split`` feeds the whole text to the splitter that a stream uses, and the
splitter cuts only where no text that may follow could change the cut.
"""

from __future__ import annotations

import re

from retrieval.checking.written import MARK, PART_OF_MARK, Written, written

_CLOSERS = "\"'”’»)\u200f\u2069*_`"
# What may stand between two marks on one line.
_BEHIND_MARK = _CLOSERS + ".!?؟؛…،, \t"
_STOPS = re.compile(r"[.!?؟؛…]+|\n")
# Written without a space behind it, these end a sentence all the same.
_SURE_STOPS = frozenset("؟؛")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"“])(?:[A-Za-z]|[A-Za-z](?:\.[A-Za-z])+|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Art|art|vs|etc"
    r"|e\.g|i\.e|cf|approx|ca|al|Inc|Ltd|[آ-ی](?:\.[آ-ی])*)\.$"
)
_LIST_NUMBER = re.compile(r"^\s*[0-9۰-۹٠-٩]{1,2}\.$")


class Splitter:
    """Statements out of a stream: what ``feed`` and ``close`` return together is what ``split``
    makes of the whole text, however it was cut into chunks."""

    def __init__(self) -> None:
        self._rest = ""
        self._held: list[Written] = []

    def feed(self, chunk: str) -> tuple[Written, ...]:
        """Take the next piece of text; return the statements that are finished with it."""
        self._rest += chunk
        return self._cut(final=False)

    def close(self) -> tuple[Written, ...]:
        """Return the statements that the end of the text finishes."""
        done = self._cut(final=True)
        last = self._finished(self._rest, ends=True)
        self._rest = ""
        return (*done, *last)

    def _cut(self, final: bool) -> tuple[Written, ...]:
        done: list[Written] = []
        searched = 0
        while stop := _STOPS.search(self._rest, searched):
            end = _end(self._rest, stop, final)
            if end is None:
                break
            searched = stop.end()
            if end > 0:
                ends = not stop.group().endswith("؛")
                done += self._finished(self._rest[:end], ends)
                self._rest, searched = self._rest[end:], 0
        return tuple(done)

    def _finished(self, piece: str, ends: bool) -> tuple[Written, ...]:
        """Return the statements that are finished with ``piece``.

        Halves of a sentence wait for its end: they stand on the citations found there.
        """
        statement = written(piece)
        if statement is not None:
            self._held.append(statement)
        if not ends:
            return ()
        citations = self._held[-1].citations if self._held else ()
        done = tuple(
            half if half.citations else Written(half.text, citations) for half in self._held
        )
        self._held = []
        return done


def split(text: str) -> tuple[Written, ...]:
    """Return the statements of ``text``, each without its marks and with the citations it carries.

    A mark behind a full stop belongs to the sentence before it, one at the start of a line to the
    line. A full stop inside a number, date, address or version, or after an abbreviation, ends
    nothing. Halves of a sentence joined by «؛» share the citations at its end.
    """
    splitter = Splitter()
    return (*splitter.feed(text), *splitter.close())


def _end(text: str, stop: re.Match[str], final: bool) -> int | None:
    """Return where the statement that ``stop`` may end does end: 0 where it ends none, None where
    only more text can tell."""
    at = stop.end()
    if stop.group() != "\n":
        if at == len(text) and not final:
            return None
        at = _past(text, at, _CLOSERS)
        if at == len(text):
            return at if final else None
        follows = text[at]
        if not follows.isspace() and follows != "[" and stop.group()[-1] not in _SURE_STOPS:
            return 0
        line = text[text.rfind("\n", 0, stop.start()) + 1 : stop.end()]
        if stop.group() == "." and (_ABBREVIATION.search(line) or _LIST_NUMBER.search(line)):
            return 0
    return _past_marks(text, at, final)


def _past(text: str, at: int, characters: str) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at


def _past_marks(text: str, at: int, final: bool) -> int | None:
    """Return the end of the marks from ``at`` on that belong to the sentence before."""
    end = at
    new_line = text[at - 1 : at] == "\n"
    while True:
        start = at
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return end if final else None
        mark = MARK.match(text, at)
        if mark is None:
            return None if not final and PART_OF_MARK.match(text, at) else end
        new_line = new_line or "\n" in text[start:at]
        if new_line:
            alone = _alone(text, at, final)
            if alone is not True:
                return None if alone is None else end
        end = at = _past(text, mark.end(), _BEHIND_MARK)


def _alone(text: str, at: int, final: bool) -> bool | None:
    """Return whether nothing but marks stands on the line from ``at`` on: None where only more
    text can tell."""
    while mark := MARK.match(text, at):
        at = _past(text, mark.end(), _BEHIND_MARK)
    if at == len(text):
        return True if final else None
    if not final and PART_OF_MARK.match(text, at):
        return None
    return text[at] == "\n"
