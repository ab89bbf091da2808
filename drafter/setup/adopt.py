"""Taking an old report over: lifted, proved by building it in memory, then written beside what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafter import canonical, ledger, lift, yamlfile
from drafter import period as periods
from drafter.diagnostic import Diagnostic, DraftError, error, note
from drafter.draft import Builder
from drafter.facts import Facts
from drafter.formats import FORMATS
from drafter.lift import Fact, Keys, Lifted, Sheet, years
from drafter.period import Period
from drafter.project import Project
from drafter.report import DATA, MANNERS, TEMPLATES
from drafter.setup import planned
from drafter.source import Span
from drafter.yamlfile import Mapping, Scalar
from drafter.yamlfile.edit import merged
from drafter.yamlfile.written import entry, written

CANONICAL, CONTINUED, VERBATIM = MANNERS
ROUNDS = 3
"""How often lines that did not come back are lifted anew, as text, before the next 体例 is tried."""


Year = tuple[str, str, Period]
"""A report that is taken over: its text, its file, its period."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What an old report becomes in a project: new files by name, and what is to be told. Nothing is written yet."""

    target: str
    period: Period
    manner: str
    sheets: tuple[Sheet, ...]
    files: dict[str, str]
    """Project-relative name → whole new text; facts and indicators that exist are only added to."""
    unsure: tuple[Diagnostic, ...]
    """What stayed text or may be wrong, by its place in the templates."""
    seen: int
    lifted: int
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of the template."""
        return tuple(fact for sheet in self.sheets for fact in sheet.facts)

    @property
    def masked(self) -> int:
        """How many numbers were blotted out."""
        return sum(fact.masked for fact in self.facts)

    def told_files(self) -> Iterator[tuple[str, str]]:
        """Every file with what is in it, in words."""
        headings = {f"{one.name}.txt": one for one in self.sheets}
        for name in self.files:
            sheet = headings.get(name.rpartition("/")[2])
            if sheet and name.startswith(TEMPLATES):
                yield name, f"{len(sheet.facts)}个事实" if sheet.facts else ""
            elif name.startswith(DATA):
                yield name, f"{len(self.facts)}个指标" if name.endswith("指标.yaml") else "事实"
            else:
                yield name, ""


def adopt(project: Project, years: Sequence[Year], target: tuple[str, str], *, verbatim: bool = False) -> Adopted:
    """Lift a report so that building it gives its canonical text again (`verbatim`: its text, to the last blank).

    Of several years the newest makes the template; the others give their facts by its names. Errors: DraftError when
    the report is there already (P109) or cannot be called so (P108), or does not come back whatever is tried (L107).
    Why tried: what a template prints is the only proof; a line that does not come back keeps its words as text.
    """
    department, name = target
    refused = list(_in_the_way(project, department, name))
    if refused:
        raise DraftError(*refused)
    newest, *others = sorted(years, key=lambda year: (year[2].last, -year[2].months), reverse=True)
    done = _newest(project, target, newest, verbatim=verbatim)
    return _with_years(project, done, others, verbatim=verbatim) if others else done


def _newest(project: Project, target: tuple[str, str], year: Year, *, verbatim: bool) -> Adopted:
    source, file, period = year
    ends = "\r\n" if verbatim and "\n" in source and source.count("\r\n") == source.count("\n") else "\n"
    wanted = source.replace(ends, "\n") if verbatim else canonical.formatted(source)
    adopter = _Adopter(project, *target, period, wanted, file, ends)
    for manner in (VERBATIM,) if verbatim else MANNERS:
        found = adopter.by(manner)
        if found is not None:
            return found
    hint = "先用 drafter fmt 理一遍再导入；还不行就把原文发给维护人员"
    raise DraftError(error("L107", "导入后生成的文字和原文不一样，什么都没有写", Span(file, 1, 1), hint))


def _with_years(project: Project, done: Adopted, others: Sequence[Year], *, verbatim: bool) -> Adopted:
    """The template of the newest year with the facts of the others; what they do not share is told."""
    department = done.target.partition("/")[0]
    template = [line for sheet in done.sheets for line in sheet.template.splitlines()]
    files, unsure = dict(done.files), list(done.unsure)
    shared = []
    for source, file, period in others:
        text = source.replace("\r\n", "\n") if verbatim else canonical.formatted(source)
        older = lift.lift(text, file, period, Keys(), done.manner)
        lines = [line for sheet in older.sheets for line in sheet.template.splitlines()]
        found = years.aligned(template, done.facts, lines, older.facts)
        shared.append(found.shared)
        unsure += _not_shared(found, file, period)
        name = f"{DATA}/{department}/{period}.yaml"
        given = _given(Builder(project).facts(department, period))
        fresh = [fact for fact in found.facts if fact.key not in given]
        files[name] = _added(project, name, _lines(fresh), f"期间: {period}\n")
        if len(fresh) < len(found.facts):
            said = f"{periods.name(period)}已有{len(found.facts) - len(fresh)}个同名的数，没有动"
            unsure.append(note("L108", said, Span(name, 1, 1), "核对是不是同一个数"))
    alone = len(template) - len(frozenset.intersection(*shared)) if shared else 0
    if alone:
        said = f"模板有{len(template)}段，其中{alone}段不是各年都有，照{periods.name(done.period)}写"
        unsure.append(note("L108", said, Span(done.target, 1, 1), "用 drafter diff 看各年怎么不同，再决定留哪些"))
    return replace(done, files=files, unsure=tuple(unsure))


def _not_shared(found: years.Aligned, file: str, period: Period) -> Iterator[Diagnostic]:
    when, start = periods.name(period), Span(file, 1, 1)
    if found.own:
        said = f"{when}有{len(found.own)}段和模板不同，没有导入，第一段是“{found.own[0][:20]}”"
        yield note("L108", said, start, "要留的写进模板，加 {% if … is 已填 %}")
    if found.left:
        names = "、".join(fact.key for fact in found.left[:5])
        yield note(
            "L108", f"{when}有{len(found.left)}个数模板用不上：{names}", start, "同一个数换了说法的，手工填进事实"
        )


def _in_the_way(project: Project, department: str, name: str) -> Iterator[Diagnostic]:
    folder = f"{TEMPLATES}/{department}/{name}"
    for word in (department, name):
        if why := planned.unfit(word):
            yield error(
                "P108",
                f"“{word}”不能作名称：{why}",
                Span(folder, 1, 1),
                "写成 --as 部门/报告，如 应急管理局/月度工作总结",
            )
            return
    if project.files.names(folder) or project.files.folders(folder):
        hint = "换一个报告名，或先把这个文件夹移走"
        yield error("P109", f"“{department}/{name}”已经有了，导入不覆盖", Span(folder, 1, 1), hint)


def write(root: Path, files: dict[str, str]) -> None:
    """Write what was adopted, all or none: new files, and those that are added to.

    Errors: OSError; everything is then as it was.
    """
    content = {name: text.encode() for name, text in files.items()}
    grown = {name: (root / name).read_bytes() for name in content if (root / name).exists()}
    fresh = {name: data for name, data in content.items() if name not in grown}
    made = {folder for name in fresh for folder in (root / name).parents if not folder.exists()}
    planned.write_new(root, fresh)
    try:
        for name in grown:
            ledger.write_whole(root / name, content[name])
    except BaseException:
        _take_back(root, fresh, made, grown)
        raise


def _take_back(root: Path, fresh: Iterable[str], made: set[Path], grown: dict[str, bytes]) -> None:
    """Remove what is new, then put back what was added to; in this order, for a disk that is full."""
    for name in fresh:
        (root / name).unlink(missing_ok=True)
    for folder in sorted(made, key=lambda f: -len(f.parts)):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    for name, old in grown.items():
        if (root / name).read_bytes() != old:
            ledger.write_whole(root / name, old)


@dataclass(slots=True)
class _Adopter:
    """One report being taken over, by one 体例 after the other."""

    project: Project
    department: str
    name: str
    period: Period
    wanted: str
    file: str
    ends: str

    def by(self, manner: str) -> Adopted | None:
        """The report by a 体例; None when it does not come back by it."""
        plain: frozenset[int] = frozenset()
        for _ in range(ROUNDS):
            done = lift.lift(self.wanted, self.file, self.period, self.keys(), manner, plain)
            files = self.files(done, manner)
            got = self.built(files)
            if got == self.wanted:
                target = f"{self.department}/{self.name}"
                placed = (replace(d, span=_below(f"{TEMPLATES}/{target}", d.span)) for d in done.told)
                unsure = (*placed, *self.remarks(manner))
                return Adopted(target, self.period, manner, done.sheets, files, unsure, done.seen, done.lifted)
            apart = _apart(self.wanted, got)
            if not apart or apart <= plain:
                return None
            plain |= apart
        return None

    def keys(self) -> Keys:
        """The names that are taken: facts of the period, and indicators with their units."""
        facts = Builder(self.project).facts(self.department, self.period)
        units = {name: one.unit for name, one in facts.indicators.items()}
        return Keys(_given(facts), units)

    def files(self, done: Lifted, manner: str) -> dict[str, str]:
        """The new files by name."""
        folder = f"{TEMPLATES}/{self.department}/{self.name}"
        ends = self.ends if manner == VERBATIM else "\n"
        made = {f"{folder}/{one.name}.txt": one.template.replace("\n", ends) for one in done.sheets}
        made[f"{folder}/报告.yaml"] = self.settings(done)
        facts, indicators = f"{DATA}/{self.department}/{self.period}.yaml", f"{DATA}/{self.department}/指标.yaml"
        made[facts] = _added(self.project, facts, _facts(done), f"期间: {self.period}\n")
        made[indicators] = _added(self.project, indicators, _indicators(done), "")
        empty = {facts, indicators}
        return {n: text for n, text in made.items() if (text or n not in empty) and not self.stands(n, text)}

    def stands(self, name: str, text: str) -> bool:
        """Whether a file is there already with this very text."""
        return self.project.files.exists(name) and self.project.files.text(name)[0] == text

    def settings(self, done: Lifted) -> str:
        """报告.yaml: what is not the default."""
        given = {**dict(done.settings), "周期": self.period.kind}
        if given["体例"] == CANONICAL:
            del given["体例"]
        return written(Mapping(tuple((Scalar(k), Scalar(v, "" if v else '"')) for k, v in given.items())))

    def built(self, files: dict[str, str]) -> str:
        """The text that the new files build; '' when they build none."""
        project = planned.project(self.project.root, {name: text.encode() for name, text in files.items()})
        draft = Builder(project).draft(project.report(self.department, self.name), self.period)
        return FORMATS["txt"](draft).decode().replace(self.ends, "\n") if draft.outline else ""

    def remarks(self, manner: str) -> Iterator[Diagnostic]:
        """What the 体例 means, where it is not the usual one."""
        start = Span(f"{TEMPLATES}/{self.department}/{self.name}/报告.yaml", 1, 1)
        if manner == CONTINUED:
            said = "序数不从头起，或有几处与规范不同，按原样接着排（体例: 接续）"
            yield note("L106", said, start, "理顺序数后，把 报告.yaml 的体例一行删去")
        if manner == VERBATIM:
            yield note("L106", "照原文一字不动（体例: 原样）", start, "要程序重排序数，把 报告.yaml 的体例一行删去")


def _given(facts: Facts) -> set[str]:
    return set(facts.own_names()) if facts.exists else set()


def _below(folder: str, span: Span) -> Span:
    return replace(span, file=f"{folder}/{span.file}")


def _apart(wanted: str, got: str) -> frozenset[int]:
    """Numbers of the lines that did not come back; none when there are more or fewer lines."""
    ours, theirs = wanted.split("\n"), got.split("\n")
    if len(ours) != len(theirs):
        return frozenset()
    return frozenset(n for n, (a, b) in enumerate(zip(ours, theirs, strict=True), start=1) if a != b)


def _added(project: Project, name: str, lines: list[str], head: str) -> str:
    """The text of a facts or indicators file with new entries behind what it has."""
    fresh = "\n".join([*lines, ""]) if lines else ""
    if not project.files.exists(name):
        return head + fresh
    tree, told = yamlfile.read(fresh, name)
    old = project.files.text(name)[0]
    return merged(old, tree, name)[0] if isinstance(tree, Mapping) and not told else old


def _facts(done: Lifted) -> list[str]:
    """The lines of a facts file, by section."""
    return [line for sheet in done.sheets if sheet.facts for line in (_remark(sheet), *_lines(sheet.facts))]


def _lines(facts: Sequence[Fact]) -> list[str]:
    return [line for one in facts for line in entry(Scalar(one.key), one.node(), "")]


def _remark(sheet: Sheet) -> str:
    return "# " + "".join(c for c in sheet.heading or sheet.name if c.isprintable()).rstrip("。：")


def _indicators(done: Lifted) -> list[str]:
    """The lines of 指标.yaml: the unit of every fact."""
    entries = ((sheet, line) for sheet in done.sheets for one in sheet.facts for line in _indicator(one))
    lines, last = [], None
    for sheet, line in entries:
        lines += [_remark(sheet), line] if sheet is not last else [line]
        last = sheet
    return lines


def _indicator(fact: Fact) -> list[str]:
    kind = fact.indicator.kind
    pairs = [("单位", fact.unit), ("性质", kind)] if kind else [("单位", fact.unit)]
    node = Mapping(tuple((Scalar(k), Scalar(v)) for k, v in pairs)) if fact.unit else Scalar("")
    return entry(Scalar(fact.key), node, "")
