"""Figures against those of another period: 比, 年均, 增减到. Source: official-style 3.3, 4.2."""

from __future__ import annotations

from dataclasses import replace

from drafter import period as periods
from drafter.figure import Figure
from drafter.measure import in_unit
from drafter.missing import Missing
from drafter.numeral import plain, rounded
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.change import changes, difference_said, separately, together
from drafter.phrases.phrase import Phrase, PhraseError, Said, amount, flat, joined, one_figure, planned, sequence
from drafter.phrases.verbs import asked

_EXAMPLE = "{{ 生产总值|%s(期('2020年').生产总值) }}"


@exactly
def than(
    item: object,
    other: object = None,
    写法: object = None,
    小数: object = None,
    动词: object = None,
    *,
    称: object = None,
    量: object = False,
) -> Said:
    """比: 比2020年增长58.1%, 与2020年持平; 量 says 比2020年增加4.6万平方米; of a list 比2020年分别….

    The other figure is the same one of another period, its value the base; 称 is said instead of 比2020年.
    """
    amounts = option.yes(量, "量", _EXAMPLE % "比" + "，量=true")
    pairs = _pairs(item, other, "比")
    if isinstance(pairs, Missing):
        return pairs
    figures, name = [f for f, _ in pairs], _called([o for _, o in pairs], figures_of=pairs[0][0])
    said = option.than(称, "比(期('2020年').生产总值, 称='较2020年')") or f"比{name}"
    if not amounts:
        manner = replace(asked("比", 写法, 小数, 动词, said), key=name)
        known = changes(figures, lambda f, *, decimals: arithmetic.between(f, f.base, name, decimals), manner)
        return known if isinstance(known, Missing) else together(known, manner)
    places = option.some_places(小数, "比(期('2020年').生产总值, 量=true, 小数=1)")
    return difference_said(figures, said, said[1:], places, option.verbs(动词, "比(…, 动词='多了、少了')"))


def _pairs(item: object, other: object, name: str) -> list[tuple[Figure, Figure]] | Missing:
    """The figures, each with the other one's value as its base, and the others; the first missing one stands for all.

    Errors: PhraseError for another count of them, the same period, or units that do not convert.
    """
    if other is None or not isinstance(other, (Figure, Missing, list, tuple)):
        raise PhraseError(f"{name}要说明同哪一期的数比", f"例：{_EXAMPLE % name}")
    mine, its = sequence(item), sequence(other)
    if len(mine) != len(its):
        raise PhraseError(f"前面有{len(mine)}个数据，括号里有{len(its)}个", f"一个对一个，例：{_EXAMPLE % name}")
    found = []
    for one, beside in zip(mine, its, strict=True):
        for each in (one, beside):
            if isinstance(each, Missing):
                return each
        figure, base = one_figure(one), one_figure(beside)
        if figure.value is None or base.value is None:
            return (base if figure.value is not None else figure).lacks("本期")
        found.append((_based(figure, base), base))
    return found


def against(item: object, other: object, name: str) -> tuple[Figure, str] | Missing:
    """One figure with the other's value as its base, and what the other one's period is called."""
    pairs = _pairs([item], [other], name)
    return pairs if isinstance(pairs, Missing) else (pairs[0][0], _called([pairs[0][1]], pairs[0][0]))


def _based(figure: Figure, base: Figure) -> Figure:
    if figure.period == base.period:
        hint = f"同一期的两个数用 较，例：{{{{ {figure.name}|较({base.name}) }}}}"
        raise PhraseError(f"“{figure.name}”和“{base.name}”是同一期的，说不出增减", hint)
    same = not figure.unit or not base.unit
    number = base.value if same else in_unit(base.value, base.unit, figure.unit)
    if number is None:
        raise PhraseError(f"“{base.name}”的单位是{base.unit}，与{figure.unit}不能相比", "核对两个指标的单位")
    borrowed = {**figure.borrowed, "上年同期": (_called([base], figure), base.place("本期"))}
    return replace(figure, base=number, growth=None, borrowed=borrowed)


def _called(others: list[Figure], figures_of: Figure) -> str:
    """The other period: 2020年, in the same year 8月. Errors: PhraseError when there are several."""
    found = {other.period for other in others}
    if len(found) > 1:
        raise PhraseError("括号里的数据不是同一期的", "分开写，或换成同一期的")
    when = found.pop()
    return periods.short(when) if when.year == figures_of.period.year else periods.name(when)


@exactly
def averaged(item: object, other: object = None, 小数: object = 1, 动词: object = None) -> Said:
    """年均: 年均增长12.1% since an earlier year's figure of the same months; of a list 年均分别增长…、….

    Computed from both values, so it is nominal; a growth at constant prices is a fact of its own.
    """
    places = option.places(小数, "年均(期('2020年').生产总值, 小数=2)")
    verbs = option.verbs(动词, "年均(期('2020年').生产总值, 动词='递增、递减')") or ("增长", "下降")
    pairs = _pairs(item, other, "年均")
    if isinstance(pairs, Missing):
        return pairs
    name = _called([o for _, o in pairs], pairs[0][0])
    said = [_average(figure, other, name, places, verbs) for figure, other in pairs]
    if len(said) == 1:
        one = said[0]
        return one if len(one.pieces) == 1 else joined("年均", [one])
    if any(len(one.pieces) == 1 for one in said):
        named = [
            joined(f.name, [s if len(s.pieces) == 1 else joined("年均", [s])])
            for (f, _), s in zip(pairs, said, strict=True)
        ]
        return joined("，", named, between=True)
    return separately(said, "年均")


def _average(figure: Figure, other: Figure, name: str, places: int, verbs: tuple[str, str]) -> Phrase:
    years = figure.period.year - other.period.year
    if years < 1 or periods.last_year(figure.period) != periods.same_months(other.period, figure.period.year - 1):
        raise PhraseError(f"“{figure.name}”同{name}比，说不出年均", "年均要同以前某一年的同期比，例：期('2020年')")
    assert figure.value is not None
    assert figure.base is not None
    value, base = figure.value.value, figure.base.value
    if figure.indicator.is_rate or value <= 0 or base <= 0:
        raise PhraseError(f"“{figure.name}”是比率，或有一年不大于0，说不出年均", f"写 {{{{ {figure.name}|比(…) }}}}")
    if value == base:
        return flat(figure, f"与{name}持平", "年均")
    rate = (arithmetic.root(arithmetic.quotient(value, base), years) - 1) * 100
    found = rounded(abs(rate), places)
    if found == 0:
        return flat(figure, f"与{name}基本持平", "年均")
    hint = "约" if arithmetic.approximate(figure.value, figure.base) else ""
    return Phrase(((verbs[0 if rate > 0 else 1], None), (f"{hint}{plain(found)}%", figure.origin("年均", "%"))))


_TO = {True: ("提高", "下降"), False: ("增加", "减少")}
"""Verbs of 增减到, by whether the figure is a rate."""


@exactly
def moved_to(item: object, other: object = None, 动词: object = None, *, 称: object = None) -> Said:
    """增减到: 由2010年的162.4亿元增加到287.9亿元, 由2020年的21.6%提高到25.2%, 与2020年的5家持平."""
    verbs = option.verbs(动词, "增减到(期('2020年').生产总值, 动词='上升、下降')")
    called = None if 称 is None else option.text(称, "称", "增减到(期('2020年').生产总值, 称='五年前')")
    if isinstance(item, (list, tuple)):
        raise PhraseError("增减到一次只说一个数据", f"例：{_EXAMPLE % '增减到'}")
    pairs = _pairs(item, other, "增减到")
    if isinstance(pairs, Missing):
        return pairs
    figure, base = pairs[0]
    name = called or _called([base], figure)
    then, now = amount(base, base.value, estimate=False), amount(figure, figure.value, formula="增减到", estimate=False)
    assert isinstance(then, Phrase)
    assert isinstance(now, Phrase)
    assert figure.value is not None
    assert figure.base is not None
    gap = figure.value.value - figure.base.value
    if figure.indicator.can_lose and min(figure.value.value, figure.base.value) < 0:
        raise PhraseError(f"“{figure.name}”有一期是负数，不说增加到、减少到", f"例：{_EXAMPLE % '比'}")
    if gap == 0 or str(then) == str(now):
        level = flat(figure, "持平" if gap == 0 else "基本持平", "增减到")
        return planned(figure, joined("", [joined(f"与{name}的", [then]), level]))
    up, down = verbs or _TO[figure.indicator.is_rate]
    return planned(figure, joined("", [joined(f"由{name}的", [then]), joined(f"{up if gap > 0 else down}到", [now])]))
