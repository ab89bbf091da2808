"""How figures stand to each other: 占比, 占比变化, 较. Source: official-style 4.3 (F11, F13, F23, F28)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from drafter.figure import POINTS, Figure
from drafter.measure import converted
from drafter.missing import Missing
from drafter.numeral import plain, rounded
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.change import shown
from drafter.phrases.phrase import Phrase, PhraseError, Said, flat, joined, one_figure, planned, sequence
from drafter.source import Basis

_WHICH_WHOLE = "括号里写整体的名称，不加引号，例：{{ 规上企业|占比(企业) }}"


@exactly
def ratio(item: object, whole: object = None, 小数: object = None) -> Said:
    """比重: 48.6%, the part's share of `whole`; of a list 30%、18.6%. F11, F13."""
    total = _whole(whole)
    places = option.some_places(小数, "占比(企业, 小数=2)")
    said = []
    for one in sequence(item):
        if isinstance(one, Missing):
            return one
        part = one_figure(one)
        if isinstance(total, Missing):
            return total
        percent = _share(part, total, places)
        if isinstance(percent, Missing):
            return percent
        said.append(percent)
    return joined("、", said, between=True)


def _whole(whole: object) -> Figure | Missing:
    if isinstance(whole, Missing):
        return whole
    if not isinstance(whole, Figure):
        raise PhraseError("占比和比重要说明占谁", _WHICH_WHOLE)
    return whole


def _share(part: Figure, total: Figure, places: int | None) -> Said:
    if part.value is None or total.value is None:
        return (part if part.value is None else total).lacks("本期")
    top, bottom = in_unit(part, part.value.value, total.unit), total.value.value
    if bottom == 0:
        raise PhraseError(f"“{total.name}”为0，算不出比重", "换一个整体，或用 {% if %} 跳过这一句")
    if top < 0 or bottom < 0:
        raise PhraseError(f"“{(part if top < 0 else total).name}”是负数，算不出比重", "用 {% if %} 跳过这一句")
    if top > bottom and part.indicator.is_count and total.indicator.is_count:
        raise PhraseError(f"“{part.name}”比“{total.name}”还多，不是它的一部分", _WHICH_WHOLE)
    hint = "约" if top and arithmetic.approximate(part.value, total.value) else ""
    basis = (*_told(part), *_told(total))
    origin = replace(part.origin(), formula=f"占{total.name}比重", unit="%", bare=False, basis=basis)
    return Phrase(((f"{hint}{percent_words(top, bottom, places)}%", origin),))


def _told(figure: Figure, *keys: str) -> tuple[Basis, ...]:
    """The operands of a figure that stands beside another one, under its name; 本期 where none is asked."""
    found = ((key, one) for key in keys or ("本期",) for one in figure.traced(key))
    return tuple(
        (f"{figure.called}{'' if key == '本期' else key}" if written else what, written, place)
        for key, (what, written, place) in found
    )


MORE_PLACES = 12
"""Decimals beyond which no more are tried."""


def percent_words(top: Decimal, bottom: Decimal, places: int | None) -> str:
    """The percentage; unless decimals were asked for, with enough of them to be no false 0 or 100."""
    exact = arithmetic.quotient(top * 100, bottom)
    if places is not None:
        return plain(rounded(exact, places))
    found = rounded(exact, 1)
    for more in range(2, MORE_PLACES):
        if found == exact or found not in (0, 100):
            break
        found = rounded(exact, more)
    return plain(found)


def in_unit(figure: Figure, number: Decimal, unit: str) -> Decimal:
    """The number in another figure's unit. Errors: PhraseError when they do not convert."""
    same = not unit or not figure.unit or figure.unit == unit
    found = number if same else converted(number, figure.unit, unit)
    if found is None:
        raise PhraseError(f"“{figure.name}”的单位是{figure.unit}，与{unit}不能相比", "核对两个指标的单位")
    return found


def share(item: object, whole: object = None, 小数: object = None) -> Said:
    """占比: 占比48.6%; of a list 占比分别为30%、18.6%. F13, F23."""
    said = ratio(item, whole, 小数)
    if isinstance(said, Missing):
        return said
    return joined("占比分别为" if len(said.pieces) > 1 else "占比", [said])


@exactly
def share_change(item: object, whole: object = None, 比: object = "上年同期") -> Said:
    """占比变化: the share now against the share then: 同比提高3个百分点, 与上年同期持平. F23.

    Both shares are rounded as they would be printed, so that a reader who subtracts them finds the same.
    """
    total = _whole(whole)
    key = option.base(比, "规上企业|占比变化(企业, '上期')")
    if isinstance(item, Missing):
        return item
    part = one_figure(item)
    if isinstance(total, Missing):
        return total
    now = _shares(part, total, "本期")
    then = _shares(part, total, key)
    if isinstance(now, Missing) or isinstance(then, Missing):
        return now if isinstance(now, Missing) else then  # type: ignore[return-value]
    field, uses, beside = _FIELDS[key], ("本期", key), _told(total, "本期", key)
    rough = arithmetic.approximate(part.value, total.value, getattr(part, field), getattr(total, field))
    if now == then and not rough:
        return flat(part, f"与{key}持平", "占比变化", uses, beside)
    gap = rounded(now, 1) - rounded(then, 1)
    if gap == 0:
        return flat(part, f"与{key}基本持平", "占比变化", uses, beside)
    words = option.BASES[key] + ("提高" if gap > 0 else "下降")
    return Phrase(
        (
            (words, None),
            (f"{'约' if rough else ''}{plain(abs(gap))}个百分点", part.origin("占比变化", "个百分点", uses, beside)),
        )
    )


_FIELDS = {"本期": "value", "上年同期": "base", "上期": "previous"}


def _shares(part: Figure, total: Figure, key: str) -> Decimal | Missing:
    """The share in per cent, exact, from the operands called `key`."""
    top, bottom = getattr(part, _FIELDS[key]), getattr(total, _FIELDS[key])
    if top is None or bottom is None:
        return (part if top is None else total).lacks(key)
    if bottom.value <= 0 or top.value < 0:
        name = (total if bottom.value <= 0 else part).name
        what = "为0" if bottom.value == 0 else "是负数"
        raise PhraseError(f"“{name}”的{key}{what}，算不出比重", "用 {% if %} 跳过这一句")
    return arithmetic.quotient(in_unit(part, top.value, total.unit) * 100, bottom.value)


@exactly
def versus(
    item: object,
    other: object = None,
    名称: object = None,
    *,
    百分比: object = False,
    小数: object = None,
    动词: object = None,
) -> Said:
    """较: 高于全省平均1.2个百分点, 低于…3亿元, 与…持平; levels in % on demand. F28."""
    example = "满意度|较(全省平均)"
    if other is None or isinstance(other, (str, int, float)):
        raise PhraseError("较要说明同谁比", f"括号里写另一个数据的名称，不加引号，例：{{{{ {example} }}}}")
    percent = option.yes(百分比, "百分比", "生产总值|较(邻县, 百分比=true)")
    places = option.some_places(小数, f"{example[:-1]}, 小数=2)")
    up, down = option.verbs(动词, f"{example[:-1]}, 动词='多于、少于')") or ("高于", "低于")
    for one in (item, other):
        if isinstance(one, Missing):
            return one
    mine, its = one_figure(item), one_figure(other)
    name = its.name if 名称 is None else option.text(名称, "名称", f"{example[:-1]}, 名称='全省平均水平')")
    if mine.value is None or its.value is None:
        return (mine if mine.value is None else its).lacks("本期")
    number = in_unit(its, its.value.value, mine.unit)
    gap = mine.value.value - number
    if gap == 0:
        return planned(mine, flat(mine, f"与{name}持平", "较", (), _told(its)))
    amount, unit = _apart(mine, gap, number, its.name if percent else "", places)
    if amount == "0":
        return planned(mine, flat(mine, f"与{name}基本持平", "较", (), _told(its)))
    hint = "约" if arithmetic.approximate(mine.value, its.value) else ""
    words = (f"{hint}{amount}{unit}", mine.origin("较", unit, (), _told(its)))
    return planned(mine, Phrase((((up if gap > 0 else down) + name, None), words)))


def _apart(figure: Figure, gap: Decimal, base: Decimal, percent_of: str, places: int | None) -> tuple[str, str]:
    """(how far apart, unit): 百分点 of rates, the unit of levels, or % of the other one."""
    if figure.indicator.is_rate:
        unit = figure.indicator.points
        places = 1 if places is None and unit == POINTS else places
        return plain(abs(gap) if places is None else rounded(abs(gap), places)), unit
    if not percent_of:
        places = figure.indicator.decimals if places is None else places
        return shown(figure, abs(gap)) if places is None else (plain(rounded(abs(gap), places)), figure.unit)
    if base <= 0:
        raise PhraseError(f"“{percent_of}”不大于0，算不出百分比", "去掉 百分比=true，只说差多少")
    return plain(rounded(arithmetic.quotient(abs(gap) * 100, base), 1 if places is None else places)), "%"
