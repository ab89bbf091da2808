"""How a figure stands to its target: 完成率, 进度, 完成情况. Source: official-style 4.3 (F19, F29)."""

from __future__ import annotations

from decimal import Decimal

from drafter.figure import POINTS, Figure
from drafter.missing import Missing
from drafter.numeral import plain, rounded
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.change import shown
from drafter.phrases.phrase import Phrase, PhraseError, Said, flat, joined, one_figure, planned, sequence
from drafter.phrases.relation import MORE_PLACES, percent_words
from drafter.source import Origin


@exactly
def completion(item: object, 小数: object = None) -> Said:
    """完成率: 完成年度目标的35.4%; of a list 分别完成年度目标的35.4%、40%. F19, F29."""
    places = option.some_places(小数, "完成率(小数=2)")
    said = []
    for one in sequence(item):
        found = _against_target(one)
        if isinstance(found, Missing):
            return found
        figure, value, target = found
        words = f"{percent_words(value, target, places)}%"
        said.append(Phrase(((words, figure.origin("完成率", "%")),)))
    return joined("分别完成年度目标的" if len(said) > 1 else "完成年度目标的", [joined("、", said, between=True)])


@exactly
def progress(item: object) -> Said:
    """进度: 慢于序时进度6.3个百分点, 快于…, 与序时进度同步. F19."""
    found = _against_target(item)
    if isinstance(found, Missing):
        return found
    figure, value, target = found
    ahead = arithmetic.progress_gap(value, target, figure.period)
    if not ahead:
        return flat(figure, "与序时进度同步", "进度")
    said = (plain(abs(ahead)) + "个百分点", figure.origin("进度", "个百分点"))
    return Phrase((("快于序时进度" if ahead > 0 else "慢于序时进度", None), said))


def _against_target(item: object) -> Missing | tuple[Figure, Decimal, Decimal]:
    """The figure, its value and its target above 0. Errors: PhraseError when no percentage can be said."""
    found = _with_target(item)
    if isinstance(found, Missing):
        return found
    figure, value, target = found
    if target == 0:
        raise PhraseError(f"“{figure.name}”的目标为0，算不出完成率", "核对目标")
    if value < 0 or target < 0:
        raise PhraseError(f"“{figure.name}”的{'本期数' if value < 0 else '目标'}是负数，算不出完成率", "核对本期和目标")
    return found


def _with_target(item: object) -> Missing | tuple[Figure, Decimal, Decimal]:
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    done = found.total or found.value
    if done is None or found.target is None:
        return found.lacks("本期" if done is None else "目标")
    return found, done.value, found.target.value


@exactly
def achievement(item: object, *, 提前: object = False) -> Said:
    """完成情况: 全面完成年度目标, 超额完成年度目标5.2%, 完成年度目标的35.4%, each with 提前N个月 on demand. F29.

    A rate says how far it is from its target (高于年度目标1.5个百分点), a limit (越低越好) whether it was kept.
    """
    found = _with_target(item)
    if isinstance(found, Missing):
        return found
    figure, value, target = found
    if figure.indicator.polarity == "越低越好":
        return planned(figure, _kept(figure, value, target))
    if figure.indicator.is_rate:
        return planned(figure, _of_rate(figure, value, target))
    checked = completion(figure)
    if isinstance(checked, Missing) or value < target:
        return checked if isinstance(checked, Missing) else planned(figure, checked)
    return planned(figure, _achieved(figure, value, target, _months_ahead(figure, target, 提前)))


def _achieved(figure: Figure, value: Decimal, target: Decimal, ahead: tuple[tuple[str, Origin | None], ...]) -> Phrase:
    over = rounded(arithmetic.quotient((value - target) * 100, target), 1)
    if over == 0:
        return Phrase((*ahead, *flat(figure, "全面完成年度目标", "完成情况").pieces))
    return Phrase((*ahead, ("超额完成年度目标", None), (f"{plain(over)}%", figure.origin("完成情况", "%"))))


def _of_rate(figure: Figure, value: Decimal, target: Decimal) -> Phrase:
    gap = value - target
    if gap == 0:
        return flat(figure, "达到年度目标", "完成情况")
    words = ("高于" if gap > 0 else "低于") + "年度目标"
    amount, unit = _apart(figure, gap)
    return Phrase(((words, None), (amount + unit, figure.origin("完成情况", unit))))


def _apart(figure: Figure, gap: Decimal) -> tuple[str, str]:
    """(how far a rate is from its target, in 百分点 or its own unit)."""
    unit = figure.indicator.points
    return (_enough(gap) if unit == POINTS else plain(abs(gap))), unit


def _enough(gap: Decimal, places: int = 1) -> str:
    """An unsigned difference, with more decimals where rounding would leave nothing of it."""
    found = next((f for n in range(places, MORE_PLACES) if (f := rounded(abs(gap), n))), abs(gap))
    return plain(found)


def _kept(figure: Figure, value: Decimal, target: Decimal) -> Phrase:
    """A limit: 控制在年度目标以内 (which includes the limit itself), or by how much it was passed."""
    if value <= target:
        return flat(figure, "控制在年度目标以内", "完成情况")
    rate = figure.indicator.is_rate
    amount, unit = _apart(figure, value - target) if rate else shown(figure, value - target)
    return Phrase((("超出年度目标", None), (amount + unit, figure.origin("完成情况", unit))))


def _months_ahead(figure: Figure, target: Decimal, said: object) -> tuple[tuple[str, Origin | None], ...]:
    """提前3个月: as many as said, or with true the rest of the year; nothing in December.

    Errors: PhraseError when the target was met in an earlier period already, so that nobody knows the month.
    """
    example = "完成情况(提前=true)，或写明几个月：完成情况(提前=4)"
    if isinstance(said, bool) or not isinstance(said, int):
        wanted = option.yes(said, "提前", example)
        months = 12 - figure.period.month if wanted else 0
        earlier = figure.previous is not None and figure.previous.value >= target
        if months and earlier:
            raise PhraseError(f"“{figure.name}”上期就已完成目标，不知道提前几个月", "写明：完成情况(提前=4)")
    elif 1 <= said <= 11:
        months = said
    else:
        raise PhraseError("提前的月数要写1到11", f"例：{example}")
    return ((f"提前{months}个月", figure.origin("完成情况")),) if months else ()
