"""``python -m tests.eval.umbrella FOLDER``: how long a large knowledge folder takes to index.

FOLDER holds a checkout of Security First's Umbrella lessons as ``umbrella/``: some 1,600 Markdown
files in English, Persian and Arabic. They are turned into a scratch knowledge folder, indexed with
``daricheh knowledge index``, and indexed again with nothing changed. Nothing of them is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from retrieval.knowledge.reading import read_knowledge

# The folder's languages, and what a document of each is called here: the project knows no Arabic,
# so Arabic files count as Persian ones under ids of their own.
LANGUAGES = {"en": ("en", ""), "fa": ("fa", ""), "ar": ("fa", "-ar")}
# What the whole index may take on two cores, and a second run with nothing changed, in seconds.
FIRST_LIMIT, AGAIN_LIMIT = 360, 5
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---[ \t]*\r?\n?(.*)\Z", re.DOTALL)


def main() -> None:
    """Convert, index twice, and print how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.umbrella", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder that holds umbrella/")
    source = parser.parse_args().folder / "umbrella"
    if not source.is_dir():
        parser.error(f"there is no folder {source}")
    with tempfile.TemporaryDirectory() as scratch:
        knowledge, state = Path(scratch) / "knowledge", Path(scratch) / "state"
        files = convert(source, knowledge)
        documents = len(read_knowledge(knowledge).documents)
        print(f"{files} files, {documents} of them valid documents")
        _timed("indexed", knowledge, state, FIRST_LIMIT)
        _timed("indexed again, nothing changed", knowledge, state, AGAIN_LIMIT)


def convert(source: Path, knowledge: Path) -> int:
    """Write each lesson of ``source`` as a document into ``knowledge``; return how many."""
    written = 0
    for folder, (language, suffix) in LANGUAGES.items():
        for path in sorted((source / folder).rglob("*.md")):
            place = path.relative_to(source / folder).with_suffix("").as_posix()
            name = "-".join(re.findall("[a-z0-9]+", place.lower())) + suffix
            target = knowledge / "guidance" / f"{name}.{language}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_document(path.read_text("utf-8-sig"), name, language), "utf-8")
            written += 1
    return written


def _document(text: str, name: str, language: str) -> str:
    match = _FRONT_MATTER.match(text)
    front, body = match.groups() if match else ("", text)
    title = str((yaml.safe_load(front) or {}).get("title") or name)
    publisher = {"publisher": "Security First", "title": title, "url": None, "date": "2024-05-27"}
    header = {
        "id": name,
        "kind": "guidance",
        "language": language,
        "title": title,
        "summary": title,
        "topics": ["devices"],
        "as_of": "2024-05-27",
        "reviewed": "2024-05-27",
        "review_by": "2024-11-27",
        "sources": [{**publisher, "tier": "practitioner", "licence": "CC BY-NC-SA 4.0"}],
    }
    lines = [f"{field}: {json.dumps(value, ensure_ascii=False)}" for field, value in header.items()]
    return "\n".join(["---", *lines, "---", body])


def _timed(what: str, knowledge: Path, state: Path, limit: float) -> None:
    command = [sys.executable, "-m", "bot", "knowledge", "index"]
    before, started = _processor_seconds(), time.perf_counter()
    subprocess.run(
        [*command, "--knowledge", str(knowledge), "--state", str(state)],
        check=True,
        stdout=sys.stderr,
    )
    seconds, busy = time.perf_counter() - started, _processor_seconds() - before
    print(
        f"{what}: {seconds:.1f} s ({seconds / limit:.2f} of the {limit} s allowed); "
        f"{busy:.1f} s of processor time, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
