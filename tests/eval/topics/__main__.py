"""``python -m tests.eval.topics``: is there a right document for each topic people come with?"""

from __future__ import annotations

import argparse
from pathlib import Path

from retrieval.library import Library
from retrieval.settings import LibrarySettings
from tests.eval.topics.table import read_topics, rows, table


def main() -> None:
    """Print for each topic and language how many questions found a right document."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.topics", description=__doc__)
    parser.add_argument("--knowledge", type=Path, help="the knowledge folder")
    parser.add_argument("--state", type=Path, help="where the index lies")
    parser.add_argument("--misses", action="store_true", help="name the questions that missed")
    options = parser.parse_args()
    places = {"knowledge": options.knowledge, "state": options.state}
    settings = LibrarySettings(**{name: place for name, place in places.items() if place})
    library = Library.open(settings)

    def search(question: str) -> list[str]:
        return [hit.passage.document for hit in library.search(question).hits]

    print(table(rows(read_topics(), search), options.misses))


if __name__ == "__main__":
    main()
