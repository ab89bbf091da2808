"""Wholes and their parts: 其中 and what they leave. Source: official-style 4.3 (F2, F3, F11, F18), 4.5."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from drafter.figure import Figure, Indicator, sources_of
from drafter.measure import converted
from drafter.missing import Missing
from drafter.numeral import Number, plain, rounded
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.change import chained, moved, yearly
from drafter.phrases.phrase import PhraseError, Said, amount, joined, several
from drafter.phrases.relation import in_unit, share

_BESIDE: dict[str, Callable[[Figure, Figure], Said]] = {
    "占比": share,
    "同比": lambda part, _: yearly(part),
    "环比": lambda part, _: chained(part),
    "增减": lambda part, _: moved(part, 预计=False),
}
"""附: what may be said beside every part."""
_EXAMPLE = "{{ 事故起数|其中(余项='其他') }}"


@exactly
def parts(
    item: object,
    余项: object = None,
    *,
    省零: object = False,
    附: object = None,
    称: object = None,
    预计: object = True,
) -> Said:
    """其中: 工贸领域4起、道路交通2起; of a list of wholes with the same parts 工贸领域4起、4人；道路交通2起、2人. F2.

    余项 names what is left over (其他), said only when something is; 省零 leaves out parts of 0 (F3); 附 adds each part's
    share or change; 称 are the words in front of each figure's amounts (['', '死亡']).
    """
    rest = None if 余项 is None else option.text(余项, "余项", _EXAMPLE)
    drop = option.yes(省零, "省零", "{{ 事故起数|其中(省零=true) }}")
    beside = option.ways(附, tuple(_BESIDE), "{{ 财政总收入|其中(附='占比') }}")
    estimates = option.yes(预计, "预计", "{{ 门票收入|其中(预计=false) }}")
    wholes = several(item)
    if isinstance(wholes, Missing):
        return wholes
    called = _words(称, len(wholes))
    if beside and len(wholes) > 1:
        raise PhraseError("几个数据一起说其中时，不能再附占比或同比", "分开写，或去掉 附")
    table = _table(wholes, rest)
    if isinstance(table, Missing):
        return table
    rows = [row for row in table if not (drop and all(f.value is not None and f.value.value == 0 for f in row))]
    if not rows:
        raise PhraseError(f"“{wholes[0].name}”的其中各项都是0", "用 {% if %} 跳过这一句，或去掉 省零")
    ahead = estimates and all(f.estimate for row in rows for f in row) and len(rows) > 1
    said = []
    for row in rows:
        words = _row(row, wholes, beside, called, estimate=estimates and not ahead)
        if isinstance(words, Missing):
            return words
        said.append(words)
    long = any("、" in str(one)[len(row[0].name) :] or "，" in str(one) for one, row in zip(said, rows, strict=True))
    return joined("预计" if ahead else "", [joined("；" if long else "、", said, between=True)])


def _words(said: object, many: int) -> list[str]:
    if said is None:
        return [""] * many
    if isinstance(said, (list, tuple)) and len(said) == many and all(isinstance(w, str) for w in said):
        return [str(w) for w in said]
    raise PhraseError("称要给每个数据写一个词", "例：{{ [事故起数, 死亡人数]|其中(称=['', '死亡']) }}")


def _table(wholes: list[Figure], rest: str | None) -> list[list[Figure]] | Missing:
    """Rows of parts, one column for each whole, in the order of the first; what is left over comes last."""
    for whole in wholes:
        if not whole.parts:
            return whole.lacks("其中")
    names = list(dict.fromkeys(part.name for whole in wholes for part in whole.parts))
    rows = []
    for name in names:
        row = []
        for whole in wholes:
            part = next((p for p in whole.parts if p.name == name), None)
            if part is None or part.value is None:
                return _lacking(whole, part, name)
            row.append(part)
        rows.append(row)
    return rows if rest is None else _with_rest(rows, wholes, rest)


def _lacking(whole: Figure, part: Figure | None, name: str) -> Missing:
    """A part that is not there, or has no value."""
    found = (whole if part is None else part).lacks("本期")
    asked, entry = f"{whole.lacks('本期').asked}.{name}", whole.entry_of(f"的{name}")
    return replace(found, name=f"{whole.name}的{name}", asked=asked, entry=entry)


def _with_rest(rows: list[list[Figure]], wholes: list[Figure], rest: str) -> list[list[Figure]] | Missing:
    row = []
    for index, whole in enumerate(wholes):
        if whole.value is None:
            return whole.lacks("本期")
        left = remainder(whole, [r[index] for r in rows])
        indicator = replace(whole.indicator, name=rest)
        estimate = whole.estimate and all(r[index].estimate for r in rows)
        row.append(left_over(whole, [r[index] for r in rows], indicator, left, estimate=estimate))
    return [*rows, row] if any(f.value is not None and f.value.value for f in row) else rows


def left_over(
    whole: Figure, parts: Sequence[Figure], indicator: Indicator, left: Number, *, estimate: bool = False
) -> Figure:
    """余项 as a figure that knows what it is made of."""
    sources = sources_of([(f.name, f) for f in (whole, *parts)])
    inside = whole.entry or any(part.entry for part in parts)
    entry = f"{whole.fact}的{indicator.name}" if inside else ""
    made = Figure(indicator, whole.period, left, estimate=estimate, span=whole.span, formula="余项", entry=entry)
    return replace(made, sources=sources)


def remainder(whole: Figure, parts: list[Figure], *, tolerant: bool = True) -> Number:
    """What the parts leave of the whole; counts are exact, and `tolerant` says 0 when rounding explains it.

    Source: official-style 4.5.
    Errors: PhraseError when the parts are more than the whole, are rates, or approximate.
    """
    assert whole.value is not None
    numbers = [whole.value, *(p.value for p in parts if p.value is not None)]
    if whole.indicator.is_rate:
        raise PhraseError(f"“{whole.name}”是比率，各项相加没有意义，说不出余项", "去掉 余项")
    if arithmetic.approximate(*numbers):
        raise PhraseError(f"“{whole.name}”或其中有约数，算不出余项", "去掉 余项，或写准确的数")
    left = whole.value.value - sum((in_unit(p, p.value.value, whole.unit) for p in parts if p.value), Decimal(0))
    slack = _slack(whole, numbers)
    if left < -slack:
        raise PhraseError(f"“{whole.name}”其中各项合计比总数多{plain(-left)}{whole.unit}", "核对各项和总数")
    shown = Decimal(0) if left <= (slack if tolerant else 0) else left
    written = {_places(n, whole) for n in numbers}
    return Number(shown, f"{rounded(shown, written.pop()):f}" if len(written) == 1 else plain(shown))


def _slack(whole: Figure, numbers: list[Number]) -> Decimal:
    """How much rounding may explain: half of every last digit; nothing of whole counts."""
    whole_counts = all(n.value == n.value.to_integral_value() and n.written[-1:] not in "万亿" for n in numbers)
    if whole.indicator.is_count and whole_counts:
        return Decimal(0)
    return sum((arithmetic.step(n, _factor(n, whole)) for n in numbers), Decimal(0)) / 2


def _factor(number: Number, whole: Figure) -> Decimal:
    return converted(Decimal(1), number.unit or whole.unit, whole.unit) or Decimal(1)


def _places(number: Number, whole: Figure) -> int:
    """Decimals of the last written digit, in the unit of the whole."""
    exponent = arithmetic.step(number, _factor(number, whole)).normalize().as_tuple().exponent
    return max(-int(exponent), 0)


def _row(row: list[Figure], wholes: list[Figure], beside: frozenset[str], called: list[str], *, estimate: bool) -> Said:
    """工贸领域4起、死亡4人; or 税收收入10亿元，占比62.5%."""
    cells = []
    for figure, word in zip(row, called, strict=True):
        said = amount(figure, figure.value, estimate=estimate)
        if isinstance(said, Missing):
            return said
        cells.append(joined(word, [said]))
    clauses = [joined("、", cells, between=True)]
    left_over = row[0].formula == "余项"
    for kind in (k for k in _BESIDE if k in beside and (k == "占比" or not left_over)):
        said = _BESIDE[kind](row[0], wholes[0])
        if isinstance(said, Missing):
            return said
        clauses.append(said)
    return joined(row[0].name, [joined("，", clauses, between=True)])
