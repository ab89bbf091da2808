"""Commands on forms: form goes out, import brings it back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.facts import department_of, facts
from drafter.cli.output import (
    CLEAN,
    FAULTY,
    JSON,
    counted,
    lines,
    open_project,
    period_of,
    print_json,
    save,
    short_path,
    table,
    told,
    unsaved,
    usage,
)

if TYPE_CHECKING:
    from drafter.forms.form import Form
    from drafter.forms.take import Taken, Wish
    from drafter.project import Project

ENDS = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".yaml", ".yml")
"""Names that are files, whether they are there or not."""
IMPORTED = {"written": "已写", "unchanged": "未变化", "waiting": "等确认", "failed": "出错"}
YES = ("是", "y", "yes")
DIFF_LINES = 300
"""Lines of a diff that are shown."""
NAMED = 4
"""Reports that are named one by one in a command."""
SHOWN = 20
"""Changes that are listed one by one."""


@facts.command()
@click.argument("department", metavar="部门")
@click.argument("period", metavar="[期间]", required=False)
@click.option("--xlsx", "as_xlsx", is_flag=True, help="出成表格（.xlsx），发给各科室填。")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="写到哪个文件或文件夹（默认：data/部门/期间.yaml，或 out/填报/ 下的表格）。",
)
@click.pass_obj
def form(project: Path | None, department: str, period: str | None, as_xlsx: bool, out: Path | None) -> None:
    """出一期的空白填报表：要填哪些数、单位、责任单位、以前的数。

    部门是 data/ 下的文件夹名，如 应急管理局；期间不写就是最新一期的下一期。
    期间如 2022-09（月）、2022Q3（季）、2022H1（半年）、2022（年）、2022-01..2022-05（累计）。
    已有的文件不覆盖。
    """
    from drafter.forms.desk import Desk
    from drafter.forms.form import form as empty
    from drafter.forms.form import next_period

    opened = open_project(project)
    name = department_of(opened, department)
    desk = Desk(opened)
    when = period_of(period, as_json=False) or next_period(desk, name)
    if when is None:
        usage(f"“{name}”还没有事实，不知道出哪一期的表", f"写明期间，如 drafter facts form {name} 2022-09")
    made = empty(desk, name, when)
    path = _form_path(opened, made, out, as_xlsx=as_xlsx)
    there = _there(opened, made, path)
    if there:
        hint = f"要补缺数用 drafter facts missing {name} --period {when}；要另出一张空表用 --out 文件"
        usage(f"“{there}”已经有了，没有覆盖", hint)
    lines(desk.problems(name))
    if not made.rows:
        usage(f"“{name}”的模板和指标里没有要填的事实", "先写模板或指标.yaml；模板有错的先改好")
    with told(FAULTY, as_json=False):
        data = _form_data(made, path)
    _form_told(made, save(path, data, opened.root))


def _there(project: Project, made: Form, path: Path) -> str:
    """The file that the form would take the place of: itself, or another one of the period beside it in data/."""
    from drafter.facts import load
    from drafter.forms.desk import data_file

    if path.exists():
        return short_path(path, project.root)
    own = data_file(made.department, made.period)
    if path.resolve() != (project.root / own).resolve():
        return ""
    names = load(project.files, made.department, made.period).files
    return next((name for name in names if name.rpartition("/")[0] == own.rpartition("/")[0]), "")


def _form_path(project: Project, made: Form, out: Path | None, *, as_xlsx: bool) -> Path:
    """Where a form goes: the facts file itself, or a sheet in out/填报/."""
    from drafter.forms.desk import data_file
    from drafter.project import OUT

    if out is not None:
        known = out.suffix.lower() in (".xlsx", ".yaml", ".yml")
        return out if known else out / f"{made.department}-{made.period}-填报表{'.xlsx' if as_xlsx else '.yaml'}"
    if as_xlsx:
        return project.root / OUT / "填报" / f"{made.department}-{made.period}-填报表.xlsx"
    return project.root / data_file(made.department, made.period)


def _form_data(made: Form, path: Path) -> bytes:
    if path.suffix.lower() == ".xlsx":
        from drafter.forms import workbook

        return workbook.of_form(made)
    from drafter.forms import paper

    return paper.yaml(made, _next_command(made)).encode()


def _next_command(made: Form) -> str:
    """What builds the reports that the form's facts go into: the department's own, else those of others."""
    own = any(t.startswith(f"{made.department}/") and when == made.period for t, when in made.used)
    if own or not 0 < len(made.used) <= NAMED:
        return f"drafter build {made.department} --period {made.period}" if own else "drafter build"
    periods = dict.fromkeys(when for _, when in made.used)
    names = [" ".join(target for target, when in made.used if when == period) for period in periods]
    return "；".join(f"drafter build {n} --period {period}" for n, period in zip(names, periods, strict=True))


def _form_told(made: Form, file: str) -> None:
    """What was written, and what to do with it."""
    from drafter.diagnostic import visible

    wanted = sum(row.wanted for row in made.rows)
    others = len(made.rows) - wanted
    click.echo(f"已写：{file}（要填 {wanted} 项{f'，另有 {others} 项有就填' if others else ''}）")
    if made.elsewhere:
        click.echo(visible(f"由公共统一填的：{'、'.join(made.elsewhere)} ➜ drafter facts form 公共 {made.period}"))
    if file.endswith(".xlsx"):
        click.echo(f"填好后导入：drafter facts import {file}")
    else:
        click.echo(f"填好后生成：{_next_command(made)}")


@facts.command("import")
@click.argument("args", metavar="文件... [部门] [期间]", nargs=-1, required=True)
@click.option("--sheet", default="", metavar="工作表", help="只读这一张工作表（默认：全部）。")
@click.option("--yes", is_flag=True, help="不再询问，直接写入。")
@JSON
@click.pass_obj
def import_(project: Path | None, args: tuple[str, ...], sheet: str, yes: bool, as_json: bool) -> None:
    """把填好的表格导入事实文件，先给看改了什么再写。

    文件可以写几个，也可以写一个文件夹（里面的 .xlsx、.xlsm、.xls、.et、.csv、.yaml 都读）。
    部门、期间不写，就看表里写的“部门”“期间”，再看标题、工作表名和文件名，
    如 应急管理局2022年9月.xlsx；都看不出来的会提示补写。
    期间如 2022-09（月）、2022Q3（季）、2022H1（半年）、2022（年）、2022-01..2022-05（累计）。
    """
    opened = open_project(project, as_json=as_json)
    files, wish = _wish(opened, args, sheet, as_json=as_json)
    brief = as_json or (yes and len(files) > 1)
    done: list[tuple[Taken, str]] = []
    for file in counted(files, len(files), "导入", quiet=as_json or not brief):
        for one in _read(opened.root, file, wish, [taken for taken, _ in done]):
            if not brief:
                lines(one.diagnostics)
                _change(one)
            done.append(_put(one, opened, yes=yes, brief=brief, as_json=as_json))
    if as_json:
        print_json({"imports": [one.as_json(status) for one, status in done]})
    elif len(done) > 1:
        lines(d for one, _ in done for d in one.diagnostics if brief)
        _imported(done)
    sys.exit(FAULTY if any(status in ("failed", "waiting") for _, status in done) else CLEAN)


def _wish(project: Project, args: tuple[str, ...], sheet: str, *, as_json: bool) -> tuple[list[Path], Wish]:
    """(files, what was said of them): what is a file, a folder of files or called like one; a period; a department."""
    from drafter import period as periods
    from drafter.forms.take import Wish

    found = {a: _files(a) for a in args}
    others = [a for a, files in found.items() if not files]
    said = [a for a in others if periods.read(a)]
    departments = [a for a in others if a not in said]
    files = list(dict.fromkeys(file for mine in found.values() for file in mine))
    if len(said) > 1 or len(departments) > 1:
        odd = "、".join((said if len(said) > 1 else departments)[1:])
        usage(f"看不懂“{odd}”", "期间写成 2022-09；部门、期间各只写一个；文件要写全扩展名", as_json=as_json)
    if not files:
        usage("没有写要导入的文件", "如 drafter facts import 表.xlsx 应急管理局 2022-09", as_json=as_json)
    department = department_of(project, departments[0], as_json=as_json) if departments else ""
    return files, Wish(department, periods.read(said[0]) if said else None, sheet)


def _files(said: str) -> list[Path]:
    """The files that an argument means: itself, those in a folder, those that a pattern fits (Windows leaves it as it is)."""
    path = Path(said)
    if path.is_file() or (path.suffix.lower() in ENDS and "*" not in said):
        return [path]
    if "*" in said and not path.is_absolute():
        return sorted(p for p in Path().glob(said) if _is_table(p))
    return sorted(p for p in path.iterdir() if _is_table(p)) if path.is_dir() else []


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in ENDS and not path.name.startswith(("~$", "."))


def _read(root: Path, file: Path, wish: Wish, before: list[Taken]) -> tuple[Taken, ...]:
    """What a file would change. The project is read anew: the file before may have written what this one changes."""
    from drafter.forms import take as room
    from drafter.forms.desk import Desk
    from drafter.project import Project

    taken = room.of_file(Desk(Project(root)), file, short_path(file, root), wish)
    return tuple(room.against(one, before) for one in taken)


def _put(taken: Taken, project: Project, *, yes: bool, brief: bool, as_json: bool) -> tuple[Taken, str]:
    """Write one facts file when nothing is wrong and the clerk agrees; what became of it."""
    from dataclasses import replace

    if taken.status in ("failed", "unchanged"):
        return taken, taken.status
    if (taken.status == "changed" or taken.mistaken) and not yes and not _agreed(taken, as_json=as_json):
        return taken, "waiting"
    if _moved_on(project.root / taken.file, taken):
        click.echo(f"{taken.file} 刚被改过，没有写 ➜ 再导入一次", err=True)
        return taken, "waiting"
    wrong = unsaved(project.root / taken.file, taken.new.encode(), project.root)
    if wrong is not None:
        lines([] if brief else [wrong])
        return replace(taken, diagnostics=(*taken.diagnostics, wrong)), "failed"
    if not brief:
        click.echo(f"已写：{taken.file} ➜ 接着运行 drafter facts missing --period {taken.period}")
    return taken, "written"


def _moved_on(path: Path, taken: Taken) -> bool:
    """Whether somebody changed the file while the clerk was looking at the changes."""
    from drafter.charset import decode

    try:
        now = decode(path.read_bytes())[0] if path.is_file() else None
    except (OSError, ValueError):
        return True
    return now != taken.old


def _change(taken: Taken) -> None:
    """What the import would change: the diff, and the values in short."""
    from drafter.diagnostic import visible

    if taken.status == "failed":
        click.echo(visible(f"{taken.source}：有错，没有写 ➜ 改好再导入"))
    elif taken.status == "unchanged":
        click.echo(visible(f"{taken.source}：与 {taken.file} 一样，不用写"))
    elif taken.status == "changed":
        diff = taken.diff()
        for line in diff[:DIFF_LINES]:
            click.echo(visible(line))
        if len(diff) > DIFF_LINES:
            click.echo(f"……改动太多，后面 {len(diff) - DIFF_LINES} 行没有列出")
    if taken.status in ("new", "changed"):
        shown = taken.changes[:SHOWN] if taken.status == "changed" else ()
        click.echo(visible(f"{taken.source} → {taken.file}：{len(taken.changes)} 处"))
        for one in shown:
            click.echo(visible(f"  {one}"))
        if len(shown) < len(taken.changes) and shown:
            click.echo(f"  ……等 {len(taken.changes)} 处")


def _watched() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def _agreed(taken: Taken, *, as_json: bool) -> bool:
    """Ask before an existing file is changed; nobody there to ask means no."""
    if as_json:
        return False
    if not _watched():
        why = f"{taken.file} 已有内容，没有写 ➜ 核对上面的改动"
        why = why if taken.old is not None else f"部门或期间对不上，没有写 {taken.file} ➜ 核对是不是拿错了表"
        click.echo(f"{why}，同意就加 --yes", err=True)
        return False
    answer = click.prompt(f"写入 {taken.file} 吗？（是/否）", default="否", show_default=False)
    agreed = str(answer).strip().lower() in YES
    if not agreed:
        click.echo(f"没有写，{taken.file} 原样未动")
    return agreed


def _imported(done: list[tuple[Taken, str]]) -> None:
    """The table of several files."""
    rows = [
        (
            IMPORTED[status],
            one.source,
            one.department or "—",
            str(one.period or "—"),
            one.file or "—",
            str(len(one.changes)),
        )
        for one, status in done
    ]
    table(("状态", "来自", "部门", "期间", "写到", "改动"), rows)
