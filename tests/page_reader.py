"""A page of HTML as browsers read it: a tree, its figures, its headings, the text of its paper block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("meta", "br", "col", "img", "input"))
BLOCKS = frozenset(
    ("section", "div", "p", "table", "tr", "td", "th", "figure", "nav", "h1", "h2", "h3", "h4", "h5", "h6")
)
APART = frozenset(("svg", "details"))
"""What a reader of the paper's text does not read."""


@dataclass(slots=True)
class Node:
    """An element: its name, attributes, and what stands in it, text or elements."""

    name: str
    given: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.given.get("class", "").split()

    def all(self, *names: str) -> Iterator[Node]:
        """The elements of these names in it, in order; of all names without one."""
        for one in self.inside:
            if isinstance(one, Node):
                if not names or one.name in names:
                    yield one
                yield from one.all(*names)

    def one(self, name: str) -> Node:
        found = list(self.all(name))
        assert len(found) == 1, f"{len(found)} of {name}"
        return found[0]

    @property
    def text(self) -> str:
        """All text in it; <br> is a line end."""
        return "".join(_text(one) for one in self.inside)


def _text(one: Node | str) -> str:
    if isinstance(one, str):
        return one
    return "\n" if one.name == "br" else "" if one.name in APART else one.text


class _Reader(HTMLParser):
    """Builds the tree; an end tag that closes nothing, or something else, is a fault of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({key for key, _ in attrs}) == len(attrs), f"an attribute of {tag} stands twice"
        made = Node(tag, {key: value or "" for key, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert any(node.name == "svg" for node in self.open), f"<{tag}/> outside of a drawing"
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes {self.open[-1].name}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError("a declaration")


def read(page: bytes) -> Node:
    """The tree of a page; well-formed, with ids that stand once."""
    source = page.decode("utf-8")
    assert source.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    reader = _Reader()
    reader.feed(source)
    reader.close()
    assert len(reader.open) == 1, f"{reader.open[-1].name} is not closed"
    named = [node.given["id"] for node in reader.root.all() if "id" in node.given and node.name != "pattern"]
    assert len(named) == len(set(named)), "an id stands twice"
    assert "" not in named
    return reader.root


def blocks(page: Node) -> list[str]:
    """The text of the paper, block by block, as a paragraph of Word each; empty ones left out."""
    found = [""]
    _walk(page.one("main"), found)
    return [text for text in found if text.strip()]


def _walk(node: Node, found: list[str]) -> None:
    apart = node.name in BLOCKS and "run-in" not in node.classes
    if apart:
        found.append("")
    for one in node.inside:
        if isinstance(one, str):
            found[-1] += one
        elif one.name == "br":
            found[-1] += "\n"
        elif one.name not in APART:
            _walk(one, found)
    if apart:
        found.append("")


def figures(page: Node) -> list[Node]:
    """The values of the page, in order."""
    return [node for node in page.all("span") if "fact" in node.classes]


def headings(page: Node) -> list[tuple[int, str]]:
    """(level, text) of the headings, in order."""
    return [(int(node.name[1]), node.text) for node in page.all("h1", "h2", "h3", "h4", "h5", "h6")]


def told(page: Node) -> list[str]:
    """The blocks of the paper, a line each: element, classes, style, and the text with its headings and figures."""
    return [line for node in page.one("main").inside if isinstance(node, Node) for line in _told(node)]


def _told(node: Node) -> Iterator[str]:
    inner = [one for one in node.inside if isinstance(one, Node) and one.name in BLOCKS and "run-in" not in one.classes]
    head = ".".join([node.name, *node.classes]) + "".join(
        f" {key}={node.given[key]}" for key in _KEYS if key in node.given
    )
    if inner or node.name in ("section", "figure", "table", "thead", "tbody", "colgroup"):
        yield head
        for one in node.inside:
            if isinstance(one, Node):
                yield from (f"  {line}" for line in _told(one))
    elif node.name not in VOID:
        text = "".join(_marked(one) for one in node.inside)
        yield f"{head} │ {text}" if text else head
    else:
        yield head


_KEYS = ("id", "colspan", "rowspan", "style", "href")


def _marked(one: Node | str) -> str:
    if isinstance(one, str):
        return one.replace("\t", "⇥")
    inside = "".join(_marked(piece) for piece in one.inside)
    if one.name == "br":
        return "⏎"
    if one.name in APART:
        return f"〔{one.name}〕"
    if "fact" in one.classes:
        return f"{{{inside}|{one.given['title']}}}"
    name = one.name if one.name != "span" else ""
    key = " ".join(part for part in (name, *one.classes, one.given.get("href", "")) if part)
    return f"[{key}: {inside}]" if key else inside
