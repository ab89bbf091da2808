"""The paragraphs of a part as text, every character knowing the element it stands in, and where bookmarks stand.

Reading is for comparing and editing: what cannot be told in one character (a drawing, a formula) is one, what a tracked
change took away is none, automatic numbers are not written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from drafter.trace import NAME, OBJECT, Printed, Spot
from drafter.word.element import Element
from drafter.word.kinds import SKIPPED, attribute, branch, kind
from drafter.word.reading.symbols import symbol

_OPAQUE = frozenset(("drawing", "pict", "object", "m:oMath", "m:oMathPara", "control", "contentPart", "altChunk"))
"""Elements that are one character, whatever is in them."""
_PAGE = ("page", "column")
_BREAKS = {"cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
"""Why the characters and not - and nothing: LibreOffice writes the one for the other."""
SIGNS = frozenset((*_BREAKS, "br", "sym", *_OPAQUE))
"""Elements that stand for one character or, a page break, for none."""
_GONE = ("del", "moveFrom")
_SILENT = frozenset((*SKIPPED, "instrText", "rt", "fldData"))


@dataclass(frozen=True, slots=True)
class Node:
    """An element that holds text: a w:t with all its characters, or a sign that is one."""

    element: Element
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind it."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Strand:
    """A w:p and its text; `spots` are the figures that stand in it, in order."""

    element: Element
    cell: tuple[int, int, int] | None = None
    nodes: list[Node] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    length: int = 0
    part: str = ""
    """The member it stands in, where several are read."""

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(node.text for node in self.nodes)

    @property
    def printed(self) -> Printed:
        """The paragraph without its elements."""
        return Printed(self.text, tuple(sorted(self.spots, key=lambda s: (s.start, s.end))), self.cell)

    def add(self, element: Element, text: str) -> None:
        """The next element that holds text."""
        self.nodes.append(Node(element, text, self.length))
        self.length += len(text)


def strands(root: Element, part: str = "") -> list[Strand]:
    """The paragraphs below an element in reading order, those of tables too; those of text boxes are left out."""
    walk = _Walk(part)
    walk.children(root)
    return walk.found


@dataclass(slots=True)
class _Walk:
    """One pass; a bookmark may begin in one paragraph and end in another, or between two."""

    part: str
    found: list[Strand] = field(default_factory=list)
    now: Strand | None = None
    """The paragraph that is open."""
    opened: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Id of a bookmark that is open → (name, paragraph, offset) of its beginning."""
    tables: int = 0
    cell: tuple[int, int, int] | None = None

    def children(self, element: Element) -> None:
        for one in element:
            name = kind(one)
            handler = _HANDLERS.get(name)
            if handler is not None:
                handler(self, one)
            elif name == "mc:AlternateContent":
                self.alternate(one)
            elif name in SIGNS:
                self.sign(one, name)
            elif name not in _SILENT:
                self.children(one)
            elif name in _GONE:
                self.marks(one)

    def marks(self, element: Element) -> None:
        """The bookmarks that begin or end in text that a tracked change took away. Why: LibreOffice puts them there."""
        for one in element.iter():
            if kind(one) in ("bookmarkStart", "bookmarkEnd"):
                self.mark(one)

    def alternate(self, element: Element) -> None:
        """A drawing in two writings is one drawing; anything else is read in the branch that is shown."""
        shown = branch(element)
        if any(kind(one) in _OPAQUE for one in shown) and self.now is not None:
            self.now.add(element, OBJECT)
        else:
            self.children(shown)

    def paragraph(self, element: Element) -> None:
        if _is_entry(element):
            return
        outer, self.now = self.now, Strand(element, self.cell, part=self.part)
        self.found.append(self.now)
        self.children(element)
        self.now = outer

    def table(self, element: Element) -> None:
        number, self.tables = self.tables, self.tables + 1
        outer = self.cell
        for row, one in enumerate(_inner(element, "tr", self.mark)):
            for column, cell in enumerate(_inner(one, "tc", self.mark)):
                self.cell = (number, row, column)
                self.children(cell)
        self.cell = outer

    def words(self, element: Element) -> None:
        if self.now is not None and element.text:
            self.now.add(element, element.text)

    def sign(self, element: Element, name: str) -> None:
        if self.now is None:
            return
        if name == "br":
            self.now.add(element, "" if attribute(element, "type") in _PAGE else "\n")
        elif name == "sym":
            self.now.add(element, symbol(attribute(element, "font"), attribute(element, "char")))
        else:
            self.now.add(element, _BREAKS.get(name, OBJECT))

    def mark(self, element: Element) -> None:
        """A bookmark begins or ends: in the open paragraph, in front of the next one, or behind the last one."""
        name, key = kind(element), attribute(element, "id") or ""
        if name == "bookmarkStart":
            called = (attribute(element, "name") or "").upper()
            if NAME.fullmatch(called):
                open_ = self.now is not None
                place = (len(self.found) - open_, self.now.length if self.now is not None else 0)
                self.opened[key] = (called, *place)
        elif name == "bookmarkEnd" and key in self.opened:
            self.close(*self.opened.pop(key))

    def close(self, name: str, first: int, offset: int) -> None:
        """The spots of a bookmark in every paragraph it covers; none where it covers no text at all."""
        for index in range(first, len(self.found)):
            strand = self.found[index]
            start = offset if index == first else 0
            if strand.length > start:
                strand.spots.append(Spot(name, start, strand.length))


def _is_entry(element: Element) -> bool:
    """Whether a paragraph is a line of the 目录: Word writes it anew, and nobody edits it."""
    return any(kind(one) == "hyperlink" and (attribute(one, "anchor") or "").startswith("_Toc") for one in element)


def _inner(element: Element, wanted: str, mark: Callable[[Element], None]) -> Iterator[Element]:
    """The rows of a table, the cells of a row, through what wraps them; bookmarks between them are told."""
    for one in element:
        name = kind(one)
        if name == wanted:
            yield one
        elif name in ("bookmarkStart", "bookmarkEnd"):
            mark(one)
        elif name not in _SILENT and name != "tbl":
            yield from _inner(one, wanted, mark)


_HANDLERS: dict[str, Callable[[_Walk, Element], None]] = {
    "p": _Walk.paragraph, "tbl": _Walk.table, "t": _Walk.words, "m:t": _Walk.words,
    "bookmarkStart": _Walk.mark, "bookmarkEnd": _Walk.mark,
}  # fmt: skip
