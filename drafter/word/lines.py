"""The visible text of word/document.xml in reading order, as lines that know their paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from drafter.diagnostic import Diagnostic
from drafter.source import BLANKS, Line, Mark, Span, Text
from drafter.word.element import MOST_COLUMNS, Element, W
from drafter.word.package import refusal, remark
from drafter.word.pipes import escaped, joined

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OTHER = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
_UNREAD = frozenset((
    "del", "moveFrom", "delText", "delInstrText", "instrText", "rt",
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr",
))  # fmt: skip
"""Elements with nothing to read in them."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements that stand for a character."""


def kind(element: Element) -> str:
    """Local name in the w: namespace, Strict or not; mc:… and m:… for two others; the full name elsewhere."""
    return _kind(str(element.tag))


@lru_cache(1024)
def _kind(tag: str) -> str:
    space, _, name = tag[1:].rpartition("}")
    if space in (W, _STRICT):
        return name
    return f"{_OTHER[space]}:{name}" if space in _OTHER else tag


def _value(element: Element, path: tuple[str, ...], attribute: str = "val") -> str | None:
    """An attribute of the element down a path of w: names; '' when it stands without, None when it is not there."""
    for name in path:
        following = next((child for child in element if kind(child) == name), None)
        if following is None:
            return None
        element = following
    return next((v for k, v in element.attrib.items() if str(k).rpartition("}")[2] == attribute), "")


_OFF = ("0", "false", "off")


@dataclass(slots=True)
class _Words:
    """The text of one paragraph while it is gathered: field codes leave nothing behind."""

    number: int
    pieces: list[str] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    """For every open field whether its result has begun."""
    boxes: list[Element] = field(default_factory=list)
    """Text boxes anchored in the paragraph; they are read behind it."""

    def add(self, text: str) -> None:
        if all(self.fields):
            self.pieces.append(text)

    def field_sign(self, sign: str) -> None:
        if sign == "begin":
            self.fields.append(False)
        elif sign == "separate" and self.fields:
            self.fields[-1] = True
        elif sign == "end" and self.fields:
            self.fields.pop()


class Reader:
    """One pass over the body of one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self.hidden: list[int] = []
        self.numbered: list[int] = []
        self.strict = False

    def read(self, root: Element) -> Text:
        """The lines. Errors: DraftError D106 when there is no body."""
        self.strict = str(root.tag).startswith(f"{{{_STRICT}}}")
        body = next((child for child in root if kind(child) == "body"), None)
        if kind(root) != "document" or body is None:
            raise refusal("D106", self.name)
        return tuple(line for line in self.blocks(body) if line)

    def warnings(self) -> Iterator[Diagnostic]:
        """What was left out, at the first place of each."""
        if self.strict:
            yield remark("D114", self.name)
        for code, places in (("D115", self.hidden), ("D116", self.numbered)):
            if places:
                yield remark(code, self.name, f"共{len(places)}处", places[0])

    def blocks(self, parent: Element) -> Iterator[Line]:
        """Lines of the paragraphs and tables below an element that may wrap them."""
        for child in _chosen(parent):
            name = kind(child)
            if name == "p":
                yield from self.paragraph(child)
            elif name == "tbl":
                yield from self.table(child)
            elif name not in _UNREAD:
                yield from self.blocks(child)

    def paragraph(self, element: Element) -> Iterator[Line]:
        """The lines of a paragraph (line breaks part it), then those of the text boxes it holds."""
        self.count += 1
        words = _Words(self.count)
        if _value(element, ("pPr", "numPr", "numId")) not in (None, "0"):
            self.numbered.append(self.count)
        self.inline(element, words)
        column = 1
        for text in "".join(words.pieces).split("\n"):
            yield Line(text, (Mark(0, Span(self.name, words.number, column)),)).strip(BLANKS)
            column += len(text) + 1
        for box in words.boxes:
            yield from self.blocks(box)

    def inline(self, parent: Element, words: _Words) -> None:
        """Gathers the text below a paragraph or run, through links, controls, insertions and smart tags."""
        for child in _chosen(parent):
            name = kind(child)
            if name in ("t", "m:t"):
                words.add(child.text or "")
            elif name in _SIGNS:
                words.add(_sign(child, name))
            elif name == "fldChar":
                words.field_sign(_value(child, (), "fldCharType") or "")
            elif name == "txbxContent":
                words.boxes.append(child)
            elif name == "r" and _value(child, ("rPr", "vanish")) not in (None, *_OFF):
                self.hidden.append(words.number)
            elif name not in _UNREAD:
                self.inline(child, words)

    def table(self, element: Element) -> Iterator[Line]:
        """Pipe rows; merged cells are followed by empty ones, so that rows keep their columns."""
        for row in _below(element, "tr"):
            if _value(row, ("trPr", "del")) is not None:
                continue
            pieces = [Line("|", (Mark(0, Span(self.name, self.count + 1, 1)),))]
            for cell in _below(row, "tc"):
                pieces += [Line(" "), self.cell(cell), Line(" |" + "  |" * _more_columns(cell))]
            if len(pieces) > 1:
                yield joined(pieces)

    def cell(self, element: Element) -> Line:
        """The text of a cell on one line, with its | escaped; a nested table is read as text."""
        inner = [line for child in _below(element, "p") for line in self.paragraph(child) if line]
        parts = [part for line in inner for part in (Line(" "), escaped(line))]
        return joined(parts[1:])


def _more_columns(cell: Element) -> int:
    """How many columns a cell covers beside its own."""
    span = _value(cell, ("tcPr", "gridSpan")) or "1"
    return min(int(span), MOST_COLUMNS) - 1 if span.isdecimal() and int(span) else 0


def _sign(element: Element, name: str) -> str:
    if name == "br" and _value(element, (), "type") in ("page", "column"):
        return ""
    return _SIGNS[name]


def _chosen(parent: Element) -> Iterator[Element]:
    """The children, with one branch of every mc:AlternateContent in its place. Why: a text box stands there twice."""
    for child in parent:
        if kind(child) == "mc:AlternateContent":
            branch = next(iter(child), None)
            if branch is not None:
                yield from _chosen(branch)
        else:
            yield child


def _below(parent: Element, wanted: str) -> Iterator[Element]:
    """The nearest elements of a kind, through controls and insertions around them."""
    for child in _chosen(parent):
        if kind(child) == wanted:
            yield child
        elif kind(child) not in _UNREAD:
            yield from _below(child, wanted)
