"""Drafting: facts + templates → text, outline and findings of one report. Pure but for reading through `Files`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from drafter import chain, check, text
from drafter import facts as fact_files
from drafter import period as periods
from drafter.charset import EncodingUnknown
from drafter.diagnostic import Diagnostic, DraftError, Severity, error, has_errors, warning
from drafter.facts import Facts
from drafter.lookup import Rollup, Values
from drafter.missing import Missing
from drafter.outline import Outline
from drafter.period import Period
from drafter.project import DATA, MANNERS, TEMPLATES, Project, Report, Setting
from drafter.source import Line, Span, Text, TooLarge
from drafter.template import Asking, Rendered, Templates

LEAVES_A_DRAFT = ("F201", "T102", "N", "H")
"""Starts of the codes of errors that leave a draft: a missing fact stands in it as 【待补】, a fault of numbering is seen."""
CANONICAL, _, VERBATIM = MANNERS


@dataclass(frozen=True, slots=True)
class Draft:
    """草稿: one report of one period. `outline` is None when there is no draft at all."""

    report: Report
    period: Period
    outline: Outline | None
    diagnostics: tuple[Diagnostic, ...] = ()
    missing: tuple[Missing, ...] = ()
    author: str = ""
    date: tuple[int, int, int] | None = None
    verbatim: str | None = None
    """体例 原样: the text as its templates print it, to the last blank."""

    @property
    def sound(self) -> bool:
        """Whether it may be written: nothing is wrong but facts still missing."""
        return self.outline is not None and not any(
            not d.code.startswith(LEAVES_A_DRAFT) for d in self.diagnostics if d.severity is Severity.ERROR
        )


@dataclass(slots=True)
class Builder:
    """Everything that drafting the reports of a project shares: templates are compiled and facts read once."""

    project: Project
    templates: Templates = field(init=False)
    _facts: dict[tuple[str, str], Facts] = field(default_factory=dict)

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
        if not report.sections and not told:
            place = report.place(self.project.files)
            told.append(error("P105", f"“{report.target}”没有章节", place, "在这个文件夹里放 1-….txt"))
        told.extend(facts.diagnostics)
        if has_errors(told):
            told.extend(self._template_errors(report))
            return Draft(report, period, None, once(told))
        words = {**periods.words(period), "单位": self.project.organ(report.department)}
        rollup = Rollup(facts, self.project, self.facts)
        words |= {"部门": Asking(report.department, rollup.department), "报告": report.name}
        return _Drafting(self.templates, report, period, Values(facts, words, rollup), told).draft()

    def _template_errors(self, report: Report) -> Iterator[Diagnostic]:
        """What is wrong with the sections of a report that cannot be drafted anyway, so that all is told together."""
        for section in report.sections:
            try:
                yield from self.templates.check(section.text)
            except DraftError as stop:
                yield from stop.diagnostics


@dataclass(slots=True)
class _Drafting:
    """One report being drafted: gathers lines, errors and missing facts of all its parts."""

    templates: Templates
    report: Report
    period: Period
    values: Values
    told: list[Diagnostic]
    missing: list[Missing] = field(default_factory=list)
    broken: bool = False
    printed: list[str] = field(default_factory=list)
    """What every section printed."""

    def draft(self) -> Draft:
        """Render the sections, read them, renumber, and put title, 主送 and signature around them."""
        lines: Text = ()
        for section in self.report.sections:
            lines += self.rendered(lambda s=section: self.templates.render(s.text, self.values))  # type: ignore[misc]
        printed = "".join(self.printed)
        self.told.extend(_pictures(lines))
        if not lines and not self.broken:
            self.told.append(error("P105", "章节都是空的，没有正文", self.place(), "在章节文件里写上内容"))
        whole = self.whole(lines)
        self.told.extend(self.values.diagnostics())
        self.told.extend(check.structure(whole))
        told = once(self.told)
        date = _date_of(whole.signature) or periods.last_day(self.period)
        return Draft(
            self.report,
            self.period,
            None if self.broken else whole,
            told,
            _unique(self.missing),
            self.values.words["单位"],
            date,
            self.with_ends(printed) if self.report.manner == VERBATIM else None,
        )

    def whole(self, lines: Text) -> Outline:
        """The outline of the lines by the report's 体例, with title, 主送 and signature around it."""
        body, found = text.read_body(lines)
        self.told.extend(found)
        title = self.line(self.report.title)
        if self.report.manner == CANONICAL:
            whole = chain.settle(chain.renumber(chain.without_empty(body), loops=True))
            return replace(whole, title=title, addressee=self.addressee(), signature=self.signature())
        read = text.read((title, *lines) if title else lines)[0]
        signature = self.signature() or read.signature
        whole = replace(read, addressee=self.addressee() or read.addressee, signature=signature)
        return whole if self.report.manner == VERBATIM else chain.renumber(whole)

    def with_ends(self, printed: str) -> str:
        """The text with the line ends of its first section, which Jinja makes LF."""
        source = self.templates.source(self.report.sections[0].text) if self.report.sections else None
        return printed.replace("\n", "\r\n") if source and "\r\n" in source else printed

    def rendered(self, run: Callable[[], Rendered]) -> Text:
        try:
            done = run()
        except DraftError as stop:
            self.broken = True
            self.told.extend(stop.diagnostics)
            return ()
        self.told.extend(done.diagnostics)
        self.missing.extend(done.missing)
        self.printed.append(done.plain)
        return done.text

    def line(self, setting: Setting) -> Line:
        """A text of 报告.yaml, rendered to one line."""
        if not setting.text:
            return Line("")
        place = setting.span or self.place()
        lines = self.rendered(lambda: self.templates.render_text(setting.text, place.file, self.values, place))
        joined = Line("")
        for line in lines:
            joined = joined.then(line)
        marks = (replace(m, span=place) if m.span.file == place.file else m for m in joined.marks)
        return Line(joined.text, tuple(marks))

    def place(self) -> Span:
        """Where a finding about the whole report points."""
        return Span(f"{TEMPLATES}/{self.report.sections[0].text}", 1, 1)

    def addressee(self) -> Line:
        line = self.line(self.report.addressee)
        return line.then(Line("：")) if line and line.text[-1] not in "：:" else line

    def signature(self) -> tuple[Line, ...]:
        return tuple(part for part in (self.line(self.report.signer), self.date()) if part)

    def date(self) -> Line:
        """成文日期: 期末, or a date that is put into words; anything else is told. Source: GB/T 9704-2012 7.3.5.4."""
        said = self.report.date
        if said.text == "期末":
            return Line(periods.date_words(periods.last_day(self.period)))
        line = self.line(said)
        if not line or any(m.origin and m.origin.missing for m in line.marks):
            return line
        day = periods.read_date(line.text)
        if day is None:
            hint = "写成 2022年9月30日 或 期末，不写就是 期末"
            self.told.append(error("P104", f"成文日期“{line.text}”不是日期", said.span or self.place(), hint))
            return line
        return Line(periods.date_words(day), line.marks[:1])


_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def _pictures(lines: Text) -> Iterator[Diagnostic]:
    for line in lines:
        found = _PICTURE.search(line.text)
        if found:
            place = line.at(found.start()) or Span("", 1, 1)
            yield warning("T111", "图片还不能写进 Word，照文字写出", place, "先在 Word 里插图", found[0])


def _date_of(signature: tuple[Line, ...]) -> tuple[int, int, int] | None:
    return periods.read_date(signature[-1].text) if signature else None


def once(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, in the order found; a loop says the same thing of one place many times."""
    found: dict[tuple[str, str, Span], Diagnostic] = {}
    for one in diagnostics:
        found.setdefault((one.code, one.message, one.span), one)
    return tuple(found.values())


def _unique(missing: list[Missing]) -> tuple[Missing, ...]:
    found: dict[str, Missing] = {}
    for one in missing:
        found.setdefault(one.name, one)
    return tuple(found.values())
