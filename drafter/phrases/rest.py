"""What is left: 除外. Source: official-style 4.3 (F6)."""

from __future__ import annotations

from dataclasses import replace

from drafter.figure import Figure, sources_of
from drafter.missing import Missing
from drafter.numeral import rounded
from drafter.phrases import option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.phrase import PLAN, Phrase, PhraseError, Said, amount, joined, one_figure
from drafter.phrases.whole import remainder

_QUANTIFIERS = ("全部", "均已", "均", "都已", "都", "已")
_PLAIN_VERB = "除外(推进中, 做='正在按时序推进', 余='全部完成')"


@exactly
def except_for(item: object, pending: object = None, 做: object = "正在推进", 余: object = "全部完成") -> Said:
    """除外: 除1项正在推进外，其余3项全部完成; none pending 4项全部完成, all pending 4项均正在推进, one left 其余1项已完成. F6."""
    example = f"{{{{ 整改任务|{_PLAIN_VERB} }}}}"
    doing, done = option.text(做, "做", example), option.text(余, "余", example)
    if pending is None:
        raise PhraseError("除外要说明除去哪一项", f"例：{example}")
    for one in (item, pending):
        if isinstance(one, Missing):
            return one
    whole, some = one_figure(item), one_figure(pending)
    if whole.value is None or some.value is None:
        return (whole if whole.value is None else some).lacks("本期")
    below = next((f for f in (whole, some) if f.value and f.value.value < 0), None)
    if below is not None:
        raise PhraseError(f"“{below.name}”是负数，不能说除外", "核对两个数")
    sources = sources_of([(whole.name, whole), (some.name, some)])
    left = replace(whole, value=remainder(whole, [some], tolerant=False), formula="其余", sources=sources)
    return joined("", [Phrase(PLAN if whole.estimate else ()), _excepting(whole, some, left, doing, done)])


def _excepting(whole: Figure, some: Figure, left: Figure, doing: str, done: str) -> Phrase:
    if _is(whole, 0):
        raise PhraseError(f"“{whole.name}”为0，没有可说的", "用 {% if %} 跳过这一句")
    if _is(some, 0):
        return _counted(whole, whole, done, bare=False)
    if _is(left, 0):
        return _counted(whole, whole, doing if _is(whole, 1) else f"均{_bare(doing)}", bare=False)
    first, second = _counted(some, whole, f"{doing}外，其余", bare=True), _counted(left, whole, done, bare=False)
    return joined("除", [first, second])


def _counted(figure: Figure, whole: Figure, words: str, *, bare: bool) -> Phrase:
    """3项全部完成; 1项已完成: of one thing nothing is 全部."""
    own = replace(figure, indicator=replace(figure.indicator, unit=figure.unit or whole.unit))
    said = amount(own, figure.value, estimate=False)
    assert isinstance(said, Phrase)
    if not bare and _is(figure, 1) and words.startswith(_QUANTIFIERS):
        rest = _bare(words)
        words = rest if rest.startswith(("正在", "已", "在", "未")) else f"已{rest}"
    return Phrase((*said.pieces, (words, None)))


def _is(figure: Figure, number: int) -> bool:
    """Whether it prints as this number."""
    assert figure.value is not None
    places = figure.indicator.decimals
    return number == (figure.value.value if places is None else rounded(figure.value.value, places))


def _bare(words: str) -> str:
    """The words without 全部, 均 and the like."""
    found = next((q for q in _QUANTIFIERS if words.startswith(q)), "")
    return words[len(found) :]
