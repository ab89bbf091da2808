"""Commands on templates: check before any build; new begins those of a department from another's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.group import main
from drafter.cli.output import (
    CLEAN,
    FAULTY,
    JSON,
    NOTHING,
    PERIODS,
    USAGE,
    agreed,
    counted,
    lines,
    open_project,
    period_of,
    print_json,
    table,
    told,
    usage,
    watched,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.diagnostic import Diagnostic
    from drafter.period import Period
    from drafter.project import Project
    from drafter.report import Report
    from drafter.setup.department import Plan
    from drafter.survey.names import Name
    from drafter.survey.offered import Offered
    from drafter.survey.reports import Surveyed


@main.group()
def template() -> None:
    """模板：照一个部门的报告给新部门建模板，生成以前先查模板。"""


@template.command("new")
@click.argument("target", metavar="新部门[/新报告]")
@click.option("--from", "source", metavar="部门/报告", default="", help="照哪一份报告建，如 应急管理局/月度工作总结。")
@click.option("--period", "-p", metavar="期间", help=f"填报表是哪一期的，如 {PERIODS}；默认：原报告的最新一期。")
@click.option("--yes", is_flag=True, help="不再询问，直接写。")
@click.pass_obj
def new_(project: Path | None, target: str, source: str, period: str | None, yes: bool) -> None:
    """照一份报告给新部门建模板。

    写出章节、报告.yaml、指标.yaml 和一张空的填报表。新报告不写就和原报告同名。只取模板用到的指标；原部门科室的责任单位留空。
    已有的文件不覆盖；共用的章节（公共）仍用原来的。
    """
    from drafter.setup import department as room

    opened = open_project(project)
    when = period_of(period, as_json=False)
    old = _source(opened, source)
    made = room.plan(opened, old, *_named(opened, target, old), when)
    _planned(made)
    if not yes and watched() and not agreed("写入这些文件吗？（是/否）"):
        click.echo("没有写，什么都没有动")
        sys.exit(FAULTY)
    _write(opened, made)
    _next(made, room.organ_line(opened, made))
    sys.exit(CLEAN)


def _source(project: Project, said: str) -> Report:
    """The one report to begin from; ends with 2 when there is none, or more than one."""
    if not said:
        known = "、".join(report.target for report in project.reports()) or "（还没有报告）"
        usage("没有写照哪一份报告建", f"加上 --from 部门/报告，可选：{known}")
    with told(USAGE, as_json=False):
        found = project.select((said,))
    if len(found) > 1:
        usage(f"“{said}”有 {len(found)} 份报告", f"写明一份：{'、'.join(r.target for r in found)}")
    if not found[0].sections:
        usage(f"“{found[0].target}”没有章节，没有可照的", "换一份报告", code="P105")
    return found[0]


def _named(project: Project, target: str, old: Report) -> tuple[str, str]:
    """(department, report) of the new one; ends with 2 when a name cannot be used or the report is there."""
    from drafter.report import TEMPLATES
    from drafter.setup.planned import in_the_way, unfit

    department, _, name = target.replace("\\", "/").strip("/").removeprefix(f"{TEMPLATES}/").partition("/")
    name = name or old.name
    for one in (department, name):
        if unfit(one):
            usage(f"“{one}”不能作名称：{unfit(one)}", "写成 新部门 或 新部门/新报告，如 民政局/月度工作总结")
    way = in_the_way(project.root / TEMPLATES / department / name)
    if way:
        usage(f"“{TEMPLATES}/{department}/{name}”{way}，没有覆盖", "换一个报告名，或先移走它", code="P109")
    return department, name


def _planned(made: Plan) -> None:
    """What is to be written, and what a person should look at."""
    from drafter.diagnostic import visible

    click.echo(visible(f"照 {made.old.target} 建 {made.target}："))
    for name in made.content:
        click.echo(visible(f"  {name}{_said(made, name)}"))
    if made.shared:
        click.echo(visible(f"共用的章节仍用原来的：{'、'.join(made.shared)}"))
    if made.lacking:
        click.echo(visible(f"指标.yaml 已有，没有改；模板还用到这些指标，自己加上：{'、'.join(made.lacking)}"))
    lines(made.told)


def _said(made: Plan, name: str) -> str:
    """What a file of the plan holds, where a number says it."""
    if name.endswith("/指标.yaml"):
        offices = dict.fromkeys(office for _, office in made.offices)
        empty = f"；责任单位留空 {len(made.offices)} 项，原来是{'、'.join(offices)}" if offices else ""
        return f"（{made.indicators} 个指标{empty}）"
    return f"（空的填报表，要填 {made.asked} 项）" if name.startswith("data/") else ""


def _write(project: Project, made: Plan) -> None:
    """Write all files of a plan or none; ends with 1 when one cannot be written."""
    from drafter.diagnostic import error
    from drafter.setup.planned import write_new
    from drafter.source import Span, reason

    try:
        write_new(project.root, made.content)
    except OSError as fault:
        where = str(fault.args[0]) if isinstance(fault, FileExistsError) else f"templates/{made.target}"
        why = "已经有了，没有覆盖" if isinstance(fault, FileExistsError) else f"写不进去：{reason(fault)}"
        code = "P109" if isinstance(fault, FileExistsError) else "P106"
        click.echo(error(code, why, Span(where, 1, 1), "一个文件也没有写；改好再来").line(), err=True)
        sys.exit(FAULTY)


def _next(made: Plan, line: str) -> None:
    """What to do with a report that was just made."""
    from drafter.diagnostic import visible

    steps = [
        f"在 drafter.yaml 的“单位:”下面加一行（全称自己核对）：{line}" if line else "",
        f"把 templates/{made.target}/ 里的话改成{made.department}的",
        f"在 data/{made.department}/指标.yaml 里补上责任单位" if made.offices else "",
        f"查模板：drafter template check {made.target}",
        f"填 data/{made.department}/{made.period}.yaml，再生成：drafter build {made.target} --period {made.period}"
        if made.asked
        else f"出填报表：drafter facts form {made.department} 2022-09（期间换成要填的）",
    ]
    click.echo(f"已写 {len(made.content)} 个文件。接下来：")
    for number, step in enumerate((step for step in steps if step), start=1):
        click.echo(visible(f"{number}. {step}"))


@template.command()
@click.argument("targets", metavar="[部门[/报告]]...", nargs=-1)
@click.option("--period", "-p", metavar="期间", help=f"同时对照这一期的事实，如 {PERIODS}；默认：只查模板。")
@click.option("--brief", is_flag=True, help="只说问题，不列名称。")
@JSON
@click.pass_obj
def check(project: Path | None, targets: tuple[str, ...], period: str | None, brief: bool, as_json: bool) -> None:
    """查模板：用了哪些名称、哪些没有数、层次写得对不对；不生成，也不用等数。

    列出每份报告用到的名称、要它的什么、在哪一行；再说哪里不对：不认识的名称和过滤器、
    没有模板用到的事实、序数和循环写法。写部门，如 应急管理局；或部门/报告；不写就查全部。
    """
    from drafter.diagnostic import has_errors
    from drafter.forms.desk import Desk
    from drafter.survey.offered import Offered

    opened = open_project(project, as_json=as_json)
    when = period_of(period, as_json=as_json)
    with told(USAGE, as_json=as_json):
        chosen = opened.select(targets)
    offered = Offered(Desk(opened))
    found = _surveyed(offered, chosen, when, targets, quiet=as_json)
    diagnostics = _diagnostics(offered, found, targets)
    if as_json:
        print_json({"reports": [r.as_json() for r in found], "diagnostics": [d.as_json() for d in diagnostics]})
    else:
        _told(found, diagnostics, brief=brief)
    sys.exit(FAULTY if has_errors(diagnostics) else CLEAN if found else NOTHING)


def _surveyed(
    offered: Offered, chosen: list[Report], when: Period | None, targets: tuple[str, ...], *, quiet: bool
) -> list[Surveyed]:
    """The reports looked through, with the period's facts where the report is built for such a period."""
    from drafter.survey import reports

    named = {t.replace("\\", "/").strip("/").removeprefix("templates/") for t in targets}
    fits = [when if when and (r.target in named or r.cycle in ("", when.kind)) else None for r in chosen]
    running = (reports.of_report(offered, r, p) for r, p in zip(chosen, fits, strict=True))
    return list(counted(running, len(chosen), "查模板", quiet=quiet))


def _diagnostics(offered: Offered, found: Sequence[Surveyed], targets: tuple[str, ...]) -> list[Diagnostic]:
    """What was found in the templates, then what in data/ no template uses; each once."""
    from drafter.draft import once
    from drafter.survey import reports

    own = dict.fromkeys(one.report.department for one in found)
    unused = reports.of_departments(offered, own if targets else offered.departments, found)
    return list(once([*(d for one in found for d in one.diagnostics), *unused]))


def _told(found: Sequence[Surveyed], diagnostics: Sequence[Diagnostic], *, brief: bool) -> None:
    """The names of each report, the findings, and what to do next."""
    for one in found if not brief else ():
        click.echo(f"{one.report.target}：用到 {len(one.names)} 个名称")
        _names(one.names)
        click.echo()
    lines(diagnostics)
    if not found:
        click.echo("没有要查的报告 ➜ 在 templates/部门/报告/ 放章节，或 drafter template new 建一份")
        return
    counts = [(word, sum(d.severity.word == word for d in diagnostics)) for word in ("错误", "提醒")]
    said = "，".join(f"{word} {n}" for word, n in counts if n) or "没有发现问题"
    after = "照上面的提示改" if diagnostics else "生成：drafter build"
    click.echo(f"查了 {len(found)} 份报告、{sum(len(one.names) for one in found)} 个名称：{said} ➜ {after}")


def _names(names: Sequence[Name]) -> None:
    from drafter.diagnostic import visible

    rows = [(n.shown, "、".join(n.asked), n.unit, n.office, _place(n), n.remark) for n in names]
    head = ("名称", "要它的", "单位", "责任单位", "用在", "备注")
    columns = [i for i in range(len(head)) if i == 0 or any(row[i] for row in rows)]
    if rows:
        table([head[i] for i in columns], [[visible(row[i]) for i in columns] for row in rows])


def _place(name: Name) -> str:
    """The first place of a name, and how many there are: templates/…/1.txt:3:5 等2处."""
    first, *others = name.places
    return f"{first} 等{len(others) + 1}处" if others else str(first)
