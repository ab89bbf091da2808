"""The survey of a project: what each report uses, and everything that can be said of its templates before a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drafter.diagnostic import Diagnostic, DraftError, Severity, error
from drafter.forms.desk import Desk
from drafter.period import Period
from drafter.report import Report
from drafter.source import Span
from drafter.survey import names, structure, unused
from drafter.survey.names import Name
from drafter.survey.offered import Offered
from drafter.survey.shape import shape
from drafter.template import options

SAID_BY_STRUCTURE = ("N", "H")
"""Starts of the codes that reading a draft finds as well.

Why not from the draft: one that lacks facts has holes, and a list of one row, that the templates are not to blame for.
"""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One report: the names it uses, and what is wrong with its templates."""

    report: Report
    names: tuple[Name, ...]
    diagnostics: tuple[Diagnostic, ...]

    def as_json(self) -> dict[str, object]:
        """The JSON form, without the findings."""
        return {"target": self.report.target, "names": [name.as_json() for name in self.names]}


def of_report(offered: Offered, report: Report, period: Period | None = None) -> Surveyed:
    """The survey of a report; with a period, what drafting it with that period's facts finds as well."""
    found = names.used(offered, report)
    told = [*offered.desk.project.settings[1], *report.diagnostics, *_of_templates(offered.desk, report)]
    if not report.sections and not told:
        place = report.place(offered.desk.project.files)
        told.append(error("P105", f"“{report.target}”没有章节", place, "在这个文件夹里放 1-….txt"))
    told += names.faults(offered, report, found)
    told += _of_shape(offered.desk, report)
    if period:
        drafted = offered.desk.builder.draft(report, period).diagnostics
        told += [d for d in drafted if not d.code.startswith(SAID_BY_STRUCTURE)]
    return Surveyed(report, found, tuple(_in_order(report, told)))


def of_departments(offered: Offered, departments: Iterable[str], surveyed: Iterable[Surveyed]) -> list[Diagnostic]:
    """What stands in these departments' folders and no template of the project uses."""
    every = [name for one in surveyed for name in one.names]
    return [] if _unreadable(offered.desk) else list(unused.findings(offered, departments, every))


def _unreadable(desk: Desk) -> bool:
    """Whether a template cannot even be read, so that nobody knows what it uses."""
    return any(d.code in ("F107", "F109") for report in desk.project.reports() for d in _of_templates(desk, report))


def _of_templates(desk: Desk, report: Report) -> Iterator[Diagnostic]:
    """What is wrong with the sections and the texts of 报告.yaml as templates: T101, T103, T104, T106, T108."""
    templates = desk.builder.templates
    for section in report.all_sections:
        try:
            yield from templates.check(section.text)
            source = templates.source(section.text)
        except DraftError as stop:
            yield from stop.diagnostics
            continue
        if source is not None:
            yield from options.problems(templates.environment, source, f"{templates.folder}/{section.text}")
    for setting in report.texts:
        if setting.span is not None:
            yield from templates.check_text(setting.text, setting.span)


def _of_shape(desk: Desk, report: Report) -> list[Diagnostic]:
    templates = desk.builder.templates
    try:
        return structure.findings(shape([s.text for s in report.sections], templates.source, templates.folder))
    except DraftError:
        return []


def _in_order(report: Report, told: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings each once, errors before remarks of the same code and place, by the order of the report's files."""
    once: dict[tuple[str, Span], Diagnostic] = {}
    for one in told:
        other = once.get((one.code, one.span))
        if other is None or (one.severity is Severity.ERROR and other.severity is not Severity.ERROR):
            once[one.code, one.span] = one
    files = [report.file, *(f"templates/{s.text}" for s in report.all_sections)]
    rank = {file: number for number, file in enumerate(files)}
    return sorted(once.values(), key=lambda d: (rank.get(d.span.file, len(rank)), d.span))
