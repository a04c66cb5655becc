"""Which licence a text is under, as far as its files say."""

from __future__ import annotations

import re
from pathlib import Path

from retrieval.drafts.raw import read_raw
from retrieval.drafts.source import UnusableError
from retrieval.drafts.walk import is_licence

_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("CC BY-NC-SA 4.0", r"by-nc-sa/4\.0|NonCommercial-ShareAlike 4\.0"),
        ("CC BY-NC-ND 4.0", r"by-nc-nd/4\.0|NonCommercial-NoDeriv\w* 4\.0"),
        ("CC BY-NC 4.0", r"by-nc/4\.0|Attribution-NonCommercial 4\.0"),
        ("CC BY-SA 4.0", r"by-sa/4\.0|ShareAlike 4\.0"),
        ("CC BY-SA 3.0", r"by-sa/3\.0|ShareAlike 3\.0"),
        ("CC BY 4.0", r"licenses/by/4\.0|Attribution 4\.0"),
        ("CC BY 3.0", r"licenses/by/3\.0|Attribution 3\.0"),
        ("CC0 1.0", r"publicdomain/zero|CC0"),
        ("AGPL-3.0", r"GNU AFFERO GENERAL PUBLIC LICENSE"),
        ("LGPL-3.0", r"GNU LESSER GENERAL PUBLIC LICENSE"),
        ("GPL-3.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 3"),
        ("GPL-2.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 2"),
        ("Apache-2.0", r"Apache License,?\s+Version 2\.0"),
        ("MPL-2.0", r"Mozilla Public License,? (?:Version|v\.?) ?2\.0"),
        ("MIT", r"\bMIT License|Permission is hereby granted, free of charge"),
        ("BSD", r"Redistribution and use in source and binary forms"),
        ("GFDL", r"GNU Free Documentation License"),
        ("all rights reserved", r"all rights reserved|تمام(?:ی)? حقوق .{0,30}محفوظ است"),
    )
)
_BEGINNING = 120  # characters


def licence_name(text: str) -> str | None:
    """Return the name of the licence that ``text`` is or points to.

    None where no known one is named, or several and none at the beginning: which of them holds
    for what is then for a person to read.
    """
    found = sorted((match.start(), name) for name, p in _NAMES if (match := p.search(text)))
    # A licence's own text begins with its name, and may name others further down.
    if found and (len(found) == 1 or found[0][0] < _BEGINNING):
        return found[0][1]
    return None


class Licences:
    """The licence files of a folder, each read once."""

    def __init__(self, top: Path) -> None:
        self._top = top if top.is_dir() else top.parent
        self._known: dict[Path, str | None] = {}

    def of(self, path: Path) -> str | None:
        """Return the licence of the nearest licence file in or above the folder of ``path``,
        or in an ``about`` folder there.

        None where there is none up to the folder that is imported.
        """
        return self._in(path.parent)

    def _in(self, folder: Path) -> str | None:
        if folder not in self._known:
            beside = [*sorted(folder.iterdir()), *sorted(folder.glob("about/*"))]
            found = next((path for path in beside if _readable_licence(path)), None)
            if found is not None:
                self._known[folder] = self._named(found)
            elif folder != self._top and self._top in folder.parents:
                self._known[folder] = self._in(folder.parent)
            else:
                self._known[folder] = None
        return self._known[folder]

    def _named(self, path: Path) -> str | None:
        try:
            name = licence_name(read_raw(path).text)
        except UnusableError:
            return None
        where = path.relative_to(self._top).as_posix()
        return f"{name} ({where})" if name else f"see {where}"


def _readable_licence(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and is_licence(path)
