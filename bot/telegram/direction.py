"""Lines that read in the right order, whichever way they run.

A phone guesses a line's direction from its first strong letter, and lets Latin names, numbers and
punctuation at the seams wander to the wrong end. So every line starts with a strong character or a
mark of its language's direction, and every run of the other direction is isolated (UAX #9: FSI and
PDI), with its brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from retrieval.answering.answer import Language

RLM, LRM = "\u200f", "\u200e"
FSI, PDI = "\u2068", "\u2069"

_RIGHT = frozenset({"R", "AL"})
_PERSIAN = frozenset("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩،٬٫٪·")
# A date, a time or a telephone number: its parts would change places in a line of Persian.
_NUMBER = re.compile(r"\+?[۰-۹٠-٩]+(?:[-/:.,+][۰-۹٠-٩]+)+|\+[۰-۹٠-٩]+")
_OPEN, _CLOSE = "([{«", ")]}»"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
_SIGNS = "+@#/$€£"


def clean(text: str) -> str:
    """Return ``text`` without what Telegram drops or refuses, and without direction controls.

    Broken surrogates become U+FFFD; control characters (but the newline), line separators,
    embeddings and isolates go: an isolate left open would turn the rest of the message round.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(_kept(character) for character in whole.replace("\r\n", "\n"))


def _kept(character: str) -> str:
    if character == "\n" or " " <= character < "\x7f":
        return character
    if character in "\t\r\v\f\x85":
        return " "
    point = ord(character)
    unwanted = (
        point < 0x20
        or 0x7F <= point < 0xA0
        or 0x2028 <= point <= 0x202E
        or 0x2066 <= point <= 0x206F
        or point == 0xFEFF
        or point & 0xFFFE == 0xFFFE
    )
    return "" if unwanted else character


def visible(text: str) -> bool:
    """Whether ``text`` shows anything; Telegram refuses a message that does not."""
    return any(
        unicodedata.category(character) not in _UNSEEN and character not in _BLANK
        for character in text
    )


def directed(text: str, language: Language) -> str:
    """Return one line of ``text`` (cleaned) with its runs isolated and its start marked."""
    return with_start(isolated(text, language), language)


def with_start(line: str, language: Language) -> str:
    """Return ``line`` so that it starts with a strong character of its language's direction."""
    own = unicodedata.bidirectional(line[:1]) if line else ""
    if not line or own in (_RIGHT if language == "fa" else {"L"}):
        return line
    return (RLM if language == "fa" else LRM) + line


def isolated(text: str, language: Language) -> str:
    """Return ``text`` with every run that goes against ``language``'s direction isolated."""
    kinds = [_kind(character, language) for character in text]
    if "foreign" in kinds and "own" not in kinds:
        return FSI + text + PDI  # the whole line is foreign: its full stop belongs to it
    parts: list[str] = []
    done = 0
    numbers = [match.span() for match in _NUMBER.finditer(text)] if language == "fa" else []
    for start, end in sorted([*_runs(text, kinds), *numbers]):
        parts += [text[done:start], FSI, text[start:end], PDI]
        done = end
    return "".join(parts) + text[done:]


def _kind(character: str, language: Language) -> str:
    """Return own, foreign or neutral.

    In Persian the Persian digits and comma are its own: "Signal، ۳" is not one Latin run. Latin
    digits are foreign, because their separators (a date, a telephone number) change places.
    """
    bidi = unicodedata.bidirectional(character)
    if language == "fa":
        if bidi in _RIGHT or character in _PERSIAN:
            return "own"
        return "foreign" if bidi in {"L", "EN", "AN"} else "neutral"
    if bidi == "L":
        return "own"
    return "foreign" if bidi in _RIGHT or bidi == "AN" else "neutral"


def _runs(text: str, kinds: list[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of every foreign run, none of which tears a bracket from its pair."""
    stretch = 0
    while stretch < len(text):
        if kinds[stretch] == "own":
            stretch += 1
            continue
        stop = stretch
        while stop < len(text) and kinds[stop] != "own":
            stop += 1
        foreign = [i for i in range(stretch, stop) if kinds[i] == "foreign"]
        if foreign:
            start = _with_sign(text, foreign[0], stretch)
            end = _with_closers(text, start, foreign[-1] + 1, stop)
            yield from _pieces(kinds, start, end, _unpaired(text, start, end))
        stretch = stop


def _with_sign(text: str, start: int, floor: int) -> int:
    """Return the start moved back over what belongs to the run: +98, @name, /command, #tag."""
    while start > floor and text[start - 1] in _SIGNS:
        start -= 1
    if text[max(start - 2, floor) : start] == " .":  # .onion, but not the end of a sentence
        start -= 1
    return start


def _with_closers(text: str, start: int, end: int, stop: int) -> int:
    """Return the end moved over the brackets that close what opened in the run."""
    opened = sum(text[i] in _OPEN for i in range(start, end))
    closed = sum(text[i] in _CLOSE for i in range(start, end))
    while opened > closed and end < stop and text[end] in _CLOSE:
        closed += 1
        end += 1
    return end


def _unpaired(text: str, start: int, end: int) -> list[int]:
    """Return where brackets stand that have no pair within the run, in order."""
    waiting: list[int] = []
    lone: list[int] = []
    for i in range(start, end):
        if text[i] in _OPEN:
            waiting.append(i)
        elif text[i] in _CLOSE:
            if waiting:
                waiting.pop()
            else:
                lone.append(i)
    return sorted(waiting + lone)


def _pieces(kinds: list[str], start: int, end: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the run cut at ``cuts``, each piece ending with a foreign character or a bracket."""
    if not cuts:
        yield start, end
        return
    for low, high in zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True):
        foreign = [i for i in range(low, high) if kinds[i] == "foreign"]
        if foreign:
            yield foreign[0], foreign[-1] + 1
