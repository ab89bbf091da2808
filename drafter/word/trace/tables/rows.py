"""New rows of a table in the file: as their neighbours look, else as they are generated, fitted to its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from drafter.trace import OBJECT
from drafter.word.element import Element, w
from drafter.word.kinds import child, found, kind
from drafter.word.trace.adopt import Adopter, unnumber
from drafter.word.trace.bookmarks import detach
from drafter.word.trace.runs import lasting, mark_look, written
from drafter.word.trace.strand import Strand
from drafter.word.trace.tables.grid import above, cells_of, fit, is_head, merge, repeat, rows_of

_PASSING = (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel",
    "cellMerge",
)  # fmt: skip
"""What of properties tells of tracked changes."""


@dataclass(slots=True)
class Rows:
    """Makes rows that fit into tables of the file."""

    adopter: Adopter

    def made(self, source: int, at: int) -> Element | None:
        """The row of paragraph `source` of what is generated now, as one of the table that holds paragraph `at`."""
        strands, here = self.adopter.now.strands, self.adopter.file.strands[at].element
        row, beside = above(strands[source].element, "tr"), above(here, "tr")
        table = None if beside is None else above(beside, "tbl")
        if row is None or beside is None or table is None:
            return None
        content = self._content(strands[source])
        pattern = _pattern(beside, table, len(content))
        drawn = any(OBJECT in one.text for cell in content for one in cell)
        if pattern is not None and not drawn:
            return self._like(pattern, content)
        made = self.adopter.copy(row, strands[source], at)
        repeat(made, on=False)
        fit(made, table)
        return made

    def _content(self, first: Strand) -> list[list[Strand]]:
        """The paragraphs of a row by cells."""
        assert first.cell is not None
        table, row, _ = first.cell
        cells: dict[int, list[Strand]] = {}
        for one in self.adopter.now.strands:
            if one.cell is not None and one.cell[:2] == (table, row):
                cells.setdefault(one.cell[2], []).append(one)
        return [cells[column] for column in sorted(cells)]

    def _like(self, pattern: Element, content: Sequence[Sequence[Strand]]) -> Element:
        made = clean(pattern)
        for cell, paragraphs in zip(cells_of(made), content, strict=True):
            first = next((one for _, one in found(cell, ("p",))), None)
            properties = None if first is None else _place(first)
            letters = None if first is None else _letters(first)
            for one in [one for one in cell if kind(one) != "tcPr"]:
                cell.remove(one)
            cell.extend(self._paragraph(one, properties, letters) for one in paragraphs)
        return made

    def _paragraph(self, strand: Strand, properties: Element | None, letters: Element | None) -> Element:
        made = w("p", deepcopy(properties) if properties is not None else None)
        text, reached = strand.text, 0
        for spot in strand.printed.spots:
            if spot.start < reached:
                continue
            made.extend(_words(text[reached : spot.start], letters))
            made.extend(self.adopter.bookmark(spot.name, *_words(text[spot.start : spot.end], letters)))
            reached = spot.end
        made.extend(_words(text[reached:], letters))
        return made


def _words(text: str, letters: Element | None) -> Iterator[Element]:
    if text:
        yield written(text, letters, missing=text.startswith("【待补"), unlit=True)


def _pattern(beside: Element, table: Element, columns: int) -> Element | None:
    """The row whose looks a new one takes: its neighbour, or the nearest one to it that is no head."""
    rows = rows_of(table)
    fitting = [one for one in rows if not is_head(one) and _fits(one, columns)]
    if not is_head(beside):
        return beside if beside in fitting else None
    place = rows.index(beside)
    return min(fitting, key=lambda one: abs(rows.index(one) - place), default=None)


def _fits(row: Element, columns: int) -> bool:
    cells = cells_of(row)
    return len(cells) == columns and not any(merge(cell) for cell in cells)


def clean(row: Element) -> Element:
    """A copy of a row of the file without numbers that are there once, tracked changes, controls, or a repeated head."""
    made = deepcopy(row)
    made.tail = None
    unnumber(made)
    for one in list(made.iter()):
        if kind(one) in _PASSING and kind(above_ := _parent(one)) in ("rPr", "trPr", "pPr", "tcPr"):
            above_.remove(one)
    for wrapper in [one for one in made.iter() if kind(one) in ("sdt", "customXml") and above(one, "tc") is None]:
        content = child(wrapper, "sdtContent") if kind(wrapper) == "sdt" else wrapper
        for one in list(content) if content is not None else ():
            if not kind(one).endswith("Pr"):
                wrapper.addprevious(one)
        detach(wrapper)
    for one in [one for one in made if kind(one) not in ("tblPrEx", "trPr", "tc")]:
        made.remove(one)
    repeat(made, on=False)
    return made


def _parent(element: Element) -> Element:
    found_ = element.getparent()
    return element if found_ is None else found_


def _place(paragraph: Element) -> Element | None:
    """The w:pPr of a paragraph, without a section's end."""
    own = child(paragraph, "pPr")
    if own is None:
        return None
    made = deepcopy(own)
    for one in [one for one in made if kind(one) in ("sectPr", "pPrChange")]:
        made.remove(one)
    return made


def _letters(paragraph: Element) -> Element | None:
    """The look of the first text of a paragraph, else that of its end."""
    for _, one in found(paragraph, ("r",)):
        if any(kind(piece) == "t" for piece in one):
            return lasting(child(one, "rPr"))
    return lasting(mark_look(paragraph))
