"""Paragraphs, rows and tables that go, and what of them stays: ranges that reach beyond, notes, what a hand marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from drafter.trace import NAME, OBJECT
from drafter.word.element import Element, w
from drafter.word.kinds import attribute, child, kind
from drafter.word.trace.blocks import BLOCKS, CLOSED, beside, edge, part
from drafter.word.trace.bookmarks import Bookmark, detach
from drafter.word.trace.file import File
from drafter.word.trace.runs import is_sign, prune
from drafter.word.trace.strand import Strand
from drafter.word.trace.tables.grid import above, hand_down, mend, rows_of

_STARTS = {
    "bookmarkStart": "bookmarkEnd", "commentRangeStart": "commentRangeEnd", "permStart": "permEnd",
    "moveFromRangeStart": "moveFromRangeEnd", "moveToRangeStart": "moveToRangeEnd",
    "customXmlInsRangeStart": "customXmlInsRangeEnd", "customXmlDelRangeStart": "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart": "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart": "customXmlMoveToRangeEnd",
}  # fmt: skip
"""Beginnings of ranges and their ends."""
_ENDS = {end: start for start, end in _STARTS.items()}
_NOTES = ("footnoteReference", "endnoteReference", "commentReference")
"""What stands for words that a hand wrote in another part."""


@dataclass(slots=True)
class Remover:
    """Takes blocks out of a file."""

    file: File
    marks: Sequence[Bookmark]
    edges: Mapping[Element, Bookmark] = field(init=False)
    """Bookmarks by both ends."""
    rows: dict[int, Element] = field(default_factory=dict)
    """Paragraph → the row that goes with it, as the rows were before any went."""

    def foresee(self, paragraphs: Iterable[int]) -> None:
        """The rows that will go. Why before: what a merged cell says is handed down to a row that may go next."""
        for at in paragraphs:
            row = above(self.file.strands[at].element, "tr")
            if row is not None:
                self.rows[at] = row

    def __post_init__(self) -> None:
        self.edges = {edge: mark for mark in self.marks for edge in (mark.start, mark.end)}

    def remove_table(self, at: int) -> None:
        """The table of a paragraph goes."""
        table = above(self.file.strands[at].element, "tbl")
        if table is not None and self._is_there(table):
            self._out(table)

    def remove_row(self, at: int) -> None:
        """The row of a paragraph goes; with the last row the table."""
        row = self.rows.get(at)
        row = above(self.file.strands[at].element, "tr") if row is None else row
        table = None if row is None else above(row, "tbl")
        if row is None or table is None or not self._is_there(row):
            return
        if len(rows_of(table)) == 1:
            self._out(table)
            return
        hand_down(row)
        self._out(row)
        mend(table)

    def remove_paragraph(self, at: int) -> None:
        """A paragraph goes; its text alone where something must stand in its place."""
        paragraph = self.file.strands[at].element
        if not self._is_there(paragraph):
            return
        if _is_needed(paragraph) or (_kept_signs(paragraph) and _refuge(paragraph) is None):
            self._blank(self.file.strands[at])
        else:
            self._out(paragraph)

    def _is_there(self, element: Element) -> bool:
        return element.getroottree().getroot() in self.file.roots.values()

    def _blank(self, strand: Strand) -> None:
        """A paragraph without its text: what belongs to no figure and is no text stays."""
        self._forget(strand.element)
        drawn = [spot for spot in strand.spots if strand.text[spot.start : spot.end] == OBJECT]
        for node in strand.nodes:
            kept = node.text == OBJECT and not any(s.start <= node.start < s.end for s in drawn)
            held = node.element.getparent()
            if held is not None and node.text and not kept:
                held.remove(node.element)
                prune(held)
        numbered = child(child(strand.element, "pPr"), "numPr")
        if numbered is not None:
            detach(numbered)

    def _out(self, element: Element) -> None:
        """Take an element out; what must not go with it is put to its neighbours, where it stays in order."""
        self._forget(element)
        signs = _kept_signs(element)
        refuge = _refuge(element) if signs else None
        if refuge is not None:
            place, first = refuge
            at = int(child(place, "pPr") is not None) if first else len(place)
            place[at:at] = signs
        upper, lower = beside(element, before=True), beside(element)
        wrapper = element.getparent()
        detach(element)
        if wrapper is not None and kind(wrapper) == "sdtContent" and not len(wrapper):
            self._out(_outer(wrapper))
        elif kind(element) in BLOCKS:
            part(upper, lower)
            if wrapper is not None and kind(wrapper) in CLOSED and upper is None and lower is None:
                wrapper.insert(int(child(wrapper, "tcPr") is not None), w("p"))

    def _forget(self, element: Element) -> None:
        """Figures that stand wholly in an element are no more."""
        within = set(element.iter())
        for mark in [self.edges[one] for one in within if one in self.edges]:
            covered = (self.file.strands[at].element for at in range(mark.first[0], mark.last[0] + 1))
            if mark.ours and not mark.gone and all(one in within or not self._is_there(one) for one in covered):
                mark.remove()


def _outer(content: Element) -> Element:
    found = content.getparent()
    return content if found is None else found


def _is_needed(paragraph: Element) -> bool:
    """Whether something must stand where a paragraph stands."""
    if child(child(paragraph, "pPr"), "sectPr") is not None or _is_field_open(paragraph):
        return True
    upper, lower, within = beside(paragraph, before=True), beside(paragraph), paragraph.getparent()
    if upper is None and lower is None:
        return within is not None and kind(within) in CLOSED
    return edge(upper, last=True) == "tbl" and (lower is None or edge(lower, last=False) == "tbl")


def _is_field_open(paragraph: Element) -> bool:
    """Whether a field begins here and ends elsewhere, or the other way round."""
    depth = 0
    for one in paragraph.iter():
        depth += is_sign(one, "begin") - is_sign(one, "end")
        if depth < 0:
            return True
    return depth > 0


def _kept_signs(element: Element) -> list[Element]:
    """What must stay of an element: ends of ranges that reach beyond it, marks of a hand, notes."""
    return [kept for one in element.iter() for kept in _kept(one, element)]


def _kept(one: Element, element: Element) -> Iterator[Element]:
    name = kind(one)
    if name in _NOTES:
        held = one.getparent()
        if held is not None and not any(kind(up) == "del" for up in one.iterancestors()):
            look = child(held, "rPr")
            note = deepcopy(one)
            note.tail = None
            yield w("r", deepcopy(look) if look is not None else None, note)
    elif _stays(one, element):
        yield one


def _stays(one: Element, element: Element) -> bool:
    """Whether an end of a range is needed when an element goes."""
    name = kind(one)
    if name not in _STARTS and name not in _ENDS:
        return False
    return name.startswith("commentRange") or _partner(one, element) is None or _is_a_hands(one, element)


def _partner(one: Element, element: Element) -> Element | None:
    """The other end of a range, where it is in the element."""
    name = kind(one)
    wanted = _STARTS.get(name) or _ENDS[name]
    key = attribute(one, "id")
    return next((other for other in element.iter() if kind(other) == wanted and attribute(other, "id") == key), None)


def _is_a_hands(one: Element, element: Element) -> bool:
    """Whether a whole bookmark is none of a figure: a field or a link may lead to it."""
    start = one if kind(one) == "bookmarkStart" else _partner(one, element)
    if start is None or kind(start) != "bookmarkStart":
        return False
    return NAME.fullmatch(attribute(start, "name") or "") is None


def _refuge(element: Element) -> tuple[Element, bool] | None:
    """The paragraph that takes what stays of an element, and whether at its beginning; None where there is none."""
    after, ahead = beside(element), beside(element, before=True)
    if after is not None and kind(after) == "p":
        return after, True
    if ahead is not None and kind(ahead) == "p":
        return ahead, False
    story = [
        one for one in element.getroottree().getroot().iter() if kind(one) == "p" and above(one, "txbxContent") is None
    ]
    within = set(element.iter())
    held = [n for n, one in enumerate(story) if one in within]
    if held and held[-1] + 1 < len(story):
        return story[held[-1] + 1], True
    return (story[held[0] - 1], False) if held and held[0] else None
