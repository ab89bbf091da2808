"""How a figure moved: 同比, 环比, 增减. The verb table stands here. Source: official-style 4.2."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from drafter import figure as arithmetic
from drafter.figure import Change, Figure, Missing
from drafter.numeral import plain
from drafter.phrases.phrase import Phrase, Said, flat, joined, one_figure, several

Verbs = dict[str, Callable[[Figure, Change], Phrase]]
"""Rows of a verb table: case of a change → its wording."""


_LEVEL_VERBS = {"增": "增长", "降": "下降"}

_RATE_VERBS = {"增": "提高", "降": "下降"}


def _moved(figure: Figure, change: Change, formula: str) -> Phrase:
    """增长44.7%, 下降2.6个百分点: verb and unsigned amount."""
    verbs = _RATE_VERBS if figure.indicator.is_rate else _LEVEL_VERBS
    unit = "个百分点" if figure.indicator.is_rate else "%"
    return Phrase(((verbs[change.case], None), (plain(change.amount) + unit, figure.origin(formula, unit))))


def _with_unit(figure: Figure, ahead: str, number: Decimal, formula: str, behind: str = "") -> Phrase:
    said = (plain(number) + figure.unit, figure.origin(formula, figure.unit))
    return Phrase(((ahead, None), said, (behind, None)) if behind else ((ahead, None), said))


_YEARLY: Verbs = {
    "增": lambda f, c: joined("同比", [_moved(f, c, "同比")]),
    "降": lambda f, c: joined("同比", [_moved(f, c, "同比")]),
    "平": lambda f, c: flat(f, "与上年同期持平", "同比"),
    "近平": lambda f, c: flat(f, "与上年同期基本持平", "同比"),
    "均零": lambda f, c: flat(f, "与上年同期均为0", "同比"),
    "零起增": lambda f, c: _with_unit(f, "上年同期为0，增加", c.amount, "同比"),
    "零起降": lambda f, c: _with_unit(f, "上年同期为0，减少", c.amount, "同比"),
    "归零": lambda f, c: _with_unit(f, "比上年同期减少", c.amount, "同比"),
    "扭亏": lambda f, c: flat(f, "同比扭亏为盈", "同比"),
    "转亏": lambda f, c: flat(f, "同比由盈转亏", "同比"),
    "减亏": lambda f, c: _with_unit(f, "同比减亏", c.amount, "同比"),
    "增亏": lambda f, c: _with_unit(f, "同比增亏", c.amount, "同比"),
}
"""The verb table for 同比. Source: official-style 4.2; contract: the wording vectors."""

_CHAINED: Verbs = {
    **_YEARLY,
    "增": lambda f, c: joined("环比", [_moved(f, c, "环比")]),
    "降": lambda f, c: joined("环比", [_moved(f, c, "环比")]),
    "平": lambda f, c: flat(f, "与上期持平", "环比"),
    "近平": lambda f, c: flat(f, "与上期基本持平", "环比"),
    "均零": lambda f, c: flat(f, "与上期均为0", "环比"),
    "零起增": lambda f, c: _with_unit(f, "上期为0，增加", c.amount, "环比"),
    "零起降": lambda f, c: _with_unit(f, "上期为0，减少", c.amount, "环比"),
    "归零": lambda f, c: _with_unit(f, "比上期减少", c.amount, "环比"),
    "扭亏": lambda f, c: flat(f, "环比扭亏为盈", "环比"),
    "转亏": lambda f, c: flat(f, "环比由盈转亏", "环比"),
    "减亏": lambda f, c: _with_unit(f, "环比减亏", c.amount, "环比"),
    "增亏": lambda f, c: _with_unit(f, "环比增亏", c.amount, "环比"),
}


def yearly(item: object) -> Said:
    """同比: 同比下降45.5%; of a list 同比分别下降45.5%、50%, naming each direction where they differ. F1."""
    known = _changes(item, arithmetic.yearly)
    return known if isinstance(known, Missing) else _said("同比", known, _YEARLY)


def chained(item: object) -> Said:
    """环比: 环比增长10%; of a list 环比分别…. Base: the period before."""
    known = _changes(item, arithmetic.chained)
    return known if isinstance(known, Missing) else _said("环比", known, _CHAINED)


def _said(ahead: str, known: list[tuple[Figure, Change]], table: Verbs) -> Phrase:
    """One change by its row of the verb table, several as one 分别 list."""
    return table[known[0][1].case](*known[0]) if len(known) == 1 else _several(ahead, known, table)


def moved(item: object) -> Said:
    """增减: 增长44.7%, 下降84%; an estimate says 预计 once; of a list 分别增长…、…. F14–F17."""
    known = _changes(item, arithmetic.yearly)
    if isinstance(known, Missing):
        return known
    one, change = known[0]
    if len(known) > 1:
        said = _several("", known, _YEARLY)
    elif change.case in _LEVEL_VERBS:
        said = _moved(one, change, "增减")
    else:
        said = _YEARLY[change.case](one, change)
    return joined("预计", [said]) if any(f.estimate for f, _ in known) else said


def _changes(item: object, change: Callable[[Figure], Change | Missing]) -> list[tuple[Figure, Change]] | Missing:
    """The figures with their changes; the first missing operand stands for all."""
    figures = several(item)
    if isinstance(figures, Missing):
        return figures
    known = []
    for one in figures:
        found = change(one)
        if isinstance(found, Missing):
            return found
        known.append((one, found))
    return known


def _several(ahead: str, known: list[tuple[Figure, Change]], table: Verbs) -> Phrase:
    """同比分别…: the verb once where all go one way; with a case that is no rate each is said by its name."""
    if any(c.case not in _LEVEL_VERBS for _, c in known):
        return joined("，", [joined(f.name, [table[c.case](f, c)]) for f, c in known], between=True)
    said = [_moved(f, c, ahead) for f, c in known]
    if len({phrase.pieces[0][0] for phrase in said}) == 1:
        said = [said[0], *(Phrase(phrase.pieces[1:]) for phrase in said[1:])]
    return joined(f"{ahead}分别", [joined("、", said, between=True)])


def difference(item: object) -> Said:
    """增减量: 减少5起, 增加3亿元, 提高3个百分点, 与上年同期持平. F1."""
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    if found.value is None or found.base is None:
        return found.lacks("本期" if found.value is None else "上年同期")
    gap = found.value.value - found.base.value
    if gap == 0:
        return flat(found, "与上年同期持平", "增减量")
    if found.indicator.is_rate:
        return _moved(found, Change("增" if gap > 0 else "降", abs(gap)), "增减量")
    return _with_unit(found, "增加" if gap > 0 else "减少", abs(gap), "增减量")


def direction(case: str) -> Callable[[object], bool]:
    """The test `is 增长` / `is 下降` / `is 持平` of a figure's 同比."""

    def test(item: object) -> bool:
        if isinstance(item, Missing):
            return bool(item)
        found = arithmetic.yearly(one_figure(item))
        if isinstance(found, Missing):
            return bool(found)
        return {"增长": found.rose, "持平": found.case in ("平", "近平", "均零")}.get(
            case, not found.rose and found.case not in ("平", "近平", "均零")
        )

    return test
