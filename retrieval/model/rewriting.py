"""Half a question put in full by a model: looked for instead of the half, and nothing more.

Whether it is urgent, harmful or outside is judged by what the person wrote. Of what was asked
before nothing is held for this: the model reads the headings of the passages that were shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing

from retrieval.knowledge.documents import Language
from retrieval.language.detect import has_letters, is_persian_script
from retrieval.model import prompts
from retrieval.model.line import Line
from retrieval.passages import Passage

LONGEST = 300  # characters; a question is one line


async def rewrite(
    line: Line, question: str, before: Sequence[Passage], language: Language, who: int
) -> str | None:
    """Return ``question`` in full, None where the model gives nothing of use.

    ``before`` are the passages shown last, at least one. Raises what the line raises.
    """
    text = ""
    prompt = prompts.rewriting(question, before, language)
    async with aclosing(line.say(prompt, who)) as pieces:
        async for piece in pieces:
            text += piece
            if len(text) > LONGEST or "\n" in text.strip():
                break
    lines = text.strip().splitlines()
    line_of_text = lines[0].strip(" \"'«»“”*") if lines else ""
    fits = has_letters(line_of_text) and len(line_of_text) <= LONGEST
    return line_of_text if fits and is_persian_script(line_of_text) == (language == "fa") else None
