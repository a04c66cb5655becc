"""A Markdown file to its front matter, with line numbers, and its sections in plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.knowledge.documents import Block, Section, SectionRole

_MARK = re.compile(r"\[\^([A-Za-z0-9_-]+)\]")
_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
_ROLES: dict[str, SectionRole] = {"do": "do", "avoid": "avoid"}
_parser = MarkdownIt("commonmark", {"html": True})


class _Loader(yaml.SafeLoader):
    """YAML without dates: they stay text, so that a wrong one is named like any other fault."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class FrontMatterError(Exception):
    """The front matter cannot be read; ``line`` is where, ``mend`` what to write."""

    def __init__(self, line: int, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.mend = line, problem, mend


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter's values, and the line on which each value stands.

    ``lines`` maps a path such as ``("sources", 0, "date")`` to a line of the file, from 1.
    ``end`` is the line of the closing ``---``.
    """

    values: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    end: int

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """Return the line of ``path`` or of the nearest value above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Split ``text`` into its front matter and its body; raise ``FrontMatterError`` if it can't."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise FrontMatterError(
            1, "The file does not begin with front matter.", "Write `---` on the first line."
        )
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise FrontMatterError(
            1, "The front matter is never closed.", "Write `---` on a line of its own after it."
        )
    values, found = read_mapping("\n".join(lines[1:end]), 2)
    return FrontMatter(values, found, end + 1), "\n".join(lines[end + 1 :])


def read_mapping(
    source: str, first_line: int
) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    """Return the values of YAML that is a mapping, and the line of each, counted on from
    ``first_line``; raise ``FrontMatterError`` where it is none."""
    try:
        node = yaml.compose(source, Loader=_Loader)
        values = yaml.load(source, Loader=_Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError) as error:
        raise _yaml_fault(error, first_line) from None
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        raise FrontMatterError(
            1, "The front matter is not a list of `name: value` lines.", "Write it as such."
        )
    return values, {path: line + first_line for path, line in _node_lines(node, ())}


def _yaml_fault(error: yaml.YAMLError | ValueError, first_line: int) -> FrontMatterError:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return FrontMatterError(
        mark.line + first_line if mark else 1,
        f"The front matter is not valid YAML: {what}.",
        "Quote values that hold `: ` or begin with a sign; write dates as YYYY-MM-DD.",
    )


def _node_lines(
    node: yaml.Node, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], int]]:
    yield path, node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            yield from _node_lines(value, inner)
            yield inner, key.start_mark.line
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _node_lines(item, (*path, number))


@dataclass(slots=True)
class _Open:
    """A section being read."""

    heading: str
    id: str
    role: SectionRole
    path: tuple[str, ...]
    line: int
    blocks: list[Block] = field(default_factory=list)


def read_sections(body: str, title: str, first_line: int) -> tuple[Section, ...]:
    """Return the sections of ``body``; text before the first heading stands under ``title``.

    ``first_line`` is the line of the file on which ``body`` begins. Sections without text are
    left out; their headings still stand in the paths of the sections below them.
    """
    sections = [_Open(title, "introduction", "fact", (), first_line)]
    above: list[tuple[int, str]] = []
    tokens = _parser.parse(body)
    for position, token in enumerate(tokens):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "heading_open":
            level = int(token.tag[1])
            heading, section_id, role = _heading(tokens[position + 1].content)
            above = [(depth, name) for depth, name in above if depth < level]
            path = tuple(name for _, name in above)
            above.append((level, heading))
            sections.append(_Open(heading, section_id, role, path, line))
        elif token.type == "inline" and tokens[position - 1].type != "heading_open":
            _append(sections[-1], marked_block(_plain(token), line))
        elif token.type in ("code_block", "fence"):
            _append(sections[-1], marked_block(" ".join(token.content.split()), line))
    return _closed(sections)


def _append(section: _Open, block: Block) -> None:
    if block.text:
        section.blocks.append(block)


def _closed(sections: list[_Open]) -> tuple[Section, ...]:
    taken: dict[str, int] = {}
    closed = []
    for section in sections:
        if not section.blocks:
            continue
        taken[section.id] = taken.get(section.id, 0) + 1
        repeat = taken[section.id]
        closed.append(
            Section(
                id=section.id if repeat == 1 else f"{section.id}-{repeat}",
                heading=section.heading,
                path=section.path,
                role=section.role,
                line=section.line,
                blocks=tuple(section.blocks),
            )
        )
    return tuple(closed)


def _heading(content: str) -> tuple[str, str, SectionRole]:
    match = _ATTRIBUTES.search(content)
    words = match.group(1).split() if match else []
    inline = _parser.parseInline(content[: match.start()] if match else content)
    heading = _plain(inline[0]) if inline else ""
    section_id = next((word[1:] for word in words if word.startswith("#")), None)
    roles: list[SectionRole] = [_ROLES[word[1:]] for word in words if word[1:] in _ROLES]
    role: SectionRole = roles[0] if roles else "fact"
    return heading, section_id or slug(heading), role


def slug(heading: str) -> str:
    """Return ``heading`` as an id: its letters and digits in lower case, joined by hyphens."""
    text = unicodedata.normalize("NFKC", heading).lower()
    return "-".join(re.findall(r"[^\W_]+", text)) or "section"


def _plain(inline: Token) -> str:
    """Return the text of ``inline`` without mark-up; a line break becomes a space."""
    parts = []
    for child in inline.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return " ".join("".join(parts).split(" ")).strip()


def marked_block(text: str, line: int) -> Block:
    """Return ``text`` as a block: its ``[^key]`` marks taken out, and where they stood."""
    marks: list[tuple[int, str]] = []
    plain: list[str] = []
    end = length = 0
    for match in _MARK.finditer(text):
        plain.append(text[end : match.start()])
        length += match.start() - end
        marks.append((length, match.group(1)))
        end = match.end()
    plain.append(text[end:])
    joined = "".join(plain)
    lead = len(joined) - len(joined.lstrip())
    return Block(joined.strip(), line, tuple((max(at - lead, 0), key) for at, key in marks))
