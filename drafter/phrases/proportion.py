"""比例: 21.5∶36.1∶42.4. Source: official-style 4.3 (F30), 4.5."""

from __future__ import annotations

from decimal import Decimal

from drafter.figure import Figure
from drafter.missing import Missing
from drafter.numeral import plain, rounded
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.phrase import Phrase, PhraseError, Said, joined, several
from drafter.phrases.relation import in_unit


@exactly
def proportion(item: object, 小数: object = 1, *, 平衡: object = False) -> Said:
    """比例: 21.5∶36.1∶42.4 of given shares, as they are; levels are turned into shares. F30.

    平衡 makes them add up to exactly 100 (largest remainder); else they stay as rounded. Given shares that add up to
    something else than rounding explains are an error.
    """
    places = option.places(小数, "[一产, 二产, 三产]|比例(小数=2)")
    balanced = option.yes(平衡, "平衡", "[一产, 二产, 三产]|比例(平衡=true)")
    figures = several(item)
    if isinstance(figures, Missing):
        return figures
    lacking = next((f for f in figures if f.value is None), None)
    if lacking is not None:
        return lacking.lacks("本期")
    _check_proportion(figures)
    shares = _shares(figures, places, balanced=balanced)
    words = [Phrase(((text, f.origin("比例")),)) for f, text in zip(figures, shares, strict=True)]
    return joined("∶", words, between=True)


def _check_proportion(figures: list[Figure]) -> None:
    if len(figures) < 2:
        raise PhraseError("比例至少要两项", "例：{{ [一产, 二产, 三产]|比例 }}")
    if len({f.indicator.is_rate for f in figures}) > 1:
        raise PhraseError("比例的各项要么都是比重，要么都是总量", "核对各项的单位和性质")
    below = next((f for f in figures if f.value and f.value.value < 0), None)
    if below is not None:
        raise PhraseError(f"“{below.name}”是负数，不能说比例", "核对各项")
    if arithmetic.approximate(*(f.value for f in figures)):
        raise PhraseError("各项中有约数，算不出比例", "写准确的数")


def _shares(figures: list[Figure], places: int, *, balanced: bool) -> list[str]:
    """The shares as text, all with the same decimals unless every one is whole."""
    values = [in_unit(f, f.value.value, figures[0].unit) for f in figures if f.value is not None]
    whole = sum(values, Decimal(0))
    if figures[0].indicator.is_rate:
        slack = sum((arithmetic.step(f.value) for f in figures if f.value), Decimal(0)) / 2
        if abs(whole - 100) > slack:
            raise PhraseError(f"各项比重合计{plain(whole)}%，不是100%", "核对各项；还有别的项就一起写上")
        if not balanced:
            return [f.value.written for f in figures if f.value is not None]
    if whole == 0:
        raise PhraseError("各项都是0，不能说比例", "用 {% if %} 跳过这一句")
    if balanced:
        shares = arithmetic.apportioned(values, places)
    else:
        shares = [rounded(arithmetic.quotient(v * 100, whole), places) for v in values]
    plainly = all(s == s.to_integral_value() for s in shares)
    return [plain(s) if plainly else f"{s:f}" for s in shares]
