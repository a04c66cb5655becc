"""HTML to what a reader of the page would see, and to what is hidden from that reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from retrieval.drafts.links import untracked

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SILENT = frozenset("script style noscript template svg iframe object head title select".split())
_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody "
    "tr ul".split()
)
_CLOSED_BY_BLOCK = frozenset({"p"})
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:(?:0|1px|\.\d)|opacity:0(?:\.0\d*)?(?:;|$)|"
    r"text-indent:-\d{3,}|(?:left|top|right):-\d{3,}|clip:rect\(0|"
    r"(?:max-)?(?:height|width):0(?:px)?(?:;|$).*overflow:hidden|"
    r"(?:^|;)color:(?:transparent|rgba\([^)]*,0\))"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;! ]+)")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "#fefefe"})
_HIDING_CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]{0,500})\}")


@dataclass(slots=True)
class Page:
    """``visible`` is the HTML without what is hidden; ``hidden`` and ``comments`` are texts."""

    visible: str
    hidden: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def uncovered(html: str) -> Page:
    """Return ``html`` parted into what a reader sees and what only a machine reads."""
    html, unclosed = _without_open_comment(html)
    parser = _Uncovering(_hiding_classes(html))
    parser.feed(html)
    parser.close()
    parser.flush()
    return Page("".join(parser.out), parser.hidden, [*parser.comments, *unclosed])


def _without_open_comment(html: str) -> tuple[str, list[str]]:
    """Cut off a comment that is never closed, as browsers do; return it as a list of one or none.

    The parser would search every opening of it to the end of the file.
    """
    start = html.find("<!--", html.rfind("-->") + 1)
    if start < 0:
        return html, []
    text = " ".join(html[start + 4 :].split())
    return html[:start], [text] if len(text.split()) > 2 else []


def _hiding_classes(html: str) -> frozenset[str]:
    pieces = re.split(r"<style\b", html, flags=re.I)[1:]
    styles = "".join(re.split(r"</style", piece, maxsplit=1, flags=re.I)[0] for piece in pieces)
    return frozenset(name for name, rules in _HIDING_CLASS.findall(styles) if _hides(rules))


def _hides(style: str) -> bool:
    tight = re.sub(r"\s+", "", style.lower())
    if _HIDING.search(tight):
        return True
    colour, ground = _COLOUR.search(tight), _GROUND.search(tight)
    if colour is None:
        return False
    return colour.group(1) == (ground.group(1) if ground else None) or (
        ground is None and colour.group(1) in _WHITE
    )


class _Uncovering(HTMLParser):
    def __init__(self, hiding_classes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.hidden: list[str] = []
        self.comments: list[str] = []
        self._classes = hiding_classes
        self._open: list[str] = []  # what is open inside the hidden element, itself first
        self._held: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._keep(self.get_starttag_text() or "")
            return
        if self._open:
            if tag in _BLOCKS and self._open[-1] in _CLOSED_BY_BLOCK:
                self._close(self._open[-1])
            if self._open:
                self._open.append(tag)
        if not self._open and self._is_hidden(tag, dict(attrs)):
            self._open.append(tag)
            return
        self._keep(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._close(tag)
        else:
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._held.append(data)
        else:
            self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        text = " ".join(data.split())
        if len(text.split()) > 2 and not text.startswith(("[if ", "<![endif")):
            self.comments.append(text)

    def flush(self) -> None:
        """Put away what an element that was never closed still holds."""
        text = " ".join("".join(self._held).split())
        if text:
            self.hidden.append(text)
        self._held = []

    def _close(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
            if not self._open:
                self.flush()

    def _is_hidden(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag in _SILENT or tag in ("html", "body"):
            return False
        classes = set((attributes.get("class") or "").split())
        return (
            "hidden" in attributes
            or bool(classes & self._classes)
            or _hides(attributes.get("style") or "")
        )

    def _keep(self, piece: str) -> None:
        if not self._open:
            self.out.append(piece)


def blocks_of(html: str) -> list[str]:
    """Return the text of ``html`` as lines of plain Markdown, one a heading, paragraph or item.

    Addresses of links stay behind their words, without what tracks who follows them. Pictures,
    scripts and styles are left out.
    """
    parser = _Reading()
    parser.feed(html)
    parser.close()
    parser.end_block()
    return parser.blocks


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._text: list[str] = []
        self._lead = ""
        self._silent: list[str] = []
        self._links: list[tuple[str | None, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.end_block()
            if tag == "li":
                self._lead = "- "
            elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                self._lead = "#" * int(tag[1]) + " "
        elif tag in ("td", "th"):
            self._text.append(" | " if self._text else "")
        elif tag == "br":
            self.end_block()
        elif tag == "a":
            self._links.append((dict(attrs).get("href"), len(self._text)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.end_block()
        elif tag == "a" and self._links:
            address, start = self._links.pop()
            said = "".join(self._text[start:]).strip()
            if address and address.startswith(("http://", "https://")) and said:
                clean = untracked(address.strip())
                if said != clean and said not in clean:
                    self._text.append(f" ({clean})")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def end_block(self) -> None:
        """Put away the block that was being read."""
        text = " ".join("".join(self._text).split())
        if text:
            self.blocks.append(self._lead + text)
            self._lead = ""
        self._text, self._links = [], []
