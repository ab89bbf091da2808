"""refresh: new facts into files that were edited by hand."""

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
    counted,
    foreseen,
    lines,
    named_so,
    open_project,
    period_of,
    print_json,
    table,
    tell_skipped,
    usage,
    without_backups,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.diagnostic import Diagnostic
    from drafter.period import Period
    from drafter.project import Project
    from drafter.refresh import Refreshed


@main.command()
@click.argument("files", metavar="文件.docx...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="写到另一个文件，原稿不动（只能给一份用）。"
)
@click.option(
    "--period",
    "-p",
    "said",
    metavar="期间",
    help=f"接着这份改过的稿子出另一期的，如 {PERIODS}；写到另一个文件，原稿不动。",
)
@click.option("--dry-run", "dry", is_flag=True, help="只看会改什么，不写。")
@JSON
@click.pass_obj
def refresh(
    project: Path | None, files: tuple[Path, ...], out: Path | None, said: str | None, dry: bool, as_json: bool
) -> None:
    """把新的事实放进手改过的 Word 稿子。

    换数，添减清单里的项，改过的话一个字也不丢。

    数字还带着出处的地方换成现在的数；事实里新添的项按位置加进来，没有了的项去掉。
    手改过的数、手改过而事实也变了的句子都不动，在稿子里加批注说明现在应为什么。
    写之前原稿另存为“文件名（刷新前1）.docx”。有冲突或还缺数据时退出码为 1。

    --json 的内容：files 一个文件一项：file、written 写到哪里、backup 原稿留在哪里、
    steps（kind 换数、换话、新增、去掉、不动，address 位置，before 原来，after 现在，fact 事实）、
    conflicts 冲突、missing 还缺的数据、diagnostics 意见；
    顶层 diagnostics 是读不了的文件，skipped 是没有刷新的备份
    """
    period = period_of(said, as_json=as_json)
    if out is not None and len(files) > 1:
        usage("--out 只能给一份用", "几份一起刷新就不写 --out，各自留下原稿", as_json=as_json)
    if out is not None:
        named_so(out, files[0], "--out", as_json=as_json)
    given = open_project(project, as_json=as_json) if project is not None else None
    wrong: list[Diagnostic] = []
    named, skipped = without_backups(files)
    running = (_refreshed(file, given, wrong, period=period, out=out, dry=dry) for file in named)
    found = [one for one in counted(running, len(named), "刷新", quiet=as_json) if one is not None]
    if as_json:
        told = {"skipped": skipped, "diagnostics": [d.as_json() for d in wrong]}
        print_json({"files": [one.as_json() for one in found], **told})
    else:
        tell_skipped(skipped)
        lines(wrong)
        for one in found:
            _show(one, dry=dry)
    sys.exit(_exit_code(found, wrong))


def _refreshed(
    file: Path,
    project: Project | None,
    wrong: list[Diagnostic],
    *,
    period: Period | None,
    out: Path | None,
    dry: bool,
) -> Refreshed | None:
    """One file; None when it cannot be refreshed, and why is put into `wrong`."""
    from drafter import refresh as room
    from drafter.diagnostic import DraftError

    try:
        with foreseen(file):
            return room.refresh(file, file.as_posix(), project, period=period, out=out, dry=dry)
    except DraftError as stop:
        wrong += stop.diagnostics
        return None


def _show(one: Refreshed, *, dry: bool) -> None:
    from drafter import refresh as room
    from drafter.diagnostic import visible

    if told := list(room.rows(one)):
        table(room.HEAD, told)
    lines((*one.diagnostics, *one.conflicts))
    if one.missing:
        click.echo(
            visible("还缺：" + "、".join(f"{fact}（{office}）" if office else fact for fact, office in one.missing))
        )
    click.echo(visible(room.summary(one, dry=dry)))


def _exit_code(found: Sequence[Refreshed], wrong: Sequence[Diagnostic]) -> int:
    if not found:
        return NOTHING
    return FAULTY if wrong or any(one.conflicts or one.missing for one in found) else CLEAN
