"""Commands on facts: show, missing, form, import, schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from drafter.cli.group import main
from drafter.cli.output import (
    CLEAN,
    FAULTY,
    JSON,
    NOTHING,
    PERIODS,
    counted,
    jobs,
    lines,
    open_project,
    period_of,
    print_json,
    save,
    short_path,
    table,
    tell,
    told,
    usage,
)

if TYPE_CHECKING:
    from drafter.diagnostic import Diagnostic
    from drafter.forms.desk import Desk
    from drafter.forms.missing import Found, Lack
    from drafter.forms.show import Row
    from drafter.period import Period
    from drafter.project import Project
    from drafter.report import Report

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@main.group()
def facts() -> None:
    """事实：看一期的数、查缺、出填报表、导入表格、给编辑器的说明（schema）。"""


def department_of(project: Project, said: str, *, as_json: bool = False) -> str:
    """A department that was said; ends with 2 when there is none of the name."""
    from drafter.diagnostic import did_you_mean
    from drafter.facts import departments
    from drafter.report import DATA, SHARED

    name = said.replace("\\", "/").strip("/").removeprefix(f"{DATA}/")
    known = tuple(dict.fromkeys((*project.departments(), *departments(project.files), SHARED)))
    if name not in known:
        hint = did_you_mean(name, known) or f"可选：{'、'.join(known)}"
        usage(f"没有“{said}”这个部门", hint, code="P102", as_json=as_json)
    return name


@facts.command()
@click.argument("department", metavar="部门")
@click.argument("period", metavar="[期间]", required=False)
@JSON
@click.pass_obj
def show(project: Path | None, department: str, period: str | None, as_json: bool) -> None:
    """列出一期的全部事实：数值、同比、位次、出处，还缺哪些。

    部门是 data/ 下的文件夹名，如 应急管理局；期间不写就是最新一期。
    期间如 2022-09（月）、2022Q3（季）、2022H1（半年）、2022（年）、2022-01..2022-05（累计）。
    """
    from drafter import facts as room
    from drafter.diagnostic import has_errors
    from drafter.forms import show as shown
    from drafter.forms.desk import Desk

    opened = open_project(project, as_json=as_json)
    name = department_of(opened, department, as_json=as_json)
    desk = Desk(opened)
    when = period_of(period, as_json=as_json) or desk.newest(name)
    if when is None or not (found := room.load(opened.files, name, when)).exists:
        _no_facts(opened, name, when, as_json=as_json)
    rows, unfilled = shown.rows(found), shown.unfilled(found, desk.periods(name))
    said = found.diagnostics
    if as_json:
        both = {"facts": [r.as_json() for r in rows], "missing": [r.as_json() for r in unfilled]}
        head = {"department": name, "period": str(found.period)}
        print_json({**head, **both, "diagnostics": [d.as_json() for d in said]})
    else:
        _shown(name, found.period, rows, unfilled)
        click.echo(f"报告还缺哪些、向谁要：drafter facts missing {name} --period {found.period}")
        lines(said)
    sys.exit(FAULTY if has_errors(said) else CLEAN)


def _no_facts(project: Project, department: str, when: Period | None, *, as_json: bool) -> NoReturn:
    """There is nothing to show: say which periods there are, and end with 3."""
    from drafter.diagnostic import error
    from drafter.facts import known_periods
    from drafter.report import DATA
    from drafter.source import Span

    known = "、".join(map(str, known_periods(project.files, department)))
    make = f"用 drafter facts form {department} 2022-09 出一张填报表（期间换成要填的）"
    message = f"“{department}”没有{f' {when} ' if when else ''}的事实文件"
    place = Span(f"{DATA}/{department}", 1, 1)
    tell([error("P103", message, place, f"有：{known}" if known else make)], as_json=as_json)
    sys.exit(NOTHING)


def _shown(department: str, period: Period, rows: tuple[Row, ...], unfilled: tuple[Row, ...]) -> None:
    from drafter import period as periods
    from drafter.diagnostic import visible
    from drafter.forms import show as shown

    head, cells = shown.table(rows)
    empty = sum(row.kind == "missing" for row in rows)
    click.echo(f"{department} {periods.name(period)}：{len(rows)} 项{f'，其中 {empty} 项待补' if empty else ''}")
    table(head, [tuple(visible(c) for c in row) for row in cells])
    if unfilled:
        click.echo(f"指标里有、这一期没有填的 {len(unfilled)} 项，按责任单位：")
    for office, names in shown.by_office(unfilled).items():
        click.echo(visible(f"  {office}：{'、'.join(names)}"))


@facts.command()
@click.argument("targets", metavar="[部门[/报告]]...", nargs=-1)
@click.option("--period", "-p", metavar="期间", help=f"查哪一期，如 {PERIODS}；默认：各报告的最新一期。")
@click.option("--xlsx", type=FILE, default=None, help="同时写成表格，一个责任单位一张，填好可以直接导入。")
@click.option("--out", type=FOLDER, default=None, help="每个责任单位一份：可以直接发出去的 .txt 和 .xlsx。")
@JSON
@click.pass_obj
def missing(
    project: Path | None,
    targets: tuple[str, ...],
    period: str | None,
    xlsx: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """查报告还缺什么数，按责任单位列出来，可以直接贴到聊天里。

    写部门，如 应急管理局；或部门/报告，如 应急管理局/月度工作总结；不写就查全部报告。
    自己没有报告的部门（如乡镇），查别的报告用它的哪些数、还缺哪些。
    """
    from drafter.build import no_facts
    from drafter.diagnostic import has_errors
    from drafter.forms import missing as room
    from drafter.forms.desk import Desk

    opened = open_project(project, as_json=as_json)
    desk = Desk(opened)
    asked, providers = _wished(opened, targets, period, as_json=as_json)
    when = period_of(period, as_json=as_json)
    wished = [(r, p) for r, p in asked if p]
    without = [no_facts(r, opened) for r, p in asked if not p]
    found = list(counted((room.of_report(desk, r, p) for r, p in wished), len(wished), "查缺", quiet=as_json))
    more = {name: room.of_provider(desk, name, when) for name in providers}
    without += [_unused(name, period) for name, mine in more.items() if not mine]
    found += [one for mine in more.values() for one in mine]
    lacks = room.together(found)
    files = _sent(desk, room.by_office(lacks), xlsx, out, as_json=as_json)
    if as_json:
        print_json(_missing_json(found, lacks, without))
    else:
        _asked(found, room.by_office(lacks), "" if wished else "、".join(name for name, mine in more.items() if mine))
        lines(without)
        for file in files:
            click.echo(f"已写：{file}")
    faulty = any(not one.maybe for one in lacks) or has_errors(d for one in found for d in one.diagnostics)
    sys.exit(FAULTY if faulty else CLEAN if found else NOTHING)


def _departments(project: Project, targets: tuple[str, ...]) -> dict[str, str]:
    """Targets that are folders below data/, as said → the department."""
    from drafter.facts import departments
    from drafter.report import DATA, SHARED

    known = (*departments(project.files), SHARED)
    names = {said: said.replace("\\", "/").strip("/").removeprefix(f"{DATA}/") for said in targets}
    return {said: name for said, name in names.items() if name in known}


def _wished(
    project: Project, targets: tuple[str, ...], period: str | None, *, as_json: bool
) -> tuple[list[tuple[Report, Period | None]], list[str]]:
    """(reports to look at, departments to look at in the reports of others since none of their own fits)."""
    data = _departments(project, targets)
    bare = {said for said, name in data.items() if name not in project.departments()}
    others = tuple(t for t in targets if t not in bare)
    _known(project, others, as_json=as_json)
    asked = jobs(project, others, period, as_json=as_json) if others or not targets else []
    having = {report.department for report, _ in asked}
    return asked, [name for name in dict.fromkeys(data.values()) if name not in having]


def _known(project: Project, targets: tuple[str, ...], *, as_json: bool) -> None:
    """Ends with 2 for a target that is nearly the name of a folder below data/; what is said of others is `select`'s."""
    from drafter.diagnostic import did_you_mean
    from drafter.facts import departments

    reports = {name for report in project.reports() for name in (report.target, report.department)}
    for said in targets:
        name = said.replace("\\", "/").strip("/").removeprefix("templates/")
        near = "" if name in reports else did_you_mean(name, (*reports, *departments(project.files)))
        if near:
            usage(f"没有“{said}”这个部门或报告", near, code="P102", as_json=as_json)


def _unused(department: str, period: str | None) -> Diagnostic:
    """That no report asks for a department's facts (P102)."""
    from drafter.diagnostic import warning
    from drafter.report import DATA
    from drafter.source import Span

    hint = f'别的报告用 部门("{department}") 取它的数；它自己的报告放在 templates/{department}/报告名/'
    message = f"没有报告用到“{department}”{f' {period} ' if period else ''}的数"
    return warning("P102", message, Span(f"{DATA}/{department}", 1, 1), hint)


def _sent(
    desk: Desk, offices: dict[str, list[Lack]], xlsx: Path | None, out: Path | None, *, as_json: bool
) -> list[str]:
    """Write what is to be sent out: one workbook, or a message and a sheet for each office; the files written."""
    from drafter.forms import missing as room
    from drafter.forms import workbook

    root = desk.project.root
    files: dict[Path, bytes | None] = {}
    with told(FAULTY, as_json=as_json):
        if xlsx is not None:
            files[xlsx] = workbook.of_lacks(desk, offices)
        for office, lacks in offices.items() if out is not None else ():
            assert out is not None
            name = room.file_name(office)
            files[out / f"{name}.txt"] = (room.message(office, lacks) + "\n").encode()
            files[out / f"{name}.xlsx"] = workbook.of_lacks(desk, {office: lacks})
    return [save(path, data, root, as_json=as_json) for path, data in files.items() if data is not None]


def _missing_json(found: list[Found], lacks: tuple[Lack, ...], without: list[Diagnostic]) -> dict[str, object]:
    from drafter.draft import once

    reports = dict.fromkeys((one.report.target, str(one.period)) for one in found)
    said = once([*without, *(d for one in found for d in one.diagnostics)])
    return {
        "reports": [{"target": target, "period": when} for target, when in reports],
        "missing": [one.as_json() for one in lacks],
        "diagnostics": [d.as_json() for d in said],
    }


def _asked(found: list[Found], offices: dict[str, list[Lack]], only: str) -> None:
    """The messages, one an office, and what to do next; `only` are the departments whose facts alone were looked at."""
    from drafter.diagnostic import has_errors, visible
    from drafter.draft import once
    from drafter.forms import missing as room

    for office, lacks in offices.items():
        for line in room.message(office, lacks).split("\n"):
            click.echo(visible(line))
        click.echo()
    checked = tuple(dict.fromkeys(f"{one.report.target} {one.period}" for one in found))
    sure = sum(not one.maybe for lacks in offices.values() for one in lacks)
    whose = f"要“{only}”的数" if only else ""
    what = f"{whose}共缺 {sure} 项" if sure else f"{whose}不缺" if only else "不缺数据"
    told = once([d for one in found for d in one.diagnostics])
    after = (
        "交回来的表用 drafter facts import 导入"
        if sure
        else "其他部门的数：drafter facts missing"
        if only
        else "可以定稿：drafter build --final"
    )
    after = "先改好下面的错，改好前查不全" if has_errors(told) else after
    if found:
        click.echo(f"{what}（查了 {len(checked)} 份：{'、'.join(checked)}） ➜ {after}")
    else:
        click.echo("没有要查的报告 ➜ 核对部门和期间")
    lines(told)


@facts.command()
@click.option("--out", type=FOLDER, default=None, help="写到哪个文件夹（默认：项目的 .drafter）。")
@JSON
@click.pass_obj
def schema(project: Path | None, out: Path | None, as_json: bool) -> None:
    """写出给编辑器的说明（JSON Schema）：填事实时提示键和指标。

    事实文件和 指标.yaml 都有，写错的地方编辑器当场标出来；设法写完会显示在屏幕上。
    """
    from drafter.forms import editors

    opened = open_project(project, as_json=as_json)
    made = editors.schemas(opened)
    if as_json:
        print_json(made)
        return
    folder = out or opened.root / editors.FOLDER
    for name, content in made.items():
        click.echo(f"已写：{save(folder / name, editors.text(content), opened.root)}")
    click.echo(editors.advice(short_path(folder, opened.root), tuple(made)))
