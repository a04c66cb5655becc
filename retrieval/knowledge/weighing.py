"""Findings that a person weighed and left are not told again, and a reason without one is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retrieval.knowledge.claims import Finding
from retrieval.knowledge.documents import Accepted, Document
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.lines import FieldLines


def unweighed(
    document: Document, findings: Iterable[Finding], lines: FieldLines
) -> Iterator[Fault]:
    """Yield the faults of ``findings`` that ``accepted`` of the document does not name, and the
    entries of ``accepted`` that name none."""
    needed: set[int] = set()
    accepted = document.header.accepted
    for finding in findings:
        names = [n for n, entry in enumerate(accepted) if _accepts(entry, finding)]
        needed.update(names)
        if not names:
            yield finding.fault
    for number, entry in enumerate(accepted):
        if number not in needed:
            where = f" in the section `{entry.section}`" if entry.section else ""
            yield Fault(
                document.path,
                lines.of("accepted", number),
                f"There is no {entry.lint} finding{where} to accept.",
                "Remove the entry, or correct its `lint` and `section`.",
                "warning",
                "accepted",
            )


def _accepts(entry: Accepted, finding: Finding) -> bool:
    return entry.lint == finding.fault.lint and entry.section in (None, finding.section)
