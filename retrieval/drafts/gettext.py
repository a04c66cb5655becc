"""Gettext ``.po`` files of a manual: the translated paragraphs in order."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.drafts.markdown import source_of
from retrieval.drafts.raw import RawText
from retrieval.drafts.source import SourceText, UnusableError

_HEADING = re.compile(r"\(header\)|\btype: Title|Heading", re.I)


def extract(raw: RawText) -> SourceText:
    """Return the translations of a ``.po`` file as one text; fuzzy ones are marked.

    Raises ``UnusableError`` where polib is missing or the file is no gettext catalogue.
    """
    try:
        import polib  # type: ignore[import-untyped]
    except ImportError:
        raise UnusableError("gettext files need polib: pip install 'daricheh[import]'") from None
    try:
        # The empty line keeps polib from taking a short text for the path of another file.
        catalogue = polib.pofile("\n" + raw.text, check_for_duplicates=False)
    except (OSError, ValueError, IndexError) as error:
        raise UnusableError(f"no gettext catalogue ({error})") from None
    entries = [entry for entry in catalogue if not entry.obsolete]
    parts = []
    for entry in entries:
        if entry.msgstr:
            places = " ".join(" ".join(place) for place in entry.occurrences) + entry.comment
            lead = "## " if _HEADING.search(places) else ""
            parts.append(lead + entry.msgstr + (" (fuzzy)" if entry.fuzzy else ""))
    missing = sum(not entry.msgstr for entry in entries)
    fuzzy = sum(bool(entry.fuzzy) for entry in entries)
    notes = []
    if fuzzy:
        notes.append(f"{fuzzy} translations are marked fuzzy: nobody confirmed them")
    if missing:
        notes.append(f"{missing} of {len(entries)} strings are not translated")
    source = source_of("\n\n".join(parts), {"language": catalogue.metadata.get("Language", "")})
    return replace(source, notes=tuple(notes))
