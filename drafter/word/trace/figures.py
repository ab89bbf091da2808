"""Hidden bookmarks around printed values while a document is written, and the record of what was printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from drafter.outline import Chart
from drafter.source import Line, Mark, Span
from drafter.trace import Record, Traced, name_of
from drafter.word.element import Element, w
from drafter.word.trace.strand import strands

Word = tuple[str, Mark | None]
"""A piece of a line: its text and its mark."""
_NOWHERE = Span("", 0, 0)


@dataclass(slots=True)
class Figures:
    """The figures of one document as they are written; `key` is what their bookmarks share, empty for a file without."""

    key: str = ""
    found: dict[str, Traced] = field(default_factory=dict)
    blanks: int = 0
    """Blanks of templates so far that printed a value."""

    def bound(self, made: Element, value: Traced) -> tuple[Element, ...]:
        """The run between the two ends of its bookmark; the run alone in a file that is not traced."""
        if not self.key:
            return (made,)
        number = len(self.found) + 1
        name = name_of(self.key, number)
        self.found[name] = value
        return w("bookmarkStart", id=number, name=name), made, w("bookmarkEnd", id=number)

    def values(self, words: Iterable[Word]) -> Iterator[tuple[str, Traced | None]]:
        """The pieces of a text in order, printed values as they are to be traced, None for words between.

        What one blank of a template printed, its own words included, has one place.
        """
        for _, together in groupby(words, key=_place):
            printed = list(together)
            last = max((at for at, (_, mark) in enumerate(printed) if mark and mark.origin), default=-1)
            self.blanks += last >= 0
            lead = ""
            for at, (text, mark) in enumerate(printed):
                if mark is None or mark.origin is None:
                    lead += text
                    yield text, None
                    continue
                tail = "".join(text for text, _ in printed[at + 1 :]) if at == last else ""
                yield text, Traced(text, mark.origin, self.blanks, lead, tail)
                lead = ""

    def chart(self, chart: Chart, told: str) -> Traced | None:
        """A chart of values as it is to be traced; None for one without any. `told`: all it shows, in words."""
        cells = (value for row in chart.rows for cell in row for _, value in self.values(cell.pieces()))
        drawn = tuple(value for value in cells if value is not None)
        return Traced(told, drawn[0].origin, self.blanks, drawn=drawn) if drawn else None

    def record(self, target: str, period: str, *roots: Element) -> Record:
        """What was generated: the paragraphs of the parts, and the figures in them."""
        paragraphs = (strand.printed for root in roots for strand in strands(root))
        return Record(target, period, tuple(paragraphs), self.found)


def _place(piece: Word) -> Span:
    """Where a piece was typed or printed; typed words of two lines never share a place."""
    mark = piece[1]
    return mark.span if mark is not None else _NOWHERE


def pieces(lines: Iterable[Line]) -> list[Word]:
    """The pieces of lines that are set one behind another."""
    return [piece for line in lines for piece in line.pieces()]
