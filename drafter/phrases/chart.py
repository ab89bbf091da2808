"""柱状图, 折线图, 饼图: figures as the text of a chart, a caption and pipe rows, every number knowing its fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from drafter.figure import Figure
from drafter.missing import Missing
from drafter.outline import BAR, LINE, PIE
from drafter.phrases import option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.drawn import Drawn, Value, compared, drawn, label, measured
from drafter.phrases.phrase import Phrase, PhraseError, Piece, Said
from drafter.phrases.whole import left_over, remainder


@exactly
def bar(
    item: object,
    列: object = None,
    *,
    标题: object = None,
    单位: object = None,
    附表: object = True,
    对比: object = False,
    小数: object = None,
) -> Said:
    """柱状图: parts of a figure, figures side by side, rows of a table or a ranking, one figure over several periods.

    列 names the fields of the rows that are drawn; 对比 draws 上年同期 beside; 附表 (the default) puts the numbers below as a table;
    all numbers are converted to 单位, else to that of the first.
    """
    return _drawn(BAR, item, _Asked.of(BAR, 列, 标题, 单位, 附表, 对比, 小数))


@exactly
def line(
    item: object,
    列: object = None,
    *,
    标题: object = None,
    单位: object = None,
    附表: object = True,
    对比: object = False,
    小数: object = None,
) -> Said:
    """折线图: as 柱状图, as lines with marks."""
    return _drawn(LINE, item, _Asked.of(LINE, 列, 标题, 单位, 附表, 对比, 小数))


@exactly
def pie(
    item: object,
    列: object = None,
    *,
    标题: object = None,
    单位: object = None,
    附表: object = True,
    余项: object = None,
    小数: object = None,
) -> Said:
    """饼图: one series of amounts that make a whole; 余项 names what the parts leave of the whole (其他).

    Errors: PhraseError for negative numbers, for several series, and for parts that do not make their whole.
    """
    asked = _Asked.of(PIE, 列, 标题, 单位, 附表, "否", 小数)
    rest = None if 余项 is None else option.text(余项, "余项", f"{PIE}(余项='其他')")
    return _drawn(PIE, _slices(item, rest) if isinstance(item, Figure) and item.parts else item, asked, whole=item)


def _slices(whole: Figure, rest: str | None) -> tuple[Value, ...]:
    """The parts of a figure with what they leave of it; nothing is left of a rate, or where something is not known.

    Errors: PhraseError where they do not make the whole, which a circle would hide.
    """
    if rest is not None and whole.value is None:
        return (*whole.parts, replace(whole.lacks("本期"), name=rest, entry=whole.entry_of(f"的{rest}")))
    numbers = [whole.value, *(part.value for part in whole.parts)]
    if whole.indicator.is_rate or any(n is None or any(n.hints) for n in numbers):
        return whole.parts
    left = remainder(whole, list(whole.parts))
    if not left.value:
        return whole.parts
    if rest is None:
        words = f"“{whole.name}”其中各项合计比总数少{left.written}{whole.unit}，饼图会把各项当成全部"
        raise PhraseError(words, f"把剩下的也画上，例：{PIE}(余项='其他')，或补上其中的各项")
    indicator = replace(whole.indicator, name=rest)
    return (*whole.parts, left_over(whole, whole.parts, indicator, left))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of a chart, judged."""

    columns: tuple[tuple[str, str], ...]
    caption: str
    unit: str
    table: bool
    compared: bool
    places: int | None

    @staticmethod
    def of(kind: str, *said: object) -> _Asked:
        columns, caption, unit, table, compared, places = said
        example = f"{kind}(标题='各月税收收入', 单位='亿元', 附表=false)"
        return _Asked(
            option.columns(columns, f"{kind}(列=['本期', '上年同期'])"),
            option.title(caption, "标题", example),
            option.title(unit, "单位", example),
            option.yes(table, "附表", example),
            option.yes(compared, "对比", f"{kind}(对比=true)"),
            option.some_places(places, f"{kind}(小数=1)"),
        )


def _drawn(kind: str, item: object, asked: _Asked, whole: object = None) -> Said:
    if isinstance(item, Missing):
        return item
    rows = drawn(item, asked.columns)
    if asked.compared:
        rows = replace(rows, columns=compared(rows.columns))
    rows, unit = measured(rows, asked.unit)
    rows = replace(rows, columns=tuple(replace(c, places=asked.places) for c in rows.columns))
    if kind == PIE:
        _may_be_pie(rows, unit)
    own = rows.name or (whole.name if isinstance(whole, Figure) else "")
    caption = asked.caption or own
    if not caption:
        raise PhraseError("图要有标题", f"写上标题，例：{kind}(标题='各月税收收入')")
    said = f"（{kind}，附表）" if asked.table else f"（{kind}）"
    head = caption if caption.startswith("图") and caption[1:2].isdigit() else f"图：{caption}"
    return Phrase(tuple(_pieces(f"{head}{said}", unit, rows)))


def _may_be_pie(rows: Drawn, unit: str) -> None:
    """Errors: PhraseError for what no circle can show."""
    if len(rows.columns) > 1:
        names = "、".join(column.head for column in rows.columns)
        raise PhraseError(f"饼图只能画一列数，这里有{names}", "用 列='…' 选一项，或改用 柱状图")
    figures = rows.figures
    below = next((f for f in figures if f.value is not None and f.value.value < 0), None)
    if below is not None:
        raise PhraseError(f"“{below.name}”是负数，画不成饼图", "改用 柱状图")
    if not unit and len({figure.unit for figure in figures}) > 1:
        raise PhraseError("各项的单位不同，合不成一个饼图", "改用 柱状图")
    if figures and all(f.value is not None and f.value.value == 0 for f in figures):
        raise PhraseError("各项都是0，画不成饼图", "先用 {% if %} 问一问，或改用 柱状图")


def _pieces(caption: str, unit: str, rows: Drawn) -> Iterator[Piece]:
    """The lines of the chart, a line end in front and behind, so that it stands alone."""
    yield "\n", None
    yield f"{caption}\n", None
    if unit:
        yield f"单位：{unit}\n", None
    heads = (rows.corner, *(column.head for column in rows.columns))
    yield f"| {' | '.join(label(head)[0][0] for head in heads)} |\n|{' --- |' * len(heads)}\n", None
    for at, name in enumerate(rows.labels):
        values: list[Any] = [column.values[at] for column in rows.columns]
        yield "| ", None
        yield from name
        if any(isinstance(value, Figure) and value.estimate for value in values):
            yield "（预计）", None
        for column, value in zip(rows.columns, values, strict=True):
            yield " | ", None
            yield from column.cell(replace(value, estimate=False) if isinstance(value, Figure) else value)
        yield " |\n", None
