"""Building: draft (pure: facts + templates → text and outline) and publish (the only writer of reports)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafter import check, ledger, outline, text
from drafter import facts as fact_files
from drafter import period as periods
from drafter.diagnostic import Diagnostic, DraftError, error, has_errors, note
from drafter.facts import Facts
from drafter.figure import Missing
from drafter.outline import Outline
from drafter.period import Period
from drafter.project import DATA, TEMPLATES, Project, Report, Setting
from drafter.source import Line, Span, Text
from drafter.template import Rendered, Templates

MENDABLE = ("F201", "T102")
"""Errors that leave a draft: the missing fact stands in it as 【待补】."""


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

    @property
    def sound(self) -> bool:
        """Whether it may be written: nothing is wrong but facts still missing."""
        return self.outline is not None and not any(
            d.code not in MENDABLE for d in self.diagnostics if d.severity.value == "error"
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one report: built, unchanged, missing (written, facts still missing) or failed."""

    target: str
    period: str
    status: str
    files: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The JSON contract of build (design, section 4)."""
        return {
            "target": self.target,
            "period": self.period,
            "status": self.status,
            "files": list(self.files),
            "missing": [{"fact": m.name, "office": m.office} for m in self.missing],
            "diagnostics": [d.as_json() for d in self.diagnostics],
        }


@dataclass(slots=True)
class _Values:
    """Where a template's names are looked up: words of the period and report, then facts."""

    facts: Facts
    words: dict[str, str]

    def get(self, name: str) -> object:
        """A name's value; a Missing when there is none."""
        return self.words[name] if name in self.words else self.facts.get(name)

    def period(self, said: str) -> object:
        """期("1—5月"): the facts of another period."""
        found = periods.relative(said, self.facts.period)
        if found is None:
            return Missing(said, fault=f"看不懂期间“{said}”", hint='例：期("1—5月")、期("一季度")、期("上年同期")')
        return _OtherPeriod(self.facts.for_period(found), found)


@dataclass(slots=True)
class _OtherPeriod:
    """Facts of another period; what is missing there says its period."""

    facts: Facts
    named: Period

    def get(self, name: str) -> object:
        """A fact of that period."""
        found = self.facts.get(name)
        if isinstance(found, Missing) and not found.fault:
            return replace(found, name=f"{periods.name(self.named)}{found.name}")
        return found


@dataclass(slots=True)
class Builder:
    """Everything that drafting the reports of a project shares: templates are compiled and facts read once."""

    project: Project
    templates: Templates = field(init=False)
    _facts: dict[tuple[str, str], Facts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.templates = Templates(self._load, TEMPLATES)

    def _load(self, name: str) -> str | None:
        files = self.project.files
        try:
            return files.text(name)[0] if files.exists(name) else None
        except (OSError, ValueError):
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
            told.append(
                error("P103", f"没有{periods.name(period)}的事实文件", Span(name, 1, 1), f"新建 {name} 并填上事实")
            )
        if not report.sections and not told:
            told.append(
                error("P105", f"“{report.target}”没有章节", Span(report.file, 1, 1), "在这个文件夹里放 1-….txt")
            )
        told.extend(facts.diagnostics)
        if has_errors(told):
            return Draft(report, period, None, _once(told))
        words = {**periods.words(period), "单位": self.project.organ(report.department)}
        words |= {"部门": report.department, "报告": report.name}
        return _Drafting(self.templates, report, period, _Values(facts, words), told).draft()


@dataclass(slots=True)
class _Drafting:
    """One report being drafted: gathers lines, errors and missing facts of all its parts."""

    templates: Templates
    report: Report
    period: Period
    values: _Values
    told: list[Diagnostic]
    missing: list[Missing] = field(default_factory=list)
    broken: bool = False

    def draft(self) -> Draft:
        """Render the sections, read them, renumber, and put title, 主送 and signature around them."""
        lines: Text = ()
        for section in self.report.sections:
            lines += self.rendered(lambda s=section: self.templates.render(s.text, self.values))  # type: ignore[misc]
        body, forged = text.read_body(lines)
        self.told.extend(forged)
        whole = replace(
            outline.settle(outline.renumber(body, loops=True)),
            title=self.line(self.report.title),
            addressee=self.addressee(),
            signature=self.signature(),
        )
        self.told.extend(self.values.facts.diagnostics)
        self.told.extend(check.structure(whole))
        told = _once(self.told)
        date = _date_of(whole.signature) or periods.last_day(self.period)
        return Draft(
            self.report,
            self.period,
            None if self.broken else whole,
            told,
            _unique(self.missing),
            self.values.words["单位"],
            date,
        )

    def rendered(self, run: Callable[[], Rendered]) -> Text:
        try:
            done = run()
        except DraftError as stop:
            self.broken = True
            self.told.extend(stop.diagnostics)
            return ()
        self.told.extend(done.diagnostics)
        self.missing.extend(done.missing)
        return done.text

    def line(self, setting: Setting) -> Line:
        """A text of 报告.yaml, rendered to one line."""
        if not setting.text:
            return Line("")
        place = setting.span or Span(self.report.file, 1, 1)
        lines = self.rendered(lambda: self.templates.render_text(setting.text, self.report.file, self.values, place))
        joined = Line("")
        for line in lines:
            joined = joined.then(line)
        return joined

    def addressee(self) -> Line:
        line = self.line(self.report.addressee)
        return line.then(Line("：")) if line and line.text[-1] not in "：:" else line

    def signature(self) -> tuple[Line, ...]:
        date = self.report.date
        day = Line(periods.date_words(periods.last_day(self.period))) if date.text == "期末" else self.line(date)
        return tuple(part for part in (self.line(self.report.signer), day) if part)


def _date_of(signature: tuple[Line, ...]) -> tuple[int, int, int] | None:
    import re

    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", signature[-1].text) if signature else None
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _once(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, in the order found."""
    return tuple(dict.fromkeys(diagnostics))


def _unique(missing: list[Missing]) -> tuple[Missing, ...]:
    found: dict[str, Missing] = {}
    for one in missing:
        found.setdefault(one.name, one)
    return tuple(found.values())


FORMATS: dict[str, Callable[[Draft], bytes]] = {}
"""Format name → bytes of a draft; filled below."""


def _docx(draft: Draft) -> bytes:
    from drafter.word.layout import LAYOUTS
    from drafter.word.write import write

    assert draft.outline is not None
    layout = LAYOUTS[draft.report.layout.text]
    return write(draft.outline, layout, author=draft.author, date=draft.date)


def _txt(draft: Draft) -> bytes:
    assert draft.outline is not None
    return text.write(draft.outline, guard=False).encode()


FORMATS.update(docx=_docx, txt=_txt)


def build(
    project: Project,
    jobs: list[tuple[Report, Period | None]],
    out: Path,
    formats: tuple[str, ...],
    *,
    final: bool = False,
    force: bool = False,
) -> Iterator[Result]:
    """Draft and publish each job in turn; one bad report never stops the rest."""
    builder = Builder(project)
    swept: set[Path] = set()
    for report, period in jobs:
        yield _build_one(builder, report, period, _Out(out, formats, final=final, force=force, swept=swept))


def _build_one(builder: Builder, report: Report, period: Period | None, out: _Out) -> Result:
    if period is None:
        return Result(report.target, "", "failed", diagnostics=(*report.diagnostics, no_facts(report)))
    try:
        draft = builder.draft(report, period)
        return out.publish(draft)
    except Exception as fault:  # noqa: BLE001 - one bad report must not stop the rest
        told = error(
            "P199",
            f"程序出错：{type(fault).__name__}: {fault}",
            Span(report.file, 1, 1),
            "请把这一行和事实文件发给维护人员",
        )
        return Result(report.target, str(period), "failed", diagnostics=(told,))


def no_facts(report: Report) -> Diagnostic:
    """There is no facts file of the report's 周期 at all."""
    cycle = f"周期为“{report.cycle}”的" if report.cycle else ""
    folder = f"{DATA}/{report.department}"
    return error("P103", f"没有{cycle}事实文件", Span(folder, 1, 1), f"在 {folder}/ 放事实文件，如 2022-09.yaml")


@dataclass(slots=True)
class _Out:
    """Where and how drafts are written."""

    folder: Path
    formats: tuple[str, ...]
    final: bool
    force: bool
    swept: set[Path]

    def publish(self, draft: Draft) -> Result:
        """Write the draft's files whole, or leave what is there as it was."""
        told = list(draft.diagnostics)
        if draft.report.layout.text not in _layouts():
            told.append(_unknown_layout(draft.report))
        if not draft.sound or has_errors(d for d in told if d.code == "P104"):
            return self._result(draft, "failed", (), told)
        lacking = bool(draft.missing)
        if self.final and (lacking or has_errors(told)):
            return self._result(draft, "missing" if lacking else "failed", (), told)
        try:
            changed, files = self._write(draft, told)
        except OSError as fault:
            told.append(_not_written(fault, draft))
            return self._result(draft, "failed", (), told)
        status = "missing" if lacking or has_errors(told) else "built" if changed else "unchanged"
        return self._result(draft, status, files, told)

    def _result(self, draft: Draft, status: str, files: tuple[str, ...], told: list[Diagnostic]) -> Result:
        return Result(draft.report.target, str(draft.period), status, files, draft.missing, _once(told))

    def _write(self, draft: Draft, told: list[Diagnostic]) -> tuple[bool, tuple[str, ...]]:
        contents = [(name, FORMATS[name](draft)) for name in self.formats]
        book = ledger.Ledger(self.folder)
        changed = False
        files = []
        for suffix, data in contents:
            name = f"{draft.report.department}/{draft.period}-{draft.report.name}.{suffix}"
            path = self.folder / name
            self._sweep(path.parent)
            files.append(str(path))
            old = path.read_bytes() if path.is_file() else None
            if old == data and not self.force:
                if not book.is_ours(name, data):
                    book.record(name, data)
                continue
            if old is not None and old != data and not book.is_ours(name, old):
                told.append(_kept(_keep(path, old), path))
            ledger.write_whole(path, data)
            book.record(name, data)
            changed = True
        return changed, tuple(files)

    def _sweep(self, folder: Path) -> None:
        if folder not in self.swept and folder.is_dir():
            ledger.sweep(folder)
            ledger.sweep(self.folder)
            self.swept.add(folder)


def _keep(path: Path, old: bytes) -> Path:
    """Keep a report that was changed by hand beside the new one, under the first free name."""
    number = 1
    while True:
        beside = path.with_name(f"{path.stem}（手改{number}）{path.suffix}")
        if not beside.exists():
            ledger.write_whole(beside, old)
            return beside
        if beside.read_bytes() == old:
            return beside
        number += 1


def _kept(beside: Path, path: Path) -> Diagnostic:
    return note(
        "P107",
        f"“{path.name}”有人改过，改过的一份留作“{beside.name}”",
        Span(str(path), 1, 1),
        "把需要的改动写回模板或事实",
    )


def _not_written(fault: OSError, draft: Draft) -> Diagnostic:
    name = fault.filename if isinstance(fault.filename, str) else ""
    span = Span(name or f"{draft.report.target}", 1, 1)
    if isinstance(fault, PermissionError):
        return error(
            "P106", "写不进去：文件正被 Word 或 WPS 打开，或没有权限", span, "关掉它再生成一次；原来的文件没有动"
        )
    return error("P106", f"写不进去：{fault.strerror or fault}", span, "核对磁盘空间和文件夹；原来的文件没有动")


def _layouts() -> tuple[str, ...]:
    from drafter.word.layout import LAYOUTS

    return tuple(LAYOUTS)


def _unknown_layout(report: Report) -> Diagnostic:
    place = report.layout.span or Span(report.file, 1, 1)
    return error("P104", f"不认识的版式“{report.layout.text}”", place, f"可用：{'、'.join(_layouts())}")
