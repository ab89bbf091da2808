"""What is generated now as it stands in another file: in its styles and lists, with its numbers, its bookmarks' names.

Why by the names of styles: Word, WPS and LibreOffice give the same styles ids of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from drafter.trace import NAME
from drafter.word.element import Element, W, w
from drafter.word.kinds import attribute, child, kind, value
from drafter.word.trace.bookmarks import Numbers, detach
from drafter.word.trace.dress import Dresser
from drafter.word.trace.file import File
from drafter.word.trace.strand import Strand
from drafter.word.trace.transplant import Transplant

_VAL, _ID, _NAME = f"{{{W}}}val", f"{{{W}}}id", f"{{{W}}}name"
_STYLES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_OWN = frozenset((
    "pStyle", "spacing", "ind", "jc", "snapToGrid", "adjustRightInd", "autoSpaceDE", "autoSpaceDN", "textAlignment",
    "wordWrap", "contextualSpacing", "rPr",
))  # fmt: skip
"""What of a neighbour's w:pPr says how it looks, and not where it stands or what it is."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")

_NUMBERS = ("paraId", "textId")
"""Attributes that no two paragraphs or rows share."""


def unnumber(made: Element) -> None:
    """A copy without the numbers that Word gave what it was copied from."""
    for one in made.iter():
        for key in [key for key in one.attrib if str(key).rpartition("}")[2] in _NUMBERS]:
            del one.attrib[key]


def named(file: File) -> dict[tuple[str, str], str]:
    """(kind, name) → id of the styles of a file; names without regard to case."""
    root = file.package.only("styles")
    found: dict[tuple[str, str], str] = {}
    for one in root if root is not None else ():
        name, key = value(one, ("name",)), attribute(one, "styleId")
        if kind(one) == "style" and name and key:
            found.setdefault((attribute(one, "type") or "paragraph", name.strip().casefold()), key)
    return found


@dataclass(slots=True)
class Adopter:
    """Makes copies of what is generated now that fit into a file."""

    plants: Transplant
    names: Mapping[str, str]
    """Bookmark in what is generated now → bookmark in the file."""
    numbers: Numbers
    styles: dict[tuple[str, str], str] = field(init=False)
    """(kind, id in what is generated now) → id in the file."""
    dresser: Dresser = field(init=False)
    made: list[tuple[str, Element, Element]] = field(default_factory=list)
    """Bookmarks that came along: name and both ends."""

    def __post_init__(self) -> None:
        self.dresser = Dresser(self.file)
        here = named(self.file)
        self.styles = {
            (sort, key): here[sort, name] for (sort, name), key in named(self.now).items() if (sort, name) in here
        }

    @property
    def file(self) -> File:
        """The file that the copies are for."""
        return self.plants.file

    @property
    def now(self) -> File:
        """What is generated now."""
        return self.plants.now

    def copy(self, element: Element, source: Strand, at: int) -> Element:
        """A copy of an element around paragraph `source`, to be put near paragraph `at` of the file."""
        made = deepcopy(element)
        made.tail = None
        unnumber(made)
        for one in list(made.iter(f"{{{W}}}sectPr")):
            detach(one)
        self._bookmarks(made)
        for one in list(made.iter(f"{{{W}}}tbl")):
            self._table(one)
        for one in [one for one in made.iter() if kind(one) == "p"]:
            self._paragraph(one, at)
        for one in [one for one in made.iter() if kind(one) == "rStyle"]:
            self._style(one)
        if kind(made) == "p":
            self.dresser.dress(made, source, at)
        self.plants.settle(made, source.part, self.file.strands[at].part)
        return made

    def bookmark(self, name: str, *content: Element) -> tuple[Element, ...]:
        """Content in the bookmark that a figure of what is generated now has in the file."""
        called, number = self.names.get(name, name), self.numbers.bookmark()
        start, end = w("bookmarkStart", id=number, name=called), w("bookmarkEnd", id=number)
        self.made.append((called, start, end))
        return start, *content, end

    def _bookmarks(self, made: Element) -> None:
        """Figures get the names and numbers they have in the file; what other bookmarks mark is not here."""
        ends = {one.get(_ID): one for one in made.iter() if kind(one) == "bookmarkEnd"}
        for one in [one for one in made.iter() if kind(one) == "bookmarkStart"]:
            end, name = ends.pop(one.get(_ID), None), attribute(one, "name") or ""
            if end is None or not NAME.fullmatch(name):
                for edge in (one, end):
                    if edge is not None:
                        detach(edge)
                continue
            start, close = self.bookmark(name)
            for edge, other in ((one, start), (end, close)):
                edge.addprevious(other)
                detach(edge)
        for one in ends.values():
            detach(one)

    def _style(self, one: Element) -> bool:
        """Give a reference to a style the file's id; it goes where the file has no such style."""
        found = self.styles.get((_STYLES[kind(one)], one.get(_VAL, "")))
        if found is None:
            detach(one)
            return False
        one.set(_VAL, found)
        return True

    def _table(self, table: Element) -> None:
        """A table in the file's style; with plain lines where the file has none of that name."""
        properties = child(table, "tblPr")
        told = child(properties, "tblStyle")
        if properties is None or told is None or self._style(told):
            return
        lines = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="auto") for side in _SIDES))
        behind = ("tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
                  "tblCellSpacing", "tblInd")  # fmt: skip
        properties.insert(sum(kind(one) in behind for one in properties), lines)

    def _paragraph(self, paragraph: Element, at: int) -> None:
        properties = child(paragraph, "pPr")
        told = child(properties, "pStyle")
        if properties is None:
            return
        if told is not None and not self._style(told):
            paragraph.replace(properties, self._neighbours(at))
            return
        numbered = child(properties, "numPr")
        if numbered is not None:
            found = self._list(attribute(told) if told is not None else None, numbered, at)
            if found is None:
                detach(numbered)
            else:
                properties.replace(numbered, found)

    def _neighbours(self, at: int) -> Element:
        """How the paragraph at a place looks."""
        own = child(self.file.strands[at].element, "pPr")
        made = w("pPr")
        made.extend(deepcopy(one) for one in (own if own is not None else ()) if kind(one) in _OWN)
        for look in [one for one in made if kind(one) == "rPr"]:
            for one in list(look):
                if kind(one) in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
                    look.remove(one)
        return made

    def _list(self, style: str | None, numbered: Element, at: int) -> Element | None:
        """The w:numPr that paragraphs of a style have in the file, of the same level if there is one; nearest first."""
        level = value(numbered, ("ilvl",))
        found = list(self._numbered(style, at))
        same = [one for one in found if value(one, ("ilvl",)) == level]
        return deepcopy((same or found)[0]) if found else None

    def _numbered(self, style: str | None, at: int) -> Iterator[Element]:
        strands = self.file.strands
        for index in sorted(range(len(strands)), key=lambda n: abs(n - at)):
            properties = child(strands[index].element, "pPr")
            one = child(properties, "numPr")
            counted = one is not None and value(one, ("numId",)) not in (None, "", "0")
            if one is not None and counted and value(properties, ("pStyle",)) == style:
                yield one
