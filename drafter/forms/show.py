"""The facts of a period as rows: values, comparisons and where each comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from drafter import period as periods
from drafter import phrases
from drafter.facts import Facts, Record, Rows, Told, Value
from drafter.figure import Figure
from drafter.forms.form import filled
from drafter.forms.missing import NO_OFFICE
from drafter.missing import Missing
from drafter.numeral import Number
from drafter.period import Period
from drafter.report import DATA, SHARED
from drafter.source import Span
from drafter.yamlfile.slip import folded

SAYS = {row.name: row.run for row in phrases.FILTERS}
TEXT_LIMIT = 24
"""Characters of a text that a row shows."""
GIVEN, COMPUTED = "填", "算"
PART = "  其中："
COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("名称", lambda row: row.name),
    ("数值", lambda row: row.value or ("（待补）" if row.kind == "missing" else "—")),
    ("累计", lambda row: row.total),
    ("同比", lambda row: row.change),
    ("环比", lambda row: row.chained),
    ("位次", lambda row: row.rank),
    ("目标", lambda row: row.target),
    ("完成率", lambda row: row.progress),
    ("上年同期", lambda row: row.base),
    ("备注", lambda row: row.remark),
    ("出处", lambda row: str(row.span or "")),
    ("上年同期出处", lambda row: row.base_from),
)
"""The columns of the table and what stands in them."""
ALWAYS = ("名称", "数值", "出处")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: `change` and `chained` are 同比 and 环比 with 填 or 算 behind; `base_from` is where 上年同期 stands."""

    name: str
    kind: str
    value: str
    unit: str = ""
    change: str = ""
    chained: str = ""
    rank: str = ""
    progress: str = ""
    base: str = ""
    base_from: str = ""
    estimate: bool = False
    formula: str = ""
    office: str = ""
    span: Span | None = None
    total: str = ""
    target: str = ""
    parts: tuple[Row, ...] = ()

    @property
    def remark(self) -> str:
        """预计 and how it was derived."""
        return "，".join(word for word in ("预计" if self.estimate else "", self.formula) if word)

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        at = self.span
        return {
            "name": self.name, "kind": self.kind, "value": self.value, "unit": self.unit, "change": self.change,
            "chained": self.chained, "rank": self.rank, "progress": self.progress, "base": self.base,
            "base_from": self.base_from, "estimate": self.estimate, "formula": self.formula, "office": self.office,
            "file": at.file if at else "", "line": at.line if at else 0, "column": at.column if at else 0,
            "cell": at.cell if at else "", "total": self.total, "target": self.target,
            "parts": [part.as_json() for part in self.parts],
        }  # fmt: skip


def rows(facts: Facts) -> tuple[Row, ...]:
    """Every fact that stands in the period's files, in order, filled or empty."""
    return tuple(row(facts, name, facts.get(name)) for name in facts.own_names() if name != "期间")


def unfilled(facts: Facts, known: Iterable[Period] = ()) -> tuple[Row, ...]:
    """Facts that an indicator knows and no file of the period gives, nor anything that is computed.

    `known` are the department's periods: an indicator of 公共 that none of them ever gave is some other department's.
    """
    own = {folded(name) for name in facts.own_names()}
    ever = {folded(name) for period in known for name in facts.for_period(period).own_names()}
    found = []
    for key, indicator in facts.indicators.items():
        others = key not in ever and indicator.span is not None and indicator.span.file.startswith(f"{DATA}/{SHARED}/")
        if key not in own and not others and isinstance(facts.get(key), Missing):
            name = next((n for n in facts.names() if folded(n) == key), indicator.name)
            found.append(Row(name, "missing", "", indicator.unit, office=indicator.office, span=indicator.span))
    return tuple(found)


def by_office(found: tuple[Row, ...]) -> dict[str, list[str]]:
    """Names by 责任单位."""
    offices: dict[str, list[str]] = {}
    for one in found:
        offices.setdefault(one.office or NO_OFFICE, []).append(one.name)
    return offices


def row(facts: Facts, name: str, value: Value) -> Row:
    """One fact as a row; a row of a form that nobody filled is missing."""
    made = _row(facts, name, value)
    return made if made.kind == "missing" or filled(value) else replace(made, kind="missing", value="")


def _row(facts: Facts, name: str, value: Value) -> Row:
    match value:
        case Figure():
            return _figure(facts, name, value)
        case Told():
            return Row(name, "text", short(value), span=value.origin.span)
        case Rows():
            return Row(name, "list", _listed(value), span=value.origin.span)
        case Record():
            return Row(name, "group", "、".join(f"{key}" for key in value), span=value.origin.span)
        case Missing():
            unit = facts.indicators[folded(name)].unit if folded(name) in facts.indicators else ""
            return Row(name, "missing", "", unit, office=value.office, span=value.span)


def short(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= TEXT_LIMIT else line[: TEXT_LIMIT - 1] + "…"


def _listed(value: Rows) -> str:
    items = [item for item in value if filled(item)]
    names = dict.fromkeys(key for item in items if isinstance(item, Record) for key in item)
    return f"{len(items)}项" + ("：" + "、".join(names) if names else "")


def _figure(facts: Facts, name: str, figure: Figure) -> Row:
    base = facts.for_period(periods.last_year(facts.period)).get(name) if figure.base is not None else None
    made = _of_figure(name, figure, base)
    return replace(made, parts=tuple(_part(part, base) for part in figure.parts))


def _part(part: Figure, base: Value | None) -> Row:
    """One part of 其中; `base` is the whole of last year."""
    then = base.parts if isinstance(base, Figure) else ()
    made = _of_figure(part.name, part, next((one for one in then if one.name == part.name), None))
    return made if filled(part) else replace(made, kind="missing")


def _of_figure(name: str, figure: Figure, base: Value | None) -> Row:
    given = figure.places.get("上年同期")
    source = given or (base.span if isinstance(base, Figure) else None)
    return Row(
        name,
        "figure",
        _with_unit(figure, figure.value),
        figure.unit,
        _moved(figure, "增减", given=figure.growth is not None),
        _moved(figure, "环比", given=figure.chain_growth is not None).removeprefix("环比"),
        said(figure, "位次") if figure.rank else "",
        said(figure, "完成率").removeprefix("完成年度目标的") if figure.target is not None else "",
        _with_unit(figure, figure.base),
        str(source) if source and figure.base else "",
        figure.estimate,
        figure.formula,
        figure.office,
        figure.span,
        _with_unit(figure, figure.total),
        _with_unit(figure, figure.target),
    )


def _with_unit(figure: Figure, number: Number | None) -> str:
    """A number as typed, with the unit it was typed in (48600万元 of an indicator in 亿元)."""
    return f"{number.written}{number.unit or figure.unit}" if number else ""


def _moved(figure: Figure, filter_name: str, *, given: bool) -> str:
    """How it moved, and whether that was given or computed; empty when it cannot be said."""
    words = said(figure, filter_name).removeprefix("预计")
    return f"{words}（{GIVEN if given else COMPUTED}）" if words else ""


def said(figure: Figure, filter_name: str) -> str:
    """What a filter makes of a figure; empty when something is missing or it does not apply."""
    try:
        found = SAYS[filter_name](figure)
    except phrases.PhraseError:
        return ""
    return "" if isinstance(found, Missing) else str(found)


def table(found: tuple[Row, ...]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(head, rows) of the columns that hold something, the parts of a figure below it."""
    every = [line for one in found for line in (one, *(replace(part, name=PART + part.name) for part in one.parts))]
    cells = [tuple(cell(one) for _, cell in COLUMNS) for one in every]
    used = [i for i, (title, _) in enumerate(COLUMNS) if title in ALWAYS or any(row[i] for row in cells)]
    return tuple(COLUMNS[i][0] for i in used), [tuple(row[i] for i in used) for row in cells]
