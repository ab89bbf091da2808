"""The command that takes an old report over: import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.group import main
from drafter.cli.output import CLEAN, FAULTY, JSON, NOTHING, PERIODS, foreseen, lines, print_json, tell, told, usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.diagnostic import Diagnostic
    from drafter.period import Period
    from drafter.project import Project
    from drafter.reading import Document
    from drafter.setup.adopt import Adopted

SHOWN = 3
"""Places of one kind that are shown; the rest are counted (all with --all)."""


@main.command(name="import")
@click.argument("files", metavar="旧稿...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "target", metavar="部门/报告", required=True, help="导入成哪个部门的哪份报告；已有的不覆盖。")
@click.option("--period", "-p", "said", metavar="期间", multiple=True, help=f"旧稿是哪一期：{PERIODS}。")
@click.option("--verbatim", is_flag=True, help="原文一字不动：不理序数、全半角和空行。")
@click.option("--dry-run", "dry", is_flag=True, help="只看会写出什么，不写。")
@click.option("--all", "whole", is_flag=True, help="拿不准的逐处列全。")
@JSON
@click.pass_obj
def adopt(
    folder: Path | None,
    files: tuple[Path, ...],
    target: str,
    said: tuple[str, ...],
    verbatim: bool,
    dry: bool,
    whole: bool,
    as_json: bool,
) -> None:
    """把旧稿变成模板和事实：数成为事实，年月成为期间的词，其余照写。

    能读的旧稿同 drafter outline。写出各节模板、报告.yaml、事实和指标；马上生成，文字和旧稿
    理过序数、全半角（drafter fmt）的一样，加 --verbatim 就一字不差。
    期间不写就从标题里认。几年的同一份报告一起导入（期间也写几次），模板照最新的一年，
    各年的数各成一个事实文件。

    --json 的内容：target 报告、period 期间、manner 体例、files 写出的文件、
    figures 带单位的数：seen 有几个、lifted 成为事实的几个、masked 原文被遮住的几个；
    unsure 拿不准的各处；diagnostics 意见
    """
    department, name = _target(target, as_json=as_json)
    project = _project(folder, as_json=as_json)
    from drafter.setup import adopt as room

    with told(NOTHING, as_json=as_json), foreseen(files[0]):
        read = [_read(file) for file in files]
        periods = _periods(files, read, said, as_json=as_json)
        years = [(d.source, f.as_posix(), p) for d, f, p in zip(read, files, periods, strict=True)]
        done = room.adopt(project, years, (department, name), verbatim=verbatim)
    if not dry:
        _write(project, done, as_json=as_json)
    reading = [one for document in read for one in document.diagnostics]
    if as_json:
        print_json(_json(done, reading))
    else:
        lines(reading)
        _show(done, dry=dry, whole=whole)
    sys.exit(CLEAN)


def _target(said: str, *, as_json: bool) -> tuple[str, str]:
    department, _, name = said.replace("\\", "/").strip("/").partition("/")
    if not department or not name or "/" in name:
        usage(f"“{said}”不是 部门/报告", "写成 --as 应急管理局/月度工作总结", as_json=as_json)
    return department, name


def _project(given: Path | None, *, as_json: bool) -> Project:
    """The project at or above the folder; where there is none, the folder becomes one."""
    from drafter.project import Project, find_root

    start = (given or Path.cwd()).resolve()
    if not start.is_dir():
        usage(f"没有“{given}”这个文件夹", "先建好文件夹，或用 drafter new 文件夹", code="P101", as_json=as_json)
    root = find_root(start)
    if root is None and not as_json:
        click.echo(f"“{start.name}”还不是 drafter 项目，就在这里新建 templates 和 data。", err=True)
    return Project(root or start)


def _read(file: Path) -> Document:
    from drafter import reading

    return reading.read(file, file.as_posix())


def _periods(files: Sequence[Path], read: Sequence[Document], said: Sequence[str], *, as_json: bool) -> list[Period]:
    """The period of each file: as said, else as its title has it. Ends with 2 when one is not known."""
    from drafter import diff, text
    from drafter import period as periods

    if said and len(said) != len(files):
        usage(f"{len(files)}份旧稿，写了{len(said)}个期间", "每份旧稿写一个 --period，次序相同", as_json=as_json)
    if not said:
        found = [diff.guessed(text.read(d.text)[0], f.stem) for d, f in zip(read, files, strict=True)]
    else:
        found = [periods.read(word) for word in said]
    for file, one, word in zip(files, found, said or ["" for _ in files], strict=True):
        if one is None:
            why = f"看不懂期间“{word}”" if word else f"认不出“{file.name}”是哪一期"
            usage(why, "用 --period 写明，如 2022-09、2022Q3、2022H1、2022", as_json=as_json)
    known = [one for one in found if one is not None]
    if len(set(known)) < len(known):
        usage("有两份旧稿是同一期", "一期只导入一份；--period 按旧稿的次序写", as_json=as_json)
    return known


def _write(project: Project, done: Adopted, *, as_json: bool) -> None:
    from drafter.diagnostic import error
    from drafter.setup import adopt as room
    from drafter.source import Span, reason

    try:
        room.write(project.root, done.files)
    except OSError as fault:
        hint = "核对权限和磁盘空间；什么都没有留下"
        tell([error("P106", f"写不进去：{reason(fault)}", Span(done.target, 1, 1), hint)], as_json=as_json)
        sys.exit(FAULTY)


def _json(done: Adopted, reading: Sequence[Diagnostic]) -> dict[str, object]:
    return {
        "target": done.target,
        "period": str(done.period),
        "manner": done.manner,
        "files": list(done.files),
        "figures": {"seen": done.seen, "lifted": done.lifted, "masked": done.masked},
        "unsure": [one.as_json() for one in done.unsure],
        "diagnostics": [one.as_json() for one in (*reading, *done.diagnostics)],
    }


def _show(done: Adopted, *, dry: bool, whole: bool) -> None:
    """What was written, how much became facts, what was unsure, what to do next."""
    click.echo("会写出：" if dry else "写出了：")
    for name, words in done.told_files():
        click.echo(f"  {name}  {words}".rstrip())
    share = f"（{100 * done.lifted / done.seen:.1f}%）" if done.seen else ""
    click.echo(f"带单位的数{done.seen}个，成为事实的{done.lifted}个{share}。")
    if done.masked:
        click.echo(f"原文遮住的数{done.masked}个，照原样印，按缺数算。")
    _show_unsure(done.unsure, whole=whole)
    lines(done.diagnostics)
    if not dry:
        click.echo(
            f"\n接着：看一遍模板和事实的名称，改成你们平时的叫法；drafter build {done.target} --period {done.period}"
        )
        click.echo(f"下一期：drafter facts form {done.target.partition('/')[0]}，填好再 drafter build")


def _show_unsure(unsure: Sequence[Diagnostic], *, whole: bool) -> None:
    from itertools import groupby

    if unsure:
        click.echo(f"拿不准的{len(unsure)}处：")
    for _, group in groupby(sorted(unsure, key=lambda d: d.code), key=lambda d: d.code):
        rows = list(group)
        shown = rows if whole else rows[:SHOWN]
        for row in shown:
            click.echo(f"  {row.line()}")
        if len(rows) > len(shown):
            click.echo(f"  …… {rows[0].code} 还有{len(rows) - len(shown)}处，加 --all 列全")
