"""A new department from another one's report: its templates, indicators and an empty form, planned before any is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter.diagnostic import Diagnostic, Severity
from drafter.forms import paper
from drafter.forms.desk import Desk, data_file
from drafter.forms.form import form
from drafter.period import Period
from drafter.project import Project, default_cycle
from drafter.report import DATA, SHARED, TEMPLATES, Report
from drafter.setup import entries, planned
from drafter.setup.wording import Renaming
from drafter.survey import names, reports
from drafter.survey.offered import Offered
from drafter.survey.shape import shape
from drafter.yamlfile import Mapping, Scalar
from drafter.yamlfile.edit import merged
from drafter.yamlfile.read import read
from drafter.yamlfile.slip import folded

INDICATORS = "指标.yaml"
ABOVE = re.compile("国家|中央|省|市(?!场|容|民|政(?!府))|县|区(?!域|划)|州|旗|街道|乡(?!村)|镇")
"""What the name of somebody else's office begins with: 县统计局; 综合科, 市场管理科 are one's own."""


@dataclass(slots=True)
class Plan:
    """What is to be written, and what a person should know of it."""

    old: Report
    department: str
    name: str
    period: Period | None
    content: dict[str, bytes] = field(default_factory=dict)
    told: list[Diagnostic] = field(default_factory=list)
    shared: tuple[str, ...] = ()
    """Sections that stay where they are: those of 公共, and of other reports."""
    indicators: int = 0
    offices: tuple[tuple[str, str], ...] = ()
    """(indicator, office) of each 责任单位 that was left empty."""
    lacking: tuple[str, ...] = ()
    """Indicators that the templates use and an existing 指标.yaml does not have."""
    asked: int = 0
    """Facts that the form asks for; 0 when there is no form."""

    @property
    def target(self) -> str:
        """部门/报告."""
        return f"{self.department}/{self.name}"


def plan(project: Project, old: Report, department: str, name: str, period: Period | None) -> Plan:
    """All files of the new report, from the old one's; nothing is written.

    Errors: DraftError when a template cannot be read.
    """
    made = Plan(old, department, name, period or project.newest(old))
    renaming = Renaming(project.organ(old.department), old.department, old.target, made.target)
    _templates(project, made, renaming)
    _settings(project, made, renaming)
    _indicators(project, made)
    _form(project, made)
    offered = Offered(Desk(planned.project(project.root, made.content)))
    found = reports.of_report(offered, _report(project, made))
    made.told += [d for d in found.diagnostics if d.severity is Severity.ERROR]
    return made


def _report(project: Project, made: Plan) -> Report:
    return planned.project(project.root, made.content).report(made.department, made.name)


def _templates(project: Project, made: Plan, renaming: Renaming) -> None:
    """The sections of the old report's own folder, and what they include of it."""
    sections = [section.text for section in made.old.all_sections]
    loader = Desk(project).builder.templates
    ahead = f"{TEMPLATES}/{made.old.target}/"
    for file, source in shape(sections, loader.source, TEMPLATES).sources.items():
        if file.startswith(ahead):
            new = f"{TEMPLATES}/{made.target}/{file.removeprefix(ahead)}"
            text, told = renaming.template(source, new)
            made.content[new] = text.encode()
            made.told += told
    made.shared = tuple(s.removesuffix(".txt") for s in sections if not s.startswith(f"{made.old.target}/"))


def _settings(project: Project, made: Plan, renaming: Renaming) -> None:
    """报告.yaml: the old one's with the old name replaced; one of its own where there was none."""
    new = f"{TEMPLATES}/{made.target}/报告.yaml"
    if project.files.exists(made.old.file):
        text = project.files.text(made.old.file)[0].removeprefix("\ufeff").replace("\r\n", "\n")
        text = text.replace(f"{made.old.target}/", f"{made.target}/")
        made.content[new] = _renamed(text, new, renaming, made).encode()
        return
    listed = ", ".join(s.text.removeprefix(f"{made.old.target}/").removesuffix(".txt") for s in made.old.sections)
    cycle = f"周期: {made.old.cycle}\n" if made.old.cycle else ""
    made.content[new] = f"{cycle}章节: [{listed}]\n".encode()


def _renamed(text: str, file: str, renaming: Renaming, made: Plan) -> str:
    tree = read(text, file)[0]
    pairs = tree.items if isinstance(tree, Mapping) else ()
    texts = [(key, value) for key, value in pairs if isinstance(value, Scalar) and not value.empty]
    changed = [(k, Scalar(renaming.template(v.text, file)[0], '"')) for k, v in texts]
    new = Mapping(tuple((k, v) for (k, v), (_, old) in zip(changed, texts, strict=True) if v.text != old.text))
    if new.items:
        text = merged(text, new, file)[0]
    if made.old.cycle != default_cycle(made.name) and "周期" not in [key.text for key, _ in pairs]:
        text = f"{text.rstrip()}\n周期: {made.old.cycle}\n" if made.old.cycle else text
    return text


def _indicators(project: Project, made: Plan) -> None:
    """指标.yaml: the old one's entries that the templates use; one that is there already is left as it is."""
    old, new = (f"{DATA}/{department}/{INDICATORS}" for department in (made.old.department, made.department))
    if not project.files.exists(old):
        return
    offered = Offered(Desk(planned.project(project.root, made.content)))
    used = {folded(one.need.name) for one in names.used(offered, _report(project, made)) if one.own}
    source = project.files.text(old)[0].replace("\r\n", "\n").replace("\r", "\n")
    text = entries.kept(source, old, lambda name: folded(name) in used)
    listed = entries.names(text, old)
    if project.files.exists(new):
        there = {folded(name) for name in entries.names(project.files.text(new)[0], new)}
        made.lacking = tuple(name for name in listed if folded(name) not in there)
    elif listed:
        others = tuple(_others(project, made.old.department))
        text, made.offices = entries.without_offices(text, new, lambda office: _is_own(office, others))
        made.content[new] = text.encode()
        made.indicators = len(listed)


def _others(project: Project, department: str) -> Iterator[str]:
    """The names of the other departments of a project."""
    for name in dict.fromkeys((*project.departments(), *project.files.folders(DATA))):
        if name not in (department, SHARED):
            yield from (name, project.organ(name))


def _is_own(office: str, others: tuple[str, ...]) -> bool:
    """Whether an office belongs to the department itself, so that another one has none of the name."""
    return not ABOVE.match(office) and not office.startswith(others)


def _form(project: Project, made: Plan) -> None:
    """The empty form of the period, unless the period has facts or nothing is asked."""
    file = data_file(made.department, made.period) if made.period else ""
    if made.period is None or made.period in Desk(project).periods(made.department):
        return
    desk = Desk(planned.project(project.root, made.content))
    empty = form(desk, made.department, made.period)
    if empty.rows:
        made.asked = sum(row.wanted for row in empty.rows)
        empty = replace(empty, rows=tuple(replace(row, remark="") for row in empty.rows))
        made.content[file] = paper.yaml(empty, f"drafter build {made.target} --period {made.period}").encode()


def organ_line(project: Project, made: Plan) -> str:
    """The line of drafter.yaml that says the new department's full name; empty when one name serves all, or it is there."""
    node = project.settings[0].get("单位")
    if (isinstance(node, Scalar) and node.text) or project.organ(made.department) != made.department:
        return ""
    old = project.organ(made.old.department)
    place = old.removesuffix(made.old.department) if old.endswith(made.old.department) else ""
    return f"  {made.department}: {place}{made.department}"
