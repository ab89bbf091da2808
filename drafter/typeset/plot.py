"""What a chart draws: its rows as categories and series of exact numbers, and how each number is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from drafter.numeral import Number, parse
from drafter.outline import LEFTWARD, LINE, PIE, UPWARD, Chart
from drafter.source import Line


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a series. `value` is None where there is no number: the chart leaves the place empty."""

    value: Decimal | None
    shown: str
    """As it stands in the text, with unit and 约 余 近."""
    form: str = "General"
    """The number format, as of Excel, that shows it as it was written: 0.00, #,##0"余"."""


@dataclass(frozen=True, slots=True)
class Series:
    """数据系列: a name and one point for every category."""

    name: str
    points: tuple[Point, ...]

    @property
    def form(self) -> str:
        """The format of its first number."""
        return next((p.form for p in self.points if p.value is not None), "General")

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The numbers that are there."""
        return tuple(p.value for p in self.points if p.value is not None)


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart ready to be drawn; every series has as many points as there are categories."""

    kind: str
    corner: str
    """What stands above the categories."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def values(self) -> tuple[Decimal, ...]:
        """All numbers that are there."""
        return tuple(v for series in self.series for v in series.values)

    @property
    def form(self) -> str:
        """The number format of the value axis: without decimals of its own, with the % that every number has."""
        shown = [p.form for s in self.series for p in s.points if p.value is not None]
        return 'General"%"' if shown and all(form.endswith('"%"') for form in shown) else "General"

    @property
    def labelled(self) -> bool:
        """Whether the numbers can be written beside the points and still be read."""
        few = self.kind != LINE or len(self.series) <= 2
        return few and len(self.series) * len(self.categories) <= MOST_LABELS

    def is_upper(self, number: int, at: int) -> bool:
        """Whether no other series has a greater number at a category, so that the label of this one stands above."""
        own = self.series[number].points[at].value
        others = [(n, s.points[at].value) for n, s in enumerate(self.series) if n != number]
        return all(v is None or own is None or v < own or (v == own and n > number) for n, v in others)


MOST_LABELS = 36
"""Numbers that are written beside the points of one chart; with more of them nothing could be read."""


def plot(chart: Chart) -> Plot:
    """The rows of a chart as numbers: the first row names the series, the first column the categories.

    Short rows are filled up with empty points. A cell without a number (【待补：…】, —, 无) is an empty point, never 0.
    """
    wide = max(len(row) for row in chart.rows)
    head, *rows = ([*map(_text, row), *[""] * (wide - len(row))] for row in chart.rows)
    columns = range(1, wide)
    series = tuple(Series(head[at], tuple(_point(row[at]) for row in rows)) for at in columns)
    return Plot(chart.kind, head[0], tuple(row[0] for row in rows), series)


def _text(cell: Line) -> str:
    r"""The text of a cell; \< and \^ are the signs themselves."""
    return cell.text[1:] if cell.text in (f"\\{LEFTWARD}", f"\\{UPWARD}") else cell.text


def _point(shown: str) -> Point:
    found = parse(shown) if len(shown) <= LONGEST else None
    return Point(None, shown) if found is None else Point(found.value, shown, form(found))


LONGEST = 60
"""Characters of a cell that may be a number."""


def form(number: Number) -> str:
    """The number format that shows a number as it was written; 1.5万 is shown in full."""
    about, more = number.hints
    digits = number.written[len(about) : len(number.written) - len(more)].lstrip("-")
    whole, _, fraction = digits.partition(".")
    if fraction and not fraction.isdigit():
        return "General" + _quoted(more + number.unit)
    decimals = f".{'0' * len(fraction)}" if fraction else ""
    return _quoted(about) + ("#,##0" if "," in whole else "0") + decimals + _quoted(more + number.unit)


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""


_NOTHING = re.compile(r"[-—－–/…\s]*|无|【.*】")
"""What may stand in a cell without a number."""


def faults(chart: Chart) -> Iterator[tuple[Line, str, str]]:
    """(cell, what is wrong, what to do) of everything in a chart that cannot be drawn as it is meant."""
    drawn = plot(chart)
    for row in chart.rows[1:]:
        for cell in row[1:]:
            if parse(cell.text[:LONGEST]) is None and not _NOTHING.fullmatch(cell.text):
                yield cell, f"“{cell.text[:20]}”不是数，图上这一点空着", "只写数，单位写在“单位：”一行；没有数就写 —"
    if not drawn.values:
        yield chart.caption, "图里一个数也没有", "在第二列起填数"
    if chart.kind == PIE:
        yield from _pie_faults(chart, drawn)


def _pie_faults(chart: Chart, drawn: Plot) -> Iterator[tuple[Line, str, str]]:
    if len(drawn.series) > 1:
        hint = "分成几个图，或改成（柱状图）"
        yield chart.caption, f"饼图只能画一列数，这里有{len(drawn.series)}列，只画第一列", hint
    if any(value < 0 for value in drawn.values):
        yield chart.caption, "饼图里有负数，画不出来", "改成（柱状图）"
    elif drawn.values and not any(drawn.values):
        yield chart.caption, "饼图里的数都是0，画不出来", "改成（柱状图），或用文字说"
