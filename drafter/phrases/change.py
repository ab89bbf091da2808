"""How a figure moved: 同比, 环比, 增减. The verb table stands here. Source: official-style 4.2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from drafter.figure import Figure, Missing
from drafter.numeral import plain
from drafter.phrases import arithmetic
from drafter.phrases.arithmetic import Change
from drafter.phrases.phrase import Phrase, Said, flat, joined, one_figure, several

Row = Callable[[Figure, Change], Phrase]


@dataclass(frozen=True, slots=True)
class Verbs:
    """A verb table: what stands ahead (同比, 环比 or nothing), and the wording of every case of a change."""

    ahead: str
    rows: Mapping[str, Row]

    def said(self, figure: Figure, change: Change) -> Phrase:
        """One change by its row."""
        return self.rows[change.case](figure, change)


_LEVEL_VERBS = {"增": "增长", "降": "下降"}

_RATE_VERBS = {"增": "提高", "降": "下降"}


def _moved(figure: Figure, change: Change, formula: str) -> Phrase:
    """增长44.7%, 下降2.6个百分点: verb and unsigned amount."""
    verbs = _RATE_VERBS if figure.indicator.is_rate else _LEVEL_VERBS
    unit = "个百分点" if figure.indicator.is_rate else "%"
    return Phrase(((verbs[change.case], None), (plain(change.amount) + unit, figure.origin(formula, unit))))


def _with_unit(figure: Figure, ahead: str, number: Decimal, formula: str, unit: str | None = None) -> Phrase:
    unit = figure.unit if unit is None else unit
    return Phrase(((ahead, None), (plain(number) + unit, figure.origin(formula, unit))))


def _verbs(ahead: str, than: str) -> Verbs:
    """The verb table for a base called `than`. Source: official-style 4.2; contract: the wording vectors.

    Why two wordings of a loss: only money is lost; people or degrees below 0 just increase and decrease.
    """
    label = ahead or "增减"

    def words(text: str, otherwise: str = "") -> Row:
        return lambda f, _: flat(f, text if f.indicator.can_lose or not otherwise else otherwise, label)

    def amount(text: str, otherwise: str = "", unit: str | None = None) -> Row:
        return lambda f, c: _with_unit(
            f, text if f.indicator.can_lose or not otherwise else otherwise, c.amount, label, unit
        )

    def moved(figure: Figure, change: Change) -> Phrase:
        return joined(ahead, [_moved(figure, change, label)])

    rows: dict[str, Row] = {
        "增": moved,
        "降": moved,
        "平": words(f"与{than}持平"),
        "近平": words(f"与{than}基本持平"),
        "均零": words(f"与{than}均为0"),
        "零起增": amount(f"{than}为0，增加"),
        "零起降": amount(f"{than}为0，亏损", f"{than}为0，减少"),
        "归零": amount(f"比{than}减少"),
        "扭亏": words(f"{ahead}扭亏为盈", f"{ahead}由负转正"),
        "转亏": words(f"{ahead}由盈转亏", f"{ahead}由正转负"),
        "减亏": amount(f"{ahead}减亏", f"比{than}增加"),
        "增亏": amount(f"{ahead}增亏", f"比{than}减少"),
        "收窄": amount(f"{ahead}降幅收窄", unit="个百分点"),
        "扩大": amount(f"{ahead}降幅扩大", unit="个百分点"),
        "转正": words(f"{ahead}增速由负转正"),
        "转负": words(f"{ahead}增速由正转负"),
    }
    return Verbs(ahead, rows)


_YEARLY = _verbs("同比", "上年同期")
_CHAINED = _verbs("环比", "上期")
_BARE = _verbs("", "上年同期")
"""增减: the 同比 without the word."""


def yearly(item: object) -> Said:
    """同比: 同比下降45.5%; of a list 同比分别下降45.5%、50%, naming each direction where they differ. F1."""
    known = _changes(item, arithmetic.yearly)
    return known if isinstance(known, Missing) else _said(known, _YEARLY)


def chained(item: object) -> Said:
    """环比: 环比增长10%; of a list 环比分别…. Base: the period before."""
    known = _changes(item, arithmetic.chained)
    return known if isinstance(known, Missing) else _said(known, _CHAINED)


def moved(item: object) -> Said:
    """增减: 增长44.7%, 下降84%; of a list 分别增长…、…. F14–F17.

    预计 stands once in front when all are estimates, else with each that is: 分别预计增长17%、下降5%.
    """
    known = _changes(item, arithmetic.yearly)
    if isinstance(known, Missing):
        return known
    if all(f.estimate for f, _ in known):
        return joined("预计", [_said(known, _BARE)])
    return _said(known, _BARE, [f.estimate for f, _ in known])


Moves = list[tuple[Figure, Change]]
"""Figures with their changes."""


def _changes(item: object, change: Callable[[Figure], Change | Missing]) -> Moves | Missing:
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


def _said(known: Moves, table: Verbs, estimates: list[bool] | None = None) -> Phrase:
    """One change by its row of the verb table, several as one list; `estimates` marks those that say 预计."""
    marks = ["预计" if estimate else "" for estimate in estimates or [False] * len(known)]
    if len(known) == 1:
        return joined(marks[0], [table.said(*known[0])])
    if any(c.case not in _LEVEL_VERBS for _, c in known):
        return _by_name([joined(m, [table.said(*k)]) for m, k in zip(marks, known, strict=True)], known, table)
    said = [joined(m, [_moved(f, c, table.ahead or "增减")]) for m, (f, c) in zip(marks, known, strict=True)]
    return _separately(said, table)


def _separately(said: list[Phrase], table: Verbs) -> Phrase:
    """同比分别…: the verb once where all go one way; 同比均… where all amounts agree. F1."""
    if len({str(one) for one in said}) == 1:
        return joined(f"{table.ahead}均", [said[0]])
    if len({one.pieces[0][0] for one in said}) == 1:
        said = [said[0], *(Phrase(one.pieces[1:]) for one in said[1:])]
    return joined(f"{table.ahead}分别", [joined("、", said, between=True)])


def _by_name(said: list[Phrase], known: Moves, table: Verbs) -> Phrase:
    """Changes that are no rates, each by the figure's name; the same words of all once, with 均."""
    if len({str(one) for one in said}) == 1 and len(said[0].pieces) == 1:
        (words, origin) = said[0].pieces[0]
        rest = words.removeprefix(table.ahead)
        together = words if "均" in words else words[: len(words) - len(rest)] + "均" + rest
        return Phrase(((together, origin),))
    named = [joined(f.name, [one]) for one, (f, _) in zip(said, known, strict=True)]
    return joined("；" if any("，" in str(one) for one in said) else "，", named, between=True)


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
        return {"增长": found.rose, "下降": found.fell}.get(case, not found.rose and not found.fell)

    return test
