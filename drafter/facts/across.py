"""A figure of a long period made from the files of shorter ones, by its indicator's 累计 rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from drafter import period as periods
from drafter.facts.vocabulary import Known, Value
from drafter.figure import sources_of
from drafter.measure import in_unit, total
from drafter.missing import Missing
from drafter.numeral import Number
from drafter.period import Period

Pieces = Mapping[Period, Known]
"""The figures of periods inside a longer one, those with a value."""


def made(name: str, period: Period, pieces: Pieces) -> Value | None:
    """The figure of `period` from its pieces; Missing with the months that lack; None when there is no piece at all.

    求和 adds periods that cover every month once (the longest first), 期末 takes the one that ends it. A figure whose
    indicator has no rule is not made: 率 and figures nobody registered neither add up nor stay.
    """
    twin = next((f for p, f in pieces.items() if p.months == period.months), None)
    if twin is not None:
        return _renamed(twin, period)
    if not pieces:
        return None
    rule = list(pieces.values())[-1].indicator.accumulates
    if rule == "期末":
        return _at_end(name, period, pieces)
    if rule == "求和":
        return _summed(name, period, pieces)
    hint = f"填上{periods.short(period)}的数，或在 指标.yaml 给“{name}”写 累计: 求和 或 累计: 期末"
    return Missing(name, _office(pieces), str(period), hint=hint)


def totals(period: Period, figures: Sequence[Known]) -> dict[Period, Known]:
    """累计 that months say, as pieces: what 2022-03 gives as 累计 is the figure of 1—3月, if that lies in the period."""
    found = {}
    for figure in figures:
        run = periods.months(figure.period.year, 1, figure.period.month)
        if period.first <= run.first and run.last <= period.last:
            span = figure.places.get("累计", figure.span)
            found[run] = replace(_alone(figure), value=figure.total, span=span, formula="累计")
    return found


def _alone(figure: Known) -> Known:
    """The figure without what belongs to its own months only."""
    return replace(
        figure,
        base=None,
        previous=None,
        growth=None,
        chain_growth=None,
        base_growth=None,
        previous_growth=None,
        total=None,
        parts=(),
        rank=None,
        places={},
        incomparable=figure.growth is not None,
    )


def _at_end(name: str, period: Period, pieces: Pieces) -> Value:
    """The value at the end: that of the shortest period that ends there."""
    last = [p for p in pieces if p.last == period.last]
    if not last:
        return _lacking(name, period, [period.last], pieces)
    figure = pieces[min(last, key=lambda p: p.months)]
    return replace(_renamed(figure, period), formula=f"{periods.end(period)}数", total=None)


def _renamed(figure: Known, period: Period) -> Known:
    """A figure as that of another period: what it says of its own period before (上期) is not that one's."""
    return replace(
        figure,
        period=period,
        previous=None,
        chain_growth=None,
        previous_growth=None,
        rank=replace(figure.rank, previous=None) if figure.rank else None,
        parts=tuple(_renamed(p, period) for p in figure.parts if isinstance(p, Known)),
    )


def _summed(name: str, period: Period, pieces: Pieces) -> Value:
    """The sum of the pieces that cover the period."""
    chosen, lacking = cover(period, tuple(pieces))
    if lacking:
        return _lacking(name, period, lacking, pieces)
    figures = [pieces[p] for p in chosen]
    numbers = [in_unit(f.value, f.unit, figures[-1].unit) for f in figures]
    known = [n for n in numbers if n is not None]
    value = total(known) if len(known) == len(figures) else None
    if value is None:
        hint = f"核对各期的单位和约数，或直接填{periods.short(period)}的数"
        return Missing(name, _office(pieces), str(period), figures[0].span, hint=hint)
    return _whole(figures, period, value)


def _whole(figures: Sequence[Known], period: Period, value: Number) -> Known:
    """The sum as a figure: the target that all agree on, the first one's place; growths and ranks of months say nothing.

    上年同期 is the sum of those given in the months, when all give it. Why a given growth forbids a base: it says that
    the printed values do not compare (constant prices).
    """
    first, last = figures[0], figures[-1]
    given = any(f.growth is not None for f in figures)
    return replace(
        _alone(last),
        period=period,
        value=value,
        base=None if given else _bases(figures),
        target=_target(figures),
        parts=_parts(figures, period),
        estimate=any(f.estimate for f in figures),
        span=first.span,
        formula=f"{periods.short(period)}合计",
        incomparable=given,
        sources=sources_of([(periods.short(f.period), f) for f in figures]),
    )


def _bases(figures: Sequence[Known]) -> Number | None:
    """The sum of 上年同期 as the figures give it; None when one does not."""
    found = [in_unit(f.base, f.unit, figures[-1].unit) for f in figures]
    known = [n for n in found if n is not None]
    return total(known) if len(known) == len(figures) else None


def _target(figures: Sequence[Known]) -> Number | None:
    """目标, which is the year's: None when the figures say several, since then they are those of the months."""
    found = [in_unit(f.target, f.unit, figures[-1].unit) for f in figures]
    known = {n.value: n for n in found if n is not None}
    return next(iter(known.values())) if len(known) == 1 else None


def _parts(figures: Sequence[Known], period: Period) -> tuple[Known, ...]:
    """Parts of the sum: where all months have the same ones, each with a value."""
    names = [tuple(p.name for p in f.parts) for f in figures]
    if len(set(names)) != 1:
        return ()
    found = []
    for same in zip(*(f.parts for f in figures), strict=True):
        known = [p for p in same if isinstance(p, Known) and p.value is not None and p.unit == same[0].unit]
        value = total([p.value for p in known if p.value]) if len(known) == len(same) else None
        if value is None:
            return ()
        found.append(_whole(known, period, value))
    return tuple(found)


def cover(period: Period, pieces: Sequence[Period]) -> tuple[list[Period], list[int]]:
    """Pieces that cover the period month by month, the longest first, and the months that none covers."""
    found = _tiles(period.first, period.last, pieces)
    if found is not None:
        return found, []
    chosen: list[Period] = []
    lacking: list[int] = []
    month = period.first
    while month <= period.last:
        best = max((p for p in pieces if p.first == month), key=lambda p: p.months, default=None)
        if best is None:
            lacking.append(month)
            month += 1
        else:
            chosen.append(best)
            month = best.last + 1
    return chosen, lacking


def _tiles(first: int, last: int, pieces: Sequence[Period]) -> list[Period] | None:
    """Pieces that cover first..last exactly; None when they cannot."""
    if first > last:
        return []
    fitting = (p for p in pieces if p.first == first and p.last <= last)
    for piece in sorted(fitting, key=lambda p: -p.months):
        rest = _tiles(piece.last + 1, last, pieces)
        if rest is not None:
            return [piece, *rest]
    return None


def _lacking(name: str, period: Period, months: Sequence[int], pieces: Pieces) -> Missing:
    """What is missing, month by month, and in which files to write it."""
    runs = _runs(months)
    words = "、".join(periods.span_words(first % 12 + 1, last % 12 + 1) for first, last in runs)
    folder = next((f.span.file.rpartition("/")[0] for f in pieces.values() if f.span), "")
    files = "、".join(_files(folder, first, last) for first, last in runs)
    hint = f"在 {files} 填“{name}”，或直接填{periods.short(period)}的数"
    return Missing(f"{name}（缺{words}）", _office(pieces), str(period), hint=hint, asked=name)


def _runs(months: Sequence[int]) -> list[tuple[int, int]]:
    """Months as runs without gaps: 1, 2, 3, 6 → (1, 3), (6, 6)."""
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and runs[-1][1] == month - 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def _files(folder: str, first: int, last: int) -> str:
    """The facts files of a run of months: data/局/2022-01.yaml 至 2022-08.yaml."""
    names = [f"{periods.month(m // 12, m % 12 + 1)}.yaml" for m in (first, last)]
    return f"{folder}/{names[0]}" if first == last else f"{folder}/{names[0]} 至 {names[1]}"


def _office(pieces: Pieces) -> str:
    return next((f.office for f in reversed(list(pieces.values())) if f.office), "")
