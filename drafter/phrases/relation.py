"""How figures stand to each other: 占比, 进度, 位次, 其中, 换算. Source: official-style 4.3, 4.4."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from drafter import period
from drafter.figure import Figure, Indicator, Missing, converted
from drafter.numeral import Number, chinese, parse, plain, rounded
from drafter.phrases import arithmetic
from drafter.phrases.phrase import Phrase, PhraseError, Said, amount, flat, joined, one_figure, several, short
from drafter.source import Origin


def number_only(item: object) -> Said:
    """数: the number without its unit. F27."""
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    return amount(found, found.value, formula="数", unit="")


def ratio(item: object, whole: object = None, 小数: int = 1) -> Said:
    """比重: 48.6%, the part's share of `whole`. F11, F13."""
    if whole is None or isinstance(whole, str):
        hint = "括号里写整体的名称，不加引号，例：{{ 规上企业|占比(企业) }}"
        raise PhraseError("占比和比重要说明占谁", hint)
    places = _places(小数, "占比(企业, 小数=2)")
    if isinstance(item, Missing):
        return item
    if isinstance(whole, Missing):
        return whole
    part, total = one_figure(item), one_figure(whole)
    if part.value is None or total.value is None:
        return (part if part.value is None else total).lacks("本期")
    top = _in_unit(part, part.value.value, total.unit)
    percent = arithmetic.share(top, total.value.value, decimals=places)
    if percent is None:
        raise PhraseError(f"“{total.name}”为0，算不出比重", "换一个整体，或用 {% if %} 跳过这一句")
    origin = Origin(part.name, part.span, str(part.period), f"占{total.name}比重", unit="%", office=part.office)
    return Phrase(((plain(percent) + "%", origin),))


def _in_unit(figure: Figure, number: Decimal, unit: str) -> Decimal:
    """The number in another figure's unit. Errors: PhraseError when they do not convert."""
    same = not unit or not figure.unit or figure.unit == unit
    found = number if same else converted(number, figure.unit, unit)
    if found is None:
        raise PhraseError(f"“{figure.name}”的单位是{figure.unit}，与{unit}不能相比", "核对两个指标的单位")
    return found


def share(item: object, whole: object = None, 小数: int = 1) -> Said:
    """占比: 占比48.6%. F13, F23."""
    said = ratio(item, whole, 小数)
    return said if isinstance(said, Missing) else joined("占比", [said])


def completion(item: object) -> Said:
    """完成率: 完成年度目标的35.4%. F19, F29."""
    gap = _against_target(item)
    if isinstance(gap, Missing):
        return gap
    found, done, _ = gap
    return Phrase((("完成年度目标的", None), (plain(done) + "%", found.origin("完成率", "%"))))


def progress(item: object) -> Said:
    """进度: 慢于序时进度6.3个百分点, 快于…, 与序时进度同步. F19."""
    gap = _against_target(item)
    if isinstance(gap, Missing):
        return gap
    found, _, ahead = gap
    if ahead == 0:
        return flat(found, "与序时进度同步", "进度")
    said = (plain(abs(ahead)) + "个百分点", found.origin("进度", "个百分点"))
    return Phrase((("快于序时进度" if ahead > 0 else "慢于序时进度", None), said))


def _against_target(item: object) -> Missing | tuple[Figure, Decimal, Decimal]:
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    if found.value is None or found.target is None:
        return found.lacks("本期" if found.value is None else "目标")
    done = arithmetic.share(found.value.value, found.target.value)
    ahead = arithmetic.progress_gap(found.value.value, found.target.value, found.period)
    if done is None or ahead is None:
        raise PhraseError(f"“{found.name}”的目标为0，算不出完成率", "核对目标")
    return found, done, ahead


def rank(item: object) -> Said:
    """位次: 居七县（市）首位, 居七县（市）第5位; 均居… when all ranks agree, else 分列…首位、第5位. F14–F16."""
    figures = several(item)
    if isinstance(figures, Missing):
        return figures
    lacking = next((f for f in figures if f.rank is None), None)
    if lacking is not None:
        return lacking.lacks("位次")
    ranks = [(f, f.rank) for f in figures if f.rank is not None]
    scopes = {r.scope for _, r in ranks}
    if len(ranks) == 1 or (len(scopes) == 1 and len({r.place for _, r in ranks}) == 1):
        found, place = ranks[0]
        verb = "居" if len(ranks) == 1 else "均居"
        return Phrase(((verb + place.scope, None), (_place(place.place), found.origin("位次"))))
    if len(scopes) > 1:
        raise PhraseError("这几项位次的范围不一样，不能合并成一句", "分开写，或在事实里统一“范围”")
    said = [Phrase(((_place(r.place), f.origin("位次")),)) for f, r in ranks]
    return joined(f"分列{ranks[0][1].scope}", [joined("、", said, between=True)])


def _place(number: int) -> str:
    return "首位" if number == 1 else f"第{number}位"


def parts(item: object) -> Said:
    """其中: 工贸领域4起、道路交通2起. F2."""
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    if not found.parts:
        return found.lacks("其中")
    said: list[Phrase] = []
    for one in found.parts:
        words = amount(one, one.value)
        if isinstance(words, Missing):
            asked = f"{found.lacks('本期').asked}.{one.name}"
            return replace(words, name=f"{found.name}的{one.name}", asked=asked)
        said.append(joined(one.name, [words]))
    return joined("、", said, between=True)


def convert(item: object, unit: object = None, 小数: int | None = None) -> Said:
    """换算: the value in another unit, exact, or rounded once to `小数` decimals; 2800余万元 → 0.28余亿元."""
    to = _unit_word(unit)
    places = None if 小数 is None else _places(小数, "换算('亿元', 小数=2)")
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    if found.value is None:
        return found.lacks("本期")
    number = converted(found.value.value, found.unit, to)
    if number is None:
        raise PhraseError(f"“{found.name}”的单位是{found.unit or '（无）'}，不能换算成{to}", "核对指标.yaml里的单位")
    about, more = found.value.hints
    words = about + _in_places(found, number, to, places) + more + to
    ahead: tuple[tuple[str, Origin | None], ...] = (("预计", None),) if found.estimate else ()
    return Phrase((*ahead, (words, found.origin(f"换算为{to}", to))))


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
    """The digits of a converted number. Errors: PhraseError when they never end, or a hint is left with 0."""
    value, hint = figure.value, ""
    assert value is not None
    if places is None:
        if number != rounded(number, _ENDLESS):
            raise PhraseError(f"“{figure.name}”换算成{unit}除不尽", f"写明保留几位小数，例：换算('{unit}', 小数=2)")
        return plain(number)
    hint = "".join(value.hints)[:1]
    found = rounded(number, places, hint)
    if hint and found == 0:
        raise PhraseError(f"“{figure.name}”是约数，保留{places}位小数就成了0", "多留几位小数，或换小一点的单位")
    return f"{found:f}"


def _places(number: object, example: str) -> int:
    """A count of decimals. Errors: PhraseError when it is none."""
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= 12:
        return number
    raise PhraseError("小数位数要写0到12的整数", f"例：{example}")


def chinese_number(item: object) -> Said:
    """中文数: 12 → 十二, 105 → 一百零五."""
    if isinstance(item, Missing):
        return item
    origin: Origin | None = None
    number: Decimal | None = None
    if isinstance(item, Figure):
        if item.value is None:
            return item.lacks("本期")
        number, origin = item.value.value, item.origin("中文数")
    elif isinstance(item, (int, str)) and not isinstance(item, bool):
        written = parse(str(item))
        number = written.value if written else None
    if number is None or number != int(number) or not 0 <= number < 10**16:
        raise PhraseError(f"“{short(item)}”写不成中文数", "中文数只用于0到一亿亿以内的整数")
    return Phrase(((chinese(int(number)), origin),))


def count(item: object) -> Figure | Missing:
    """条数: how many items a list fact has, as a figure without unit."""
    if isinstance(item, Missing):
        return item
    if not isinstance(item, (list, tuple)):
        raise PhraseError(f"“{short(item)}”不是列表，数不出条数", "条数用于列表事实")
    origin: Origin | None = getattr(item, "origin", None)
    name = origin.fact if origin else "列表"
    stem = period.parse(origin.period) if origin else None
    number = Number(Decimal(len(item)), str(len(item)))
    indicator = Indicator(name, kind="个数")
    return Figure(
        indicator, stem or period.part(2000, 12, 1), number, span=origin.span if origin else None, formula="条数"
    )
