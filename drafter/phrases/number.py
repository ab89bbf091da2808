"""A figure's number in other dress: 数, 值, 盈亏, 换算, 约数, 条数, 中文数, 大写, 千分位, 天数. Source: official-style 3.1, F4, F31."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from drafter import period
from drafter.figure import Figure, Indicator
from drafter.measure import converted
from drafter.missing import Missing
from drafter.numeral import Number, capital, capital_money, chinese, grouped, parse, plain, rounded
from drafter.phrases import option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.phrase import (
    PLAN,
    Phrase,
    PhraseError,
    Said,
    amount,
    digits,
    flat,
    joined,
    one_figure,
    printed,
    several,
    short,
)
from drafter.source import Origin


def _valued(item: object) -> tuple[Figure, Number] | Missing:
    """The item as a figure, and its value; else what is missing. Errors: PhraseError when it is no figure."""
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    return found.lacks("本期") if found.value is None else (found, found.value)


def number_only(item: object, *, 预计: object = True) -> Said:
    """数: the number without its unit. F27."""
    estimates = option.yes(预计, "预计", "数(预计=false)")
    known = _valued(item)
    if isinstance(known, Missing):
        return known
    found, own = known
    ahead = PLAN if estimates and found.estimate else ()
    return Phrase((*ahead, (digits(found, own), found.origin("数"))))


@exactly
def with_unit(item: object, 小数: object = None, *, 预计: object = True) -> Said:
    """值: the figure as it prints by itself, with other decimals (10.5亿元) or without 预计; of a list 43家、322家."""
    places = option.some_places(小数, "值(小数=1)")
    estimates = option.yes(预计, "预计", "值(预计=false)")
    figures = several(item)
    if isinstance(figures, Missing):
        return figures
    ahead = estimates and len(figures) > 1 and all(f.estimate for f in figures)
    said = []
    for one in figures:
        words = _with_unit(one, places, estimates=estimates and not ahead)
        if isinstance(words, Missing):
            return words
        said.append(words)
    return joined("预计" if ahead else "", [joined("、", said, between=True)])


def _with_unit(found: Figure, places: int | None, *, estimates: bool) -> Said:
    if found.value is None or places is None:
        return amount(found, found.value, estimate=estimates)
    words = _in_places(found, found.value.value, found.unit, places)
    ahead = PLAN if estimates and found.estimate else ()
    return Phrase((*ahead, (words + found.unit, found.origin("值", found.unit))))


@exactly
def profit(item: object) -> Said:
    """盈亏: 盈利148万元, 亏损30万元, 盈亏平衡. Official-style 4.2 (亏损X，同比减亏Y)."""
    known = _valued(item)
    if isinstance(known, Missing):
        return known
    found, own = known
    if not found.indicator.can_lose:
        raise PhraseError(f"“{found.name}”的单位是{found.unit}，没有盈亏", "盈亏用于金额，例：{{ 利润总额|盈亏 }}")
    ahead = PLAN if found.estimate else ()
    if own.value == 0:
        return Phrase((*ahead, *flat(found, "盈亏平衡", "盈亏").pieces))
    words, unit = printed(found, own)
    if not words.strip("-0."):
        words, unit = plain(own.value), found.unit
    verb = "盈利" if own.value > 0 else "亏损"
    return Phrase((*ahead, (verb, None), (words.replace("-", "") + unit, found.origin("盈亏", unit))))


@exactly
def convert(item: object, unit: object = None, 小数: object = None) -> Said:
    """换算: the value in another unit, exact, or rounded once to `小数` decimals; 2800余万元 → 0.28余亿元."""
    to = _unit_word(unit)
    places = option.some_places(小数, "换算('亿元', 小数=2)")
    known = _valued(item)
    if isinstance(known, Missing):
        return known
    found, own = known
    number = converted(own.value, found.unit, to)
    if number is None:
        raise PhraseError(f"“{found.name}”的单位是{found.unit or '（无）'}，不能换算成{to}", "核对指标.yaml里的单位")
    words = _in_places(found, number, to, places)
    ahead = PLAN if found.estimate else ()
    return Phrase((*ahead, (words + to, found.origin(f"换算为{to}", to))))


def _unit_word(unit: object) -> str:
    """The unit to convert to. Errors: PhraseError when none was said, or without quotes."""
    if isinstance(unit, str) and unit.strip():
        return unit.strip()
    if unit is None or isinstance(unit, str):
        raise PhraseError("换算要说明换成什么单位", "例：换算('亿元')")
    name = unit.name if isinstance(unit, (Missing, Figure)) else "亿元"
    raise PhraseError("换算的单位要加引号", f"例：换算('{name}')")


_ENDLESS = 30
"""Decimals that no conversion of a written number needs, unless it never ends (1亩 in 平方公里)."""


def _in_places(figure: Figure, number: Decimal, unit: str, places: int | None) -> str:
    """The digits of a number, with the hints of what was written.

    Errors: PhraseError when they never end, or a hint is left with 0.
    """
    assert figure.value is not None
    about, more = figure.value.hints
    if places is None:
        if number != rounded(number, _ENDLESS):
            raise PhraseError(f"“{figure.name}”换算成{unit}除不尽", f"写明保留几位小数，例：换算('{unit}', 小数=2)")
        return about + plain(number) + more
    found = rounded(number, places, (about + more)[:1])
    if about + more and found == 0:
        raise PhraseError(f"“{figure.name}”是约数，保留{places}位小数就成了0", "多留几位小数，或换小一点的单位")
    return f"{about}{found:f}{more}"


HOW = ("余", "多", "超", "近", "约")
"""写法 of 约数: 余 多 超 say less than there is, 近 more, 约 either."""
_NEAR = Decimal("0.8")
"""From here on the way to the next step, 近 is said rather than 余."""


@exactly
def about(item: object, 步长: object = None, 写法: object = None) -> Said:
    """约数: 2856 → 2800余人, 99600 → 近10万元; exactly on a step it is plain. `步长` is in the figure's unit. F4.

    余 only below, 近 only above the true value; a number written as 2800余 stays as it is.
    """
    example = "{{ 参训人数|约数(100) }}、{{ 投入|约数(1000, '近') }}"
    step = None if 步长 is None else option.positive(步长, "步长", example)
    how = _how(写法, example)
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    if found.value is None or any(found.value.hints):
        return amount(found, found.value, formula="约数")
    number = found.value.value
    if number < 0:
        raise PhraseError(f"“{found.name}”是负数，不说约数", "约数只用于大于0的数")
    step = step or _two_digits(number)
    floor = number - number % step
    if number == floor:
        return amount(found, found.value, formula="约数")
    how = how or ("近" if (number - floor) / step >= _NEAR else "余")
    ceiling = how == "近" or (how == "约" and (number - floor) * 2 >= step)
    shown = floor + step if ceiling else floor
    if shown == 0:
        raise PhraseError(f"“{found.name}”是{plain(number)}，不到一个步长{plain(step)}", f"步长写小一点，例：{example}")
    ahead = PLAN if found.estimate else ()
    words, unit = _approximate(shown, how, found)
    return Phrase((*ahead, (words, found.origin("约数", unit))))


def _how(said: object, example: str) -> str:
    found = option.ways(said, HOW, example)
    if len(found) > 1:
        raise PhraseError("约数只能有一种写法", f"例：{example}")
    return next(iter(found), "")


def _two_digits(number: Decimal) -> Decimal:
    """The step that leaves two digits: 100 for 2856, 1 for 42; at least 1 from 10 on."""
    return Decimal(1).scaleb(number.adjusted() - 1) if number else Decimal(1)


def _approximate(shown: Decimal, how: str, figure: Figure) -> tuple[str, str]:
    """(words, unit at their end): 2800余人, 近10万元, 2万余人, 超40%; the digits end in 万 or 亿 where they can."""
    unit = figure.unit
    scale = "" if unit[:1] in ("万", "亿", "千", "百", "%") else _scale(shown)
    text = plain(shown / {"": 1, "万": 10**4, "亿": 10**8}[scale])
    if unit == "%" and how in ("余", "多"):
        how = "超"
    if how in ("超", "近", "约"):
        return f"{how}{text}{scale}{unit}", scale + unit if scale else unit
    if text.endswith("0") and "." not in text:
        return f"{text}{how}{scale}{unit}", scale + unit if scale else unit
    if scale or unit[:1] in ("万", "亿"):
        head, tail = (scale, unit) if scale else (unit[0], unit[1:])
        return f"{text}{head}{how}{tail}", tail
    return f"{text}{how}{unit}", unit


def _scale(number: Decimal) -> str:
    return next((w for w, n in (("亿", 10**8), ("万", 10**4)) if number >= n and number % (n // 10) == 0), "")


def chinese_number(item: object) -> Said:
    """中文数: 12 → 十二, 105 → 一百零五, 2800余 → 二千八百余."""
    if isinstance(item, Missing):
        return item
    origin: Origin | None = None
    number: Decimal | None = None
    hints = ("", "")
    if isinstance(item, Figure):
        if item.value is None:
            return item.lacks("本期")
        number, origin, hints = item.value.value, item.origin("中文数"), item.value.hints
    elif isinstance(item, (int, str)) and not isinstance(item, bool):
        written = parse(str(item))
        number = written.value if written else None
    if number is None or number != int(number) or not 0 <= number < 10**16:
        raise PhraseError(f"“{short(item)}”写不成中文数", "中文数只用于0到一亿亿以内的整数")
    return Phrase(((hints[0] + chinese(int(number)) + hints[1], origin),))


def count(item: object) -> Figure | Missing | int:
    """条数: how many items a list fact has, as a figure without unit; a number of its own for a list typed in a template.

    It comes from the list; of a list that a filter made (排名, 前), from what its items have in common.
    """
    if isinstance(item, Missing):
        return item
    if not isinstance(item, (list, tuple)):
        raise PhraseError(f"“{short(item)}”不是列表，数不出条数", "条数用于列表事实")
    origin = _list_origin(item)
    stem = period.parse(origin.period) if origin else None
    if origin is None or stem is None:
        return len(item)
    number = Number(Decimal(len(item)), str(len(item)))
    listed = (("列表", f"{number.written}项", origin.span),)
    indicator = Indicator(origin.fact, kind="个数")
    return Figure(indicator, stem, number, span=origin.span, formula="条数", sources=lambda _: listed)


_ITEM = re.compile(r"第\d+项(?=的|$)")
"""What stands behind the name of a list in the name of its item: 重点项目第2项的投资."""


def _list_origin(items: Sequence[object]) -> Origin | None:
    """What a list comes from: itself, else its items; None when it was typed in a template."""
    own = getattr(items, "origin", None)
    known = [found for one in items if (found := _item_origin(one)) is not None]
    if isinstance(own, Origin):
        return own if own.span or not known else replace(own, span=known[0].span)
    if not known:
        return None
    names = dict.fromkeys(_ITEM.sub("", one.fact) for one in known)
    return replace(known[0], fact="、".join(names))


def _item_origin(item: object) -> Origin | None:
    """What an item of a list comes from: a text or a record by itself, a row by its figure."""
    figure = getattr(item, "figure", item)
    if isinstance(figure, Figure):
        return replace(figure.origin(), fact=figure.name)
    origin = getattr(figure, "origin", None)
    return origin if isinstance(origin, Origin) else None


def days(item: object, end: object = None, *, 首尾: object = False) -> Said:
    """天数: 45天 from one date to another; with 首尾 both days count. F31."""
    example = "{{ 开工日期|天数(竣工日期) }}"
    both = option.yes(首尾, "首尾", "{{ 开工日期|天数(竣工日期, 首尾=true) }}")
    if end is None:
        raise PhraseError("天数要说明到哪一天", f"例：{example}")
    for one in (item, end):
        if isinstance(one, Missing):
            return one
    first, last = _date(item, example), _date(end, example)
    found = (last - first).days + both
    if last < first:
        raise PhraseError(f"“{short(end)}”在“{short(item)}”之前", f"早的日期写在前面，例：{example}")
    origin = getattr(item, "origin", None)
    known = origin if isinstance(origin, Origin) else None
    formula = (
        None if known is None else Origin(known.fact, known.span, known.period, "天数", unit="天", office=known.office)
    )
    return Phrase(((f"{found}天", formula),))


def _date(item: object, example: str) -> date:
    found = period.read_date(str(item)) if isinstance(item, str) else None
    if found is None:
        raise PhraseError(f"“{short(item)}”不是日期", f"日期写成 2022年9月30日，例：{example}")
    return date(*found)


@exactly
def formal(item: object) -> Said:
    """大写: 壹万贰仟叁佰元整 of an amount of money, 壹万贰仟叁佰 of any other whole number."""
    known = _valued(item)
    if isinstance(known, Missing):
        return known
    found, own = known
    money = converted(own.value, found.unit, "元") if found.unit.endswith("元") else None
    value = own.value if money is None else money
    try:
        if money is None and (value != int(value) or value < 0 or any(own.hints)):
            raise ValueError(value)
        words = capital(int(value)) if money is None else capital_money(money)
    except ValueError:
        raise PhraseError(f"“{found.name}”写不成大写", "大写用于到分的金额和整数，约数不行") from None
    ahead = PLAN if found.estimate else ()
    return Phrase((*ahead, (words, found.origin("大写"))))


@exactly
def thousands(item: object) -> Said:
    """千分位: 1,234,567.8万元. Source: GB/T 15835-2011 5.1.1."""
    known = _valued(item)
    if isinstance(known, Missing):
        return known
    found, own = known
    words, unit = printed(found, own)
    try:
        said = grouped(Decimal(words.replace(",", "")))
    except ArithmeticError:
        raise PhraseError(f"“{found.name}”是约数，写不成千分位", "千分位用于准确的数") from None
    ahead = PLAN if found.estimate else ()
    return Phrase((*ahead, (said + unit, found.origin("千分位", unit))))
