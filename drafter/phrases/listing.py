"""Several figures in one sentence: 列举, 概述. Source: official-style 4.3 (F5, F9, F10, F14–F17)."""

from __future__ import annotations

from collections.abc import Callable

from drafter.figure import Figure
from drafter.missing import Missing
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.change import chained, moved, yearly
from drafter.phrases.phrase import PLAN, Phrase, PhraseError, Said, amount, joined, one_figure, printed, sequence, short
from drafter.phrases.ranks import rank
from drafter.phrases.target import completion, progress
from drafter.source import Origin

_LIST = "{{ [自查, 交叉检查, 整改]|列举 }}"


@exactly
def listed(
    item: object,
    *,
    和: object = False,
    等: object = False,
    数在前: object = False,
    省零: object = False,
    预计: object = True,
) -> Said:
    """列举: 县级自查24个、交叉检查8个、整改1个; 数在前 24个县级自查、…; 和 joins the last one, 等 closes the list. F5.

    Text facts are listed as they are; 省零 leaves figures of 0 out; 预计 stands once in front when all are estimates.
    """
    last = option.yes(和, "和", f"{_LIST[:-3]}(和=true) }}}}")
    more = option.yes(等, "等", f"{_LIST[:-3]}(等=true) }}}}")
    ahead = option.yes(数在前, "数在前", f"{_LIST[:-3]}(数在前=true) }}}}")
    drop = option.yes(省零, "省零", f"{_LIST[:-3]}(省零=true) }}}}")
    estimates = option.yes(预计, "预计", f"{_LIST[:-3]}(预计=false) }}}}")
    items = [one for one in sequence(item) if not (drop and _is_zero(one))]
    if not items:
        raise PhraseError("各项都是0，没有可列举的", "用 {% if %} 跳过这一句，或去掉 省零")
    plan = estimates and len(items) > 1 and all(isinstance(one, Figure) and one.estimate for one in items)
    said = []
    for one in items:
        words = _item(one, number_first=ahead, estimate=estimates and not plan)
        if isinstance(words, Missing):
            return words
        said.append(words)
    return Phrase((*(PLAN if plan else ()), *_closed(said, last=last, more=more).pieces))


def _is_zero(item: object) -> bool:
    return isinstance(item, Figure) and item.value is not None and item.value.value == 0


def _item(item: object, *, number_first: bool, estimate: bool) -> Said:
    if isinstance(item, Missing):
        return item
    if isinstance(item, str):
        origin = getattr(item, "origin", None)
        return Phrase(((str(item), origin if isinstance(origin, Origin) else None),))
    if not isinstance(item, Figure):
        raise PhraseError(f"“{short(item)}”既不是数据也不是文字，不能列举", f"例：{_LIST}")
    said = amount(item, item.value, estimate=estimate)
    if isinstance(said, Missing):
        return said
    return joined("", [said, Phrase(((item.name, None),))]) if number_first else joined(item.name, [said])


def _closed(said: list[Phrase], *, last: bool, more: bool) -> Phrase:
    """Joined by 、; the last by 和, or 等 behind it, before which no 、 stands."""
    phrase = joined("、", said, between=True)
    if last and len(said) > 1:
        phrase = joined("和", [joined("、", said[:-1], between=True), said[-1]], between=True)
    return Phrase((*phrase.pieces, ("等", None))) if more else phrase


_CLAUSES: dict[str, Callable[[Figure], Said]] = {
    "同比": yearly,
    "环比": chained,
    "增减": lambda f: moved(f, 预计=False),
    "完成率": completion,
    "进度": progress,
    "位次": rank,
}
"""What 概述 may say of a figure, in this order."""
_EXAMPLE = "{{ 生产总值|概述('同比、位次') }}"


@exactly
def summary(item: object, 要: object = None, 动词: object = "", 位次: object = None, *, 预计: object = True) -> Said:
    """概述: 地区生产总值60.2亿元，同比增长3.9%，居七县（市）第5位; of a list joined by ；, F15 by ， with 均居. F9, F10.

    Without 要 it says growth and rank where they are known; what 要 names and is not known is missing. 动词 stands
    between name and value (完成). 位次 is the 写法 of ranks.
    """
    wanted = option.ways(要, tuple(_CLAUSES), _EXAMPLE) if 要 is not None else None
    verb = option.text(动词, "动词", "{{ 财政总收入|概述(动词='完成') }}")
    estimates = option.yes(预计, "预计", "{{ 财政总收入|概述(预计=false) }}")
    items = sequence(item)
    lacking = next((one for one in items if isinstance(one, Missing)), None)
    if lacking is not None:
        return lacking
    figures = [one_figure(one) for one in items]
    plan = estimates and len(figures) > 1 and all(f.estimate for f in figures)
    shared = _share_rank(figures, wanted)
    said = []
    for one in figures:
        words = _summary(
            one, wanted, verb, None if shared else 位次, estimate=estimates and not plan, ranked=not shared
        )
        if isinstance(words, Missing):
            return words
        said.append(words)
    return _all_said(said, figures, 位次, plan=plan, shared=shared)


def _all_said(said: list[Phrase], figures: list[Figure], style: object, *, plan: bool, shared: bool) -> Said:
    ahead = PLAN if plan else ()
    if not shared:
        mark = "；" if any("，" in str(one) for one in said) else "，"
        return Phrase((*ahead, *joined(mark, said, between=True).pieces))
    place = rank(figures, style)
    return place if isinstance(place, Missing) else Phrase((*ahead, *joined("，", [*said, place], between=True).pieces))


def _share_rank(figures: list[Figure], wanted: frozenset[str] | None) -> bool:
    """Whether one 均居 behind all is unambiguous: equal ranks, and nothing but a growth or a value of each."""
    ranks = [f.rank for f in figures]
    if len(figures) < 2 or None in ranks or (wanted is not None and "位次" not in wanted):
        return False
    same = len({(r.scope, r.place, r.tied) for r in ranks if r is not None}) == 1
    return same and all(len(_kinds(f, wanted)) + (f.value is not None) == 2 for f in figures)


def _kinds(figure: Figure, wanted: frozenset[str] | None) -> list[str]:
    """What is said of the figure besides its value."""
    if wanted is not None:
        return [k for k in _CLAUSES if k in wanted]
    found = [] if isinstance(arithmetic.yearly(figure), Missing) else ["同比" if figure.value is not None else "增减"]
    return [*found, *(["位次"] if figure.rank is not None else [])]


def _summary(
    figure: Figure, wanted: frozenset[str] | None, verb: str, style: object, *, estimate: bool, ranked: bool
) -> Said:
    """One figure's clauses, joined by ，; a growth alone follows the name without 同比: 民间投资增长44.7%. F14."""
    kinds = [k for k in _kinds(figure, wanted) if ranked or k != "位次"]
    plan = PLAN if estimate and figure.estimate else ()
    clauses: list[Phrase] = []
    if figure.value is not None:
        words, unit = printed(figure, figure.value)
        clauses.append(Phrase((*plan, (verb, None), (words + unit, figure.origin("", unit)))))
    elif not kinds:
        return figure.lacks("本期")
    for kind in kinds:
        said = rank(figure, style) if kind == "位次" else _CLAUSES[kind](figure)
        if isinstance(said, Missing):
            return said
        clauses.append(said if clauses else Phrase((*plan, *said.pieces)))
    return joined(figure.name, [joined("，", clauses, between=True)])
