"""The names that a report's templates use, each with what is asked of it and where; and those that cannot be answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafter import period as periods
from drafter import phrases
from drafter.diagnostic import Diagnostic, DraftError, did_you_mean, error, warning
from drafter.facts import Record, Rows, Told, Value
from drafter.figure import Figure
from drafter.forms.desk import OWN
from drafter.lookup import TABLE
from drafter.report import DATA, Report
from drafter.source import Span
from drafter.survey.offered import SOME_MONTH, Offered, fields, leads
from drafter.template import needs
from drafter.template.asks import (
    ANSWERS,
    CHAINED,
    FILLED,
    LIST,
    OF_DEPARTMENTS,
    OF_ROWS,
    PARTS,
    RANK,
    SUMMARY,
    TARGET,
    VALUE,
    YEARLY,
)
from drafter.template.needs import ITEM, Need, Use, gathered
from drafter.template.salvage import salvaged

OF_FIGURES = frozenset((YEARLY, CHAINED, PARTS, RANK, TARGET, SUMMARY, "累计", "较上年同期", "较上期"))
"""What only a figure can answer."""


@dataclass(frozen=True, slots=True)
class Name:
    """One fact that a report uses; `department` is whose it is (部门表: of each in the table), `period` what 期(…) said.

    `known`: an indicator or some period's file has it. `filled`: some period's file says something of it.
    """

    need: Need
    department: str
    unit: str
    office: str
    own: bool
    known: bool
    filled: bool
    figure: bool = False
    """An indicator or a file says that it is a number."""

    @property
    def places(self) -> tuple[Span, ...]:
        """Where it is asked for, each place once."""
        return tuple(dict.fromkeys(use.span for use in self.need.uses))

    @property
    def shown(self) -> str:
        """The name with whose it is and of when: 1—5月.产值, 财政局（1—5月）.税收."""
        period = self.need.period
        whose = period if self.own else f"{self.department}（{period}）" if period else self.department
        return f"{whose}.{self.need.name}" if whose else self.need.name

    @property
    def remark(self) -> str:
        """What it lacks, in a word."""
        return "" if self.filled else "还没有填过" if self.known else "不认识"

    @property
    def asked(self) -> tuple[str, ...]:
        """What is asked of it in words, the fields of a list or group last."""
        words = {FILLED: "是否已填", VALUE: VALUE if self.figure or not self.known else "内容"}
        plain = tuple(words.get(one, one) for one in self.need.asked if one != LIST)
        listed = ("列表",) if self.need.is_list else ()
        below = tuple(".".join(key for key in path if key != ITEM) for path in self.need.fields)
        inside = "、".join(dict.fromkeys(name for name in below if name))
        return (*plain, *listed, *((f"（{inside}）",) if inside else ()))

    @property
    def operands(self) -> tuple[str, ...]:
        """The keys of a figure that may answer: of 同比, 增幅 or 本期 and 上年同期."""
        keys = [k for one in self.need.asked for row in ANSWERS.get(one, ((one,),)) for k in row]
        return tuple(dict.fromkeys(k for k in keys if k not in (LIST, FILLED)))

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        need = self.need
        return {
            "name": need.name, "department": self.department, "period": need.period, "asked": list(need.asked),
            "operands": list(self.operands), "fields": [list(path) for path in need.fields], "unit": self.unit,
            "office": self.office, "maybe": need.maybe, "known": self.known, "filled": self.filled,
            "places": [{"file": s.file, "line": s.line, "column": s.column} for s in self.places],
        }  # fmt: skip


def used(offered: Offered, report: Report) -> tuple[Name, ...]:
    """The names that a report's sections and the texts of its 报告.yaml use, in the order in which they are asked for."""
    every = (*offered.desk.uses(report), *_salvaged(offered, report))
    uses = (one for use in every for one in _of_table(offered, report, use))
    return tuple(_name(offered, report, need) for need in gathered(uses))


def _salvaged(offered: Offered, report: Report) -> Iterator[Use]:
    """What the sound {{ }} ask for of sections whose tags do not pair. Why: one slip must not hide the others."""
    templates = offered.desk.builder.templates
    for section in report.all_sections:
        file = f"{templates.folder}/{section.text}"
        try:
            found = salvaged(templates.environment, templates.source(section.text) or "", file)
        except DraftError:
            continue
        if found is not None:
            yield from needs.of_text(templates, found[0], file, OWN | found[1])


def _of_table(offered: Offered, report: Report, use: Use) -> Iterator[Use]:
    """A field of 部门表 as a name of each of its departments; 部门表 itself is no fact."""
    if use.name != TABLE or offered.facts(use.department or report.department).knows(TABLE):
        yield use
    elif len(use.path) > 1 and use.path[1] not in OF_ROWS | OF_DEPARTMENTS:
        yield replace(use, name=use.path[1], path=use.path[2:], department=TABLE)


def _name(offered: Offered, report: Report, need: Need) -> Name:
    department = need.department or report.department
    if not is_department(offered, department, report):
        return Name(need, department, "", "", own=False, known=False, filled=False)
    indicator = offered.indicator(department, need.name)
    return Name(
        need,
        department,
        indicator.unit if indicator else "",
        indicator.office if indicator else "",
        own=department == report.department,
        known=offered.knows(department, need.name),
        filled=offered.is_filled(department, need.name),
        figure=indicator is not None or any(isinstance(v, Figure) for v in offered.values(department, need.name)),
    )


def is_department(offered: Offered, department: str, report: Report) -> bool:
    """Whether facts can be asked of it: its folder is there, or it is the report's own, or the table."""
    return department in (TABLE, report.department) or department in offered.departments


def faults(offered: Offered, report: Report, names: tuple[Name, ...]) -> Iterator[Diagnostic]:
    """What no facts of any period can answer: T102, T104 (as building would say it), T123, T124."""
    for name in names:
        if not is_department(offered, name.department, report):
            known = [d for d in offered.departments if (offered.desk.project.root / DATA / d).is_dir()]
            hint = did_you_mean(name.department, known) or f"{DATA}/ 下有：{'、'.join(known)}"
            yield error("T104", f"没有“{name.department}”这个部门的数据", name.need.span, hint, name.department)
        elif name.need.period and periods.relative(name.need.period, SOME_MONTH) is None:
            hint = '例：期("1—5月")、期("一季度")、期("上年同期")'
            yield error("T104", f"看不懂期间“{name.need.period}”", name.need.span, hint, name.need.period)
        elif not name.known:
            yield _unknown(offered, name)
        else:
            yield from _below(offered, name)


def _unknown(offered: Offered, name: Name) -> Diagnostic:
    """T102: nobody knows the name; a remark when it is only asked whether it is there."""
    known = (*OWN, *offered.names(name.department))
    said = name.need.name if name.own else f"{name.department}的{name.need.name}"
    if set(name.need.asked) == {FILLED} and not name.need.fields:
        hint = did_you_mean(name.need.name, known) or "写错了就改；没写错就在 指标.yaml 里登记"
        message = f"没有叫“{said}”的事实或指标，按没有填处理"
        return warning("T102", message, name.need.span, hint, name.need.name)
    meant = phrases.instead(name.need.name) or did_you_mean(name.need.name, known)
    hint = meant or "在事实文件里加上这一项，或在 指标.yaml 里登记"
    return error("T102", f"没有叫“{said}”的事实或指标", name.need.span, hint, name.need.name)


def _below(offered: Offered, name: Name) -> Iterator[Diagnostic]:
    """What is asked of a known name and no period's value has."""
    values = offered.values(name.department, name.need.name)
    if not name.filled and not name.figure and offered.is_begun(name.department):
        message = f"“{name.need.name}”哪一期都没有填过，也没有登记指标"
        hint = "核对名称；是数就在 指标.yaml 登记单位和责任单位"
        yield warning("T123", message, name.need.span, hint, name.need.name)
    wrong = _misused(values, name)
    if wrong is not None:
        yield wrong
        return
    for use in {use.path: use for use in reversed(name.need.uses) if use.path}.values():
        if leads(values, use.path) is False:
            yield _no_field(name, use, fields(values, use.path))


def _misused(values: tuple[Value, ...], name: Name) -> Diagnostic | None:
    """T104: a text or list asked for what only a figure has, a figure or text run through as a list."""
    given = [value for value in values if isinstance(value, (Figure, Rows, Record, Told))]
    if not given:
        return None
    figure = next((use for use in name.need.uses if not use.path and use.asked in OF_FIGURES), None)
    if figure is not None and not any(isinstance(value, Figure) for value in given):
        hint = "它要用在数据（有数的事实）上，或用在 [数据, 数据] 这样的列表上"
        return error("T104", f"“{figure.name}”不是数据，这个过滤器用不上", figure.span, hint, figure.name)
    listed = next((use for use in name.need.uses if use.is_list), None)
    if listed is not None and all(isinstance(value, (Figure, Told)) for value in given):
        hint = "列表写成 [{名称: …}, {名称: …}]"
        return error("T104", f"“{listed.name}”不是列表，不能逐项写", listed.span, hint, listed.name)
    return None


def _no_field(name: Name, use: Use, there: tuple[str, ...]) -> Diagnostic:
    """T124: a field of a list's items, or a part of a figure, that no period has."""
    key = use.path[-1] if use.path[-1] != ITEM else use.name
    listed = f"有：{'、'.join(there[:12])}" if there else "核对事实文件里的写法"
    whose = "各项里都" if ITEM in use.path else "里"
    message = f"“{name.need.name}”{whose}没有“{key}”，哪一期的事实都没有"
    return error("T124", message, use.span, did_you_mean(key, there) or listed, key)
