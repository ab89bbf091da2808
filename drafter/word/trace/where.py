"""Where the paragraphs of a file stand: its lines as they are read, and the number or element of every strand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from drafter.source import Line, Text
from drafter.trace import OBJECT
from drafter.word.element import Element
from drafter.word.kinds import properties, value
from drafter.word.reading.lines import Reader
from drafter.word.reading.numbering import numbering
from drafter.word.reading.ours import ATTACHMENT, OFFICE
from drafter.word.reading.stylesheet import styles
from drafter.word.reading.whole import reader_of
from drafter.word.styles import STYLES
from drafter.word.trace.file import File
from drafter.word.trace.strand import Strand

EDGE, TITLE, CAPTION = "页眉", "附件标题", "图题"
_CALLED = {
    "份号": "份号", "密级": "密级", "紧急程度": "紧急程度", "发文机关标志": "发文机关标志", "发文字号": "发文字号",
    "签发人": "签发人", "副标题": "副标题", "附件说明": "附件说明", "附注": "附注", "抄送": "版记", "印发": "版记",
}  # fmt: skip
"""Look of an element that is set apart from the text → what it is called in an address."""
_NUMBER = "发文字号"
_BESIDE = {"签发人": True, "份号": False, "密级": False, "紧急程度": False}
"""Look of a line that 发文字号 may share → whether it stands in front of the tab."""
_NUMBERED = re.compile(r"\s*(图)\s*(\d{1,4})")
_FIRST = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a strand stands: its paragraph as the lines count them, or the element it is."""

    paragraph: int = 0
    element: str = ""
    """发文字号, 版记, 页眉 …; empty for text."""
    bound: int = 0
    """The 附件 it belongs to, from 1; 0 for the text itself."""
    figure: str = ""
    """图1: it holds that chart, or its caption."""
    beside: tuple[int, str] = (0, "")
    """The element that the same line holds behind its first tab: (characters up to there, element)."""

    def named(self, column: int) -> str:
        """The element at a character (from 1)."""
        tab, other = self.beside
        return other if other and column > tab else self.element


@dataclass(frozen=True, slots=True)
class Located:
    """The lines of a text without the captions of its charts, those of every 附件, and places by index of the strand.

    The first line of an 附件 is its mark (附件1); its title is left out.
    """

    text: Text
    bound: tuple[Text, ...]
    places: Mapping[int, Place]
    """Of strands with figures."""


def located(file: File, also: Container[int] = ()) -> Located:
    """Read an opened file once more, as every reader of reports does; `also`: strands without figures that are asked for.

    Errors: DraftError D104.
    """
    lists = numbering(file.package.only("numbering"), styles(file.package.only("styles")))
    reader = reader_of(file.root, file.name, lists)
    reader.numbers = {}
    text = tuple(reader.read(file.root))
    looks = {key: look for key, called in lists.styles.names.items() if (look := _LOOKS.get(called.lower()))}
    finder = _Finder(file, reader, looks)
    aside = {number for element, number in reader.numbers.items() if finder.look(element) in (TITLE, CAPTION)}
    bound = reader.ours.bound if reader.ours is not None else []
    places = {at: finder.place(at) for at, strand in enumerate(file.strands) if strand.spots or at in also}
    return Located(_without(text, aside), tuple(_without(tuple(one), aside) for one in bound), places)


_LOOKS = {STYLES[look][1].lower(): look for look in (*_CALLED, TITLE, CAPTION)}
"""Name of a style → its look."""


def _without(lines: Text, paragraphs: set[int]) -> Text:
    return tuple(line for line in lines if _paragraph(line) not in paragraphs)


def _paragraph(line: Line) -> int:
    return line.marks[0].span.line if line.marks else 0


def _shared(look: str, text: str) -> tuple[str, tuple[int, str]]:
    """The element of a line, and the one behind its tab. Source: GB/T 9704-2012 7.2.6, 10.1 (发文字号 beside 签发人, 份号)."""
    called, tab = _CALLED.get(look, ""), text.replace(OBJECT, "").find("\t") + 1
    if look not in _BESIDE or not tab:
        return called, (0, "")
    one, other = (_NUMBER, called) if _BESIDE[look] else (called, _NUMBER)
    return one, (tab, other)


@dataclass(slots=True)
class _Finder:
    """Looks strands up among what was read."""

    file: File
    reader: Reader
    looks: Mapping[str, str]
    """Style → look, of those that are no text."""
    turns: list[tuple[int, int]] | None = None
    """(paragraph, 附件) where an 附件 begins, 0 where the last one ends."""

    def look(self, element: Element) -> str:
        return self.looks.get(value(properties(element, "pPr"), ("pStyle",)) or "", "")

    def place(self, at: int) -> Place:
        strand = self.file.strands[at]
        look = self.look(strand.element) if self.reader.ours is not None else ""
        number = (self.reader.numbers or {}).get(strand.element, 0)
        one, beside = _shared(look, strand.text)
        if strand.part != self.file.main:
            return Place(element=one or EDGE, beside=beside)
        bound = self.bound(number)
        if look == TITLE:
            return Place(number, "标题", bound)
        element = "" if bound else one or self.meeting(strand)
        return Place(number, element, bound, self.figure(at, look), beside)

    def meeting(self, strand: Strand) -> str:
        """与会 for the names of a 纪要, which their words begin with."""
        ours = self.reader.ours
        return ours.role("", strand.element) if ours is not None else ""

    def bound(self, number: int) -> int:
        """The 附件 that a paragraph belongs to: from its mark on up to the 版记."""
        if self.turns is None:
            self.turns = list(self.turned())
        found = bisect_right(self.turns, number, key=_FIRST)
        return self.turns[found - 1][1] if found else 0

    def turned(self) -> Iterator[tuple[int, int]]:
        count = 0
        for kind, paragraph, _ in self.reader.ours.found if self.reader.ours is not None else ():
            count += kind == ATTACHMENT
            if kind != OFFICE:
                yield paragraph, count if kind == ATTACHMENT else 0

    def figure(self, at: int, look: str) -> str:
        """图1 of a chart by the caption below it, and of that caption."""
        strand = self.file.strands[at]
        if look != CAPTION and OBJECT not in strand.text:
            return ""
        beside = (at,) if look == CAPTION else (at + 1, at - 1)
        near = (self.file.strands[i] for i in beside if 0 <= i < len(self.file.strands))
        told = (_NUMBERED.match(one.text) for one in near if self.look(one.element) == CAPTION)
        return next((f"{found[1]}{found[2]}" for found in told if found), "图")
