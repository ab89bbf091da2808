"""Official addresses in a file: 三、（二）第2段二是, 三、表1第2行, 发文字号, 附件1一、第1段."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from drafter import text
from drafter.diff.passages import Passage, passages
from drafter.outline import Outline

if TYPE_CHECKING:
    from drafter.word.trace.where import Located, Place

LONGEST_MARK = 8
"""Characters of 附件12; a longer first line is none."""
_START = "开头"


class Addresses:
    """Finds the address of a place; every text is parted into passages once."""

    def __init__(self, located: Located) -> None:
        self.main = _Book(text.read(located.text)[0])
        self.bound = [(_mark(one[0].text if one else ""), _Book(text.read_body(one[1:])[0])) for one in located.bound]
        """Mark and passages of every 附件."""

    def of(self, place: Place, column: int) -> str:
        """The address of a character (from 1) of a paragraph."""
        if place.element and not place.bound:
            return place.named(column)
        mark, book = self.bound[place.bound - 1] if place.bound else ("", self.main)
        found = place.element or book.at((place.paragraph, column), place.figure)
        return mark + (found if book.parted else found.removeprefix(_START)) if mark else found


def _mark(said: str) -> str:
    return said if said.startswith("附件") and len(said) <= LONGEST_MARK else "附件"


class _Book:
    """The passages of one text, by where they begin."""

    def __init__(self, outline: Outline) -> None:
        known = ((span.line, span.column, one) for one in passages(outline) if (span := one.line.at(0)))
        found = sorted(known, key=lambda row: row[:2])
        self.parted = bool(outline.sections)
        """Whether there are sections, so that 开头 says something."""
        self.starts = [row[:2] for row in found]
        self.passages: list[Passage] = [row[2] for row in found]

    def at(self, place: tuple[int, int], figure: str) -> str:
        """The passage that a place lies in; a chart is told with its section."""
        index = bisect_right(self.starts, place) - 1
        if index < 0:
            return figure or _START
        found = self.passages[index]
        return f"{found.place}{figure}" if figure else found.address
