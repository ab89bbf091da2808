"""Figures → official wording: the filters, tests and functions that templates call.

FILTERS is the table; reading it is reading the vocabulary. Source: official-style 4.2 (verbs), 4.3 (forms), 4.4 (ranks).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from drafter import figure as arithmetic
from drafter import period
from drafter.figure import Change, Figure, Indicator, Missing
from drafter.numeral import Number, chinese, parse, plain, rounded
from drafter.source import Origin


class PhraseError(Exception):
    """A filter was used on something it cannot say; the message and hint are Chinese, ready to show."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Phrase:
    """Wording made of pieces: text typed by the filter (no origin) and figures with theirs."""

    pieces: tuple[tuple[str, Origin | None], ...]

    def __str__(self) -> str:
        return "".join(text for text, _ in self.pieces)


Said = Phrase | Missing


def amount(figure: Figure, number: Number | None, *, formula: str = "", key: str = "本期", unit: str | None = None) -> Said:
    """A number with its unit, as written unless the indicator fixes its decimals: 6起, 60.20亿元, 2800余人."""
    if number is None:
        return figure.lacks(key)
    unit = figure.unit if unit is None else unit
    origin = figure.origin(formula, unit)
    ahead = "预计" if figure.estimate and key == "本期" else ""
    return Phrase(((ahead, None), (digits(figure, number) + unit, origin)) if ahead else ((digits(figure, number) + unit, origin),))


def digits(figure: Figure, number: Number) -> str:
    """The digits to print: the written form, or rounded once to the indicator's decimals."""
    places = figure.indicator.decimals
    hinted = number.written.lstrip("-").replace(",", "")
    if places is None or not hinted.replace(".", "").isdigit():
        return number.written
    return f"{rounded(number.value, places):f}"


def value(item: object) -> Said:
    """A figure as it is printed by itself."""
    if isinstance(item, Missing):
        return item
    found = _figure(item)
    if found.value is None and found.growth is not None:
        raise PhraseError(f"“{found.name}”只有增幅，没有本期数", f"写 {{{{ {found.name}|增减 }}}} 或补上本期")
    return amount(found, found.value)


def _figure(item: object) -> Figure:
    if isinstance(item, Figure):
        return item
    raise PhraseError(f"“{_short(item)}”不是数据，这个过滤器用不上", "它要用在数据（有数的事实）上，或用在 [数据, 数据] 这样的列表上")


def _short(item: object) -> str:
    if not isinstance(item, (str, int)):
        return "列表" if isinstance(item, (list, tuple)) else "这一项"
    text = str(item)
    return text if len(text) <= 20 else text[:20] + "…"


def _figures(item: object) -> list[Figure] | Missing:
    """One figure or a list of them; the first missing one stands for all."""
    items: Sequence[object] = item if isinstance(item, (list, tuple)) else [item]
    if not items:
        raise PhraseError("列表是空的，没有数据可说", "先问 {% if 列表 is 已填 %}")
    for one in items:
        if isinstance(one, Missing):
            return one
    return [_figure(one) for one in items]


def number_only(item: object) -> Said:
    """数: the number without its unit. F27."""
    if isinstance(item, Missing):
        return item
    found = _figure(item)
    return amount(found, found.value, formula="数", unit="")


_LEVEL_VERBS = {"增": "增长", "降": "下降"}
_RATE_VERBS = {"增": "提高", "降": "下降"}


def _moved(figure: Figure, change: Change, formula: str) -> Phrase:
    """增长44.7%, 下降2.6个百分点: verb and unsigned amount."""
    verbs = _RATE_VERBS if figure.indicator.is_rate else _LEVEL_VERBS
    unit = "个百分点" if figure.indicator.is_rate else "%"
    return Phrase(((verbs[change.case], None), (plain(change.amount) + unit, figure.origin(formula, unit))))


def _flat(figure: Figure, words: str, formula: str) -> Phrase:
    return Phrase(((words, figure.origin(formula)),))


def _with_unit(figure: Figure, ahead: str, number: Decimal, formula: str, behind: str = "") -> Phrase:
    said = (plain(number) + figure.unit, figure.origin(formula, figure.unit))
    return Phrase(((ahead, None), said, (behind, None)) if behind else ((ahead, None), said))


_YEARLY: dict[str, Callable[[Figure, Change], Phrase]] = {
    "增": lambda f, c: _join("同比", [_moved(f, c, "同比")]),
    "降": lambda f, c: _join("同比", [_moved(f, c, "同比")]),
    "平": lambda f, c: _flat(f, "与上年同期持平", "同比"),
    "近平": lambda f, c: _flat(f, "与上年同期基本持平", "同比"),
    "均零": lambda f, c: _flat(f, "与上年同期均为0", "同比"),
    "零起增": lambda f, c: _with_unit(f, "上年同期为0，增加", c.amount, "同比"),
    "零起降": lambda f, c: _with_unit(f, "上年同期为0，减少", c.amount, "同比"),
    "归零": lambda f, c: _with_unit(f, "比上年同期减少", c.amount, "同比"),
    "扭亏": lambda f, c: _flat(f, "同比扭亏为盈", "同比"),
    "转亏": lambda f, c: _flat(f, "同比由盈转亏", "同比"),
    "减亏": lambda f, c: _with_unit(f, "同比减亏", c.amount, "同比"),
    "增亏": lambda f, c: _with_unit(f, "同比增亏", c.amount, "同比"),
}
"""The verb table for 同比. Source: official-style 4.2; contract: the wording vectors."""


def yearly(item: object) -> Said:
    """同比: 同比下降45.5%; of a list 同比分别下降45.5%、50%, naming each direction where they differ. F1."""
    figures = _figures(item)
    if isinstance(figures, Missing):
        return figures
    changes = [arithmetic.yearly(f) for f in figures]
    for change in changes:
        if isinstance(change, Missing):
            return change
    known = [(f, c) for f, c in zip(figures, changes, strict=True) if isinstance(c, Change)]
    if len(known) == 1:
        return _YEARLY[known[0][1].case](*known[0])
    return _several("同比", known, _YEARLY)


def _several(ahead: str, known: list[tuple[Figure, Change]], table: dict[str, Callable[[Figure, Change], Phrase]]) -> Phrase:
    """同比分别…: verbs once where all go one way; a case that is no rate is said with its name."""
    if any(c.case not in _LEVEL_VERBS for _, c in known):
        return _join("，", [_join(f.name, [table[c.case](f, c)]) for f, c in known], between=True)
    verbs = [_moved(f, c, ahead).pieces[0][0] for f, c in known]
    same = len(set(verbs)) == 1
    said = [_moved(f, c, ahead) for f, c in known]
    if same:
        said = [said[0], *(Phrase(s.pieces[1:]) for s in said[1:])]
    return _join(f"{ahead}分别", [_join("、", said, between=True)])


def _join(words: str, phrases: list[Phrase], *, between: bool = False) -> Phrase:
    """`words` in front of the phrases, or between them."""
    pieces: list[tuple[str, Origin | None]] = [] if between else [(words, None)]
    for index, phrase in enumerate(phrases):
        if between and index:
            pieces.append((words, None))
        pieces.extend(phrase.pieces)
    return Phrase(tuple(pieces))


_CHAINED: dict[str, Callable[[Figure, Change], Phrase]] = {
    **_YEARLY,
    "增": lambda f, c: _join("环比", [_moved(f, c, "环比")]),
    "降": lambda f, c: _join("环比", [_moved(f, c, "环比")]),
    "平": lambda f, c: _flat(f, "与上期持平", "环比"),
    "近平": lambda f, c: _flat(f, "与上期基本持平", "环比"),
    "均零": lambda f, c: _flat(f, "与上期均为0", "环比"),
    "零起增": lambda f, c: _with_unit(f, "上期为0，增加", c.amount, "环比"),
    "零起降": lambda f, c: _with_unit(f, "上期为0，减少", c.amount, "环比"),
    "归零": lambda f, c: _with_unit(f, "比上期减少", c.amount, "环比"),
    "扭亏": lambda f, c: _flat(f, "环比扭亏为盈", "环比"),
    "转亏": lambda f, c: _flat(f, "环比由盈转亏", "环比"),
    "减亏": lambda f, c: _with_unit(f, "环比减亏", c.amount, "环比"),
    "增亏": lambda f, c: _with_unit(f, "环比增亏", c.amount, "环比"),
}


def chained(item: object) -> Said:
    """环比: 环比增长10%; of a list 环比分别…. Base: the period before."""
    figures = _figures(item)
    if isinstance(figures, Missing):
        return figures
    changes = [(f, arithmetic.chained(f)) for f in figures]
    lacking = next((c for _, c in changes if isinstance(c, Missing)), None)
    if lacking is not None:
        return lacking
    known = [(f, c) for f, c in changes if isinstance(c, Change)]
    if len(known) == 1:
        return _CHAINED[known[0][1].case](*known[0])
    return _several("环比", known, _CHAINED)


def moved(item: object) -> Said:
    """增减: 增长44.7%, 下降84%; an estimate says 预计 once; of a list 分别增长…、…. F14–F17."""
    figures = _figures(item)
    if isinstance(figures, Missing):
        return figures
    changes = [(f, arithmetic.yearly(f)) for f in figures]
    lacking = next((c for _, c in changes if isinstance(c, Missing)), None)
    if lacking is not None:
        return lacking
    known = [(f, c) for f, c in changes if isinstance(c, Change)]
    ahead = "预计" if any(f.estimate for f, _ in known) else ""
    if len(known) > 1:
        return _join(ahead, [_several("", known, _YEARLY)]) if ahead else _several("", known, _YEARLY)
    one, change = known[0]
    said = _moved(one, change, "增减") if change.case in _LEVEL_VERBS else _YEARLY[change.case](one, change)
    return _join(ahead, [said]) if ahead else said


def difference(item: object) -> Said:
    """增减量: 减少5起, 增加3亿元, 提高3个百分点, 与上年同期持平. F1."""
    if isinstance(item, Missing):
        return item
    found = _figure(item)
    if found.value is None or found.base is None:
        return found.lacks("本期" if found.value is None else "上年同期")
    gap = found.value.value - found.base.value
    if gap == 0:
        return _flat(found, "与上年同期持平", "增减量")
    if found.indicator.is_rate:
        return _moved(found, Change("增" if gap > 0 else "降", abs(gap)), "增减量")
    return _with_unit(found, "增加" if gap > 0 else "减少", abs(gap), "增减量")


def ratio(item: object, whole: object, decimals: int = 1) -> Said:
    """比重: 48.6%, the part's share of `whole`. F11, F13."""
    if isinstance(item, Missing) or isinstance(whole, Missing):
        return item if isinstance(item, Missing) else whole  # type: ignore[return-value]
    part, total = _figure(item), _figure(whole)
    if part.value is None or total.value is None:
        return (part if part.value is None else total).lacks("本期")
    top = _in_unit(part, part.value.value, total.unit)
    percent = arithmetic.share(top, total.value.value, decimals=_places(decimals))
    if percent is None:
        raise PhraseError(f"“{total.name}”为0，算不出比重", "换一个整体，或用 {% if %} 跳过这一句")
    origin = Origin(part.name, part.span, str(part.period), f"占{total.name}比重", unit="%", office=part.office)
    return Phrase(((plain(percent) + "%", origin),))


def _in_unit(figure: Figure, number: Decimal, unit: str) -> Decimal:
    """The number in another figure's unit. Errors: PhraseError when they do not convert."""
    same = not unit or not figure.unit or figure.unit == unit
    found = number if same else arithmetic.converted(number, figure.unit, unit)
    if found is None:
        raise PhraseError(f"“{figure.name}”的单位是{figure.unit}，与{unit}不能相比", "核对两个指标的单位")
    return found


def share(item: object, whole: object, decimals: int = 1) -> Said:
    """占比: 占比48.6%. F13, F23."""
    said = ratio(item, whole, decimals)
    return said if isinstance(said, Missing) else _join("占比", [said])


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
        return _flat(found, "与序时进度同步", "进度")
    said = (plain(abs(ahead)) + "个百分点", found.origin("进度", "个百分点"))
    return Phrase((("快于序时进度" if ahead > 0 else "慢于序时进度", None), said))


def _against_target(item: object) -> Missing | tuple[Figure, Decimal, Decimal]:
    if isinstance(item, Missing):
        return item
    found = _figure(item)
    if found.value is None or found.target is None:
        return found.lacks("本期" if found.value is None else "目标")
    done = arithmetic.share(found.value.value, found.target.value)
    ahead = arithmetic.progress_gap(found.value.value, found.target.value, found.period)
    if done is None or ahead is None:
        raise PhraseError(f"“{found.name}”的目标为0，算不出完成率", "核对目标")
    return found, done, ahead


def rank(item: object) -> Said:
    """位次: 居七县（市）首位, 居七县（市）第5位; 均居… when all ranks agree, else 分列…第2位、第5位. F14–F16."""
    figures = _figures(item)
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
    said = [Phrase(((_nth(r.place), f.origin("位次")),)) for f, r in ranks]
    return _join(f"分列{ranks[0][1].scope}", [_join("、", said, between=True)])


def _place(number: int) -> str:
    return "首位" if number == 1 else _nth(number)


def _nth(number: int) -> str:
    return f"第{number}位"


def parts(item: object) -> Said:
    """其中: 工贸领域4起、道路交通2起. F2."""
    if isinstance(item, Missing):
        return item
    found = _figure(item)
    if not found.parts:
        return found.lacks("其中")
    said: list[Phrase] = []
    for one in found.parts:
        words = amount(one, one.value)
        if isinstance(words, Missing):
            return words
        said.append(_join(one.name, [words]))
    return _join("、", said, between=True)


def convert(item: object, unit: str, 小数: int | None = None) -> Said:
    """换算: the value in another unit, exact, or rounded once to `小数` decimals."""
    if isinstance(item, Missing):
        return item
    found = _figure(item)
    if found.value is None:
        return found.lacks("本期")
    number = arithmetic.converted(found.value.value, found.unit, str(unit))
    if number is None:
        raise PhraseError(f"“{found.name}”的单位是{found.unit or '（无）'}，不能换算成{unit}", "核对指标.yaml里的单位")
    words = plain(number) if 小数 is None else f"{rounded(number, _places(小数)):f}"
    ahead: tuple[tuple[str, Origin | None], ...] = (("预计", None),) if found.estimate else ()
    return Phrase((*ahead, (words + str(unit), found.origin(f"换算为{unit}", str(unit)))))


def _places(number: object) -> int:
    """A count of decimals. Errors: PhraseError when it is none."""
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= 12:
        return number
    raise PhraseError("小数位数要写0到12的整数", "例：换算('亿元', 小数=2)")


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
        raise PhraseError(f"“{_short(item)}”写不成中文数", "中文数只用于0到一亿亿以内的整数")
    return Phrase(((chinese(int(number)), origin),))


def direction(case: str) -> Callable[[object], bool]:
    """The test `is 增长` / `is 下降` / `is 持平` of a figure's 同比."""

    def test(item: object) -> bool:
        if isinstance(item, Missing):
            return bool(item)
        found = arithmetic.yearly(_figure(item))
        if isinstance(found, Missing):
            return bool(found)
        return {"增长": found.rose, "持平": found.case in ("平", "近平", "均零")}.get(
            case, not found.rose and found.case not in ("平", "近平", "均零")
        )

    return test


def is_known(item: object) -> bool:
    """The test `is 已填`: the fact is there; an empty list counts as not filled."""
    if isinstance(item, Missing):
        return False
    if isinstance(item, Figure):
        return any(getattr(item, f) is not None for f in arithmetic.OPERANDS.values()) or bool(item.parts)
    return item is not None and item != "" and item != ()


@dataclass(frozen=True, slots=True)
class Filter:
    """One row of the vocabulary: Chinese name, English alias, function, and an example for the manual."""

    name: str
    alias: str
    run: Callable[..., Any]
    example: str


FILTERS = (
    Filter("数", "number", number_only, "{{ 事故起数|数 }} → 6"),
    Filter("同比", "yoy", yearly, "{{ [事故起数, 死亡人数]|同比 }} → 同比分别下降45.5%、50%"),
    Filter("环比", "mom", chained, "{{ 用电量|环比 }} → 环比增长10%"),
    Filter("增减", "change", moved, "{{ 民间投资|增减 }} → 增长44.7%"),
    Filter("增减量", "delta", difference, "{{ 事故起数|增减量 }} → 减少5起"),
    Filter("占比", "share", share, "{{ 规上企业|占比(企业) }} → 占比48.6%"),
    Filter("比重", "ratio", ratio, "占财政总收入比重{{ 税收收入|比重(财政总收入) }} → 48.6%"),
    Filter("完成率", "completion", completion, "{{ 完成投资|完成率 }} → 完成年度目标的35.4%"),
    Filter("进度", "progress", progress, "{{ 完成投资|进度 }} → 慢于序时进度6.3个百分点"),
    Filter("位次", "rank", rank, "{{ 民间投资|位次 }} → 居七县（市）首位"),
    Filter("其中", "parts", parts, "{{ 事故起数|其中 }} → 工贸领域4起、道路交通2起"),
    Filter("换算", "convert", convert, "{{ 税收收入|换算('亿元', 小数=2) }} → 1.75亿元"),
    Filter("条数", "count", lambda item: count(item), "{{ 重点项目|条数 }} → 3"),
    Filter("中文数", "chinese", chinese_number, "{{ 12|中文数 }} → 十二"),
)

TESTS: tuple[tuple[str, str, Callable[[object], bool], str], ...] = (
    ("已填", "known", is_known, "{% if 满意度 is 已填 %}"),
    ("增长", "up", direction("增长"), "{% if 财政总收入 is 增长 %}"),
    ("下降", "down", direction("下降"), "{% if 事故起数 is 下降 %}"),
    ("持平", "flat", direction("持平"), "{% if 事故起数 is 持平 %}"),
)

WORDS: dict[str, Callable[[Figure], str]] = {
    "单位": lambda f: f.unit,
    "名称": lambda f: f.name,
    "责任单位": lambda f: f.office,
    "来源": lambda f: f.notes.get("来源", f.indicator.source),
    "口径": lambda f: f.notes.get("口径", ""),
    "备注": lambda f: f.notes.get("备注", ""),
}
"""What a dot after a figure says besides its operands: {{ 事故起数.单位 }}."""


def count(item: object) -> Figure | Missing:
    """条数: how many items a list fact has, as a figure without unit."""
    if isinstance(item, Missing):
        return item
    if not isinstance(item, (list, tuple)):
        raise PhraseError(f"“{_short(item)}”不是列表，数不出条数", "条数用于列表事实")
    origin: Origin | None = getattr(item, "origin", None)
    name = origin.fact if origin else "列表"
    stem = period.parse(origin.period) if origin else None
    number = Number(Decimal(len(item)), str(len(item)))
    indicator = Indicator(name, kind="个数")
    return Figure(indicator, stem or period.part(2000, 12, 1), number, span=origin.span if origin else None, formula="条数")
