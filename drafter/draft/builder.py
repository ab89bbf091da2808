"""What drafting shares: templates are compiled, facts and layouts read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter import facts as fact_files
from drafter import layout as layouts
from drafter import period as periods
from drafter.charset import EncodingUnknown
from drafter.diagnostic import Diagnostic, DraftError, error, has_errors
from drafter.draft.drafting import Drafting
from drafter.draft.model import Draft, once
from drafter.facts import Facts
from drafter.layout import Layout
from drafter.lookup import Rollup, Values
from drafter.period import Period
from drafter.project import Project
from drafter.report import DATA, TEMPLATES, Report
from drafter.source import Span, TooLarge
from drafter.template import Asking, Templates


@dataclass(slots=True)
class Builder:
    """Everything that drafting the reports of a project shares: templates are compiled and facts read once."""

    project: Project
    templates: Templates = field(init=False)
    _facts: dict[tuple[str, str], Facts] = field(default_factory=dict)
    _layouts: dict[tuple[str, ...], tuple[Layout | None, tuple[Diagnostic, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.templates = Templates(self._load, TEMPLATES)

    def _load(self, name: str) -> str | None:
        """Text of a template; None when there is none. Errors: DraftError when it cannot be read."""
        files = self.project.files
        try:
            return files.text(name)[0] if files.exists(name) else None
        except EncodingUnknown as fault:
            place = Span(name, files.bytes(name)[: fault.offset].count(b"\n") + 1, 1)
            raise DraftError(error("F107", "认不出模板的编码", place, "用记事本另存为 UTF-8")) from fault
        except TooLarge as fault:
            raise DraftError(error("F109", "模板超过 5 MB", Span(name, 1, 1), "拆成几个文件")) from fault
        except OSError as fault:
            raise DraftError(error("F107", f"读不了：{fault.strerror}", Span(name, 1, 1), "核对权限")) from fault
        except ValueError:
            return None

    def facts(self, department: str, period: Period) -> Facts:
        """Facts of a department in a period, read once."""
        key = (department, str(period))
        if key not in self._facts:
            self._facts[key] = fact_files.load(self.project.files, department, period)
        return self._facts[key]

    def draft(self, report: Report, period: Period) -> Draft:
        """The draft of a report; never raises for what a user can write."""
        facts = self.facts(report.department, period)
        told: list[Diagnostic] = [*self.project.settings[1], *report.diagnostics]
        if not facts.exists:
            name = f"{DATA}/{report.department}/{period}.yaml"
            place = report.place(self.project.files)
            told.append(error("P103", f"没有{periods.name(period)}的事实文件", place, f"新建 {name} 并填上事实"))
        if not report.sections and not has_errors(told):
            place = report.place(self.project.files)
            told.append(error("P105", f"“{report.target}”没有章节", place, "在这个文件夹里放 1-….txt"))
        told.extend(facts.diagnostics)
        layout, odd = self.layout(report)
        told.extend(odd)
        if has_errors(told) or layout is None:
            told.extend(self._template_errors(report))
            return Draft(report, period, None, once(told))
        words = {**periods.words(period), "单位": self.project.organ(report.department)}
        rollup = Rollup(facts, self.project, self.facts)
        words |= {"部门": Asking(report.department, rollup.department), "报告": report.name}
        return Drafting(
            self.templates, report, period, Values(facts, words, rollup), layout, self.project.files, told
        ).draft()

    def layout(self, report: Report) -> tuple[Layout | None, tuple[Diagnostic, ...]]:
        """The layout of a report with what its 报告.yaml says otherwise; the same settings give the same object."""
        said = report.layout
        own = said.span is None or said.span.file == report.file
        based = f"{report.folder}/{report.base.text}" if report.base.text else ""
        key = (said.text, report.folder if own else "", report.numbering, based)
        if key not in self._layouts:
            found, told = layouts.load(self.project.files, said.text, said.span or Span(report.file, 1, 1), key[1])
            found, told = self._varied(found, told, report)
            self._layouts[key] = found, (*told, *_of_base(found))
        return self._layouts[key]

    def _varied(
        self, found: Layout | None, told: tuple[Diagnostic, ...], report: Report
    ) -> tuple[Layout | None, tuple[Diagnostic, ...]]:
        """The layout with the 编号 and 底稿 of a report."""
        if found is None:
            return None, told
        if report.base.text:
            place = report.base.span or Span(report.file, 1, 1)
            based, odd = layouts.with_base(found, self.project.files, report.base.text, place, report.folder)
            found, told = based or found, (*told, *odd)
        if report.numbering not in ("", found.numbering):
            found = replace(found, numbering=report.numbering)
        return found, told

    def _template_errors(self, report: Report) -> Iterator[Diagnostic]:
        """What is wrong with the sections of a report that cannot be drafted anyway, so that all is told together."""
        for section in report.all_sections:
            try:
                yield from self.templates.check(section.text)
            except DraftError as stop:
                yield from stop.diagnostics


def _of_base(layout: Layout | None) -> tuple[Diagnostic, ...]:
    """What is wrong with the 底稿 of a layout: Y108, Y111. Why the import here: few reports have one."""
    if layout is None or layout.base is None:
        return ()
    from drafter.word.own import faults

    return faults(layout)
