"""What a chart shows, in words: for readers who do not see it."""

from __future__ import annotations

from drafter.outline import PIE, Chart
from drafter.typeset.plot import Plot, Series, plot

LONGEST = 4000
"""Characters that are told of one chart."""
MISSING = "待补"


def told(chart: Chart) -> str:
    """图1 各月税收收入，柱状图，单位：亿元。1月1.2，2月1.5。; with several series each by its name."""
    drawn = plot(chart)
    head = "，".join(part for part in (chart.caption.text, chart.kind, chart.unit.text) if part)
    series = drawn.series[:1] if chart.kind == PIE else drawn.series
    words = f"{head}。" + "；".join(_series(one, drawn, named=len(series) > 1) for one in series) + "。"
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _series(one: Series, drawn: Plot, *, named: bool) -> str:
    points = zip(drawn.categories, one.points, strict=True)
    said = "，".join(f"{name}{MISSING if point.value is None else point.shown}" for name, point in points)
    return f"{one.name}：{said}" if named else said
