"""The command that says of every figure in a finished file where it comes from, and whether it still holds."""

from __future__ import annotations

import re
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
    foreseen,
    lines,
    open_project,
    print_json,
    table,
    tell,
    usage,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from drafter.diagnostic import Diagnostic
    from drafter.project import Project
    from drafter.tracing import Traces


@main.command()
@click.argument("files", metavar="文件.docx...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--state", "said", metavar="状态", help="只列这些状态的：一致、手改、过期、没了，几种用逗号隔开。")
@click.option("--brief", is_flag=True, help="只说各种状态有几个，不逐个列。")
@click.option(
    "--strip",
    "bare",
    metavar="新文件",
    type=click.Path(dir_okay=False, path_type=Path),
    help="另存一份不带出处、不带程序批注的，对外发送用；原文件不动。",
)
@JSON
@click.pass_obj
def trace(
    project: Path | None, files: tuple[Path, ...], said: str | None, brief: bool, bare: Path | None, as_json: bool
) -> None:
    """查 Word 里每个数字的出处和状态。

    出处是哪个事实、哪一期、怎么算的、填在哪个文件第几行，在文稿的什么位置。

    文件改过、另存过、用 LibreOffice 转过都能查。状态有四种：
    一致 没有动过，事实也没有变；手改 有人在 Word 里改了；
    过期 没有动过，事实变了，现在生成会印成别的；没了 删掉了，或者整句重打了。
    有过期的，或者手改的和现在的事实不一样，退出码为 1。

    --json 的内容（几个文件就是 files，一个文件一项）：
    target 报告；period 期间；counts 各种状态有几个；diagnostics 意见
    figures 一个数字一项：text 现在的字、fact 事实、period 期间、
    formula 算法（空的是原数）、file line column 填在哪里、address 在文稿的什么位置、
    state（same 一致、edited 手改、stale 过期、lost 没了）、was 生成时的字、
    now 现在会印的字、printed printed_now 连同前后的字、agrees 手改的和事实一致、
    basis 由哪些数算来、office 责任单位、missing 待补、bookmark 书签
    """
    if bare is not None:
        _strip(files, bare, as_json=as_json)
    states = _states(said, as_json=as_json)
    if brief and as_json:
        usage("--brief 不能和 --json 一起用", "--json 的 counts 就是各种状态的个数", as_json=True)
    given = open_project(project, as_json=as_json) if project is not None else None
    wrong: list[Diagnostic] = []
    found = [one for file in files if (one := _traced(file, given, wrong)) is not None]
    if as_json:
        _tell_json(found, states, wrong, several=len(files) > 1)
    else:
        lines(wrong)
        for one in found:
            _show(one, states, brief=brief, several=len(files) > 1)
    faulty = bool(wrong) or any(one.wants_a_look for one in found)
    sys.exit(NOTHING if not found else FAULTY if faulty else CLEAN)


def _strip(files: Sequence[Path], bare: Path, *, as_json: bool) -> NoReturn:
    """Writes a file without its traces, and ends the program."""
    from drafter import tracing
    from drafter.diagnostic import DraftError

    if len(files) > 1 or as_json:
        usage("--strip 一次一份，不和 --json 一起用", "drafter trace 稿子.docx --strip 发文.docx", as_json=as_json)
    try:
        with foreseen(files[0]):
            found = tracing.without(files[0], files[0].as_posix(), bare)
    except DraftError as stop:
        lines(stop.diagnostics)
        sys.exit(NOTHING)
    said = f"去掉了{found}个数字的出处" if found else "里面没有出处，照原样另存"
    click.echo(f"{bare.as_posix()}：{said}，文字没有变")
    sys.exit(CLEAN)


def _states(said: str | None, *, as_json: bool) -> Sequence[str]:
    """The states that were asked for, in words or as the JSON has them; ends with 2 for another word."""
    from drafter.tracing import STATES

    if said is None:
        return tuple(STATES)
    known = {word: state for state, word in STATES.items()} | {state: state for state in STATES}
    wanted = [word for word in re.split(r"[,，、;；\s]+", said) if word]
    strange = next((word for word in wanted if word not in known), None)
    if strange is not None or not wanted:
        usage(f"没有“{strange or ''}”这种状态", f"可写：{'、'.join(STATES.values())}", as_json=as_json)
    return [known[word] for word in wanted]


def _traced(file: Path, project: Project | None, wrong: list[Diagnostic]) -> Traces | None:
    """The figures of a file; None when it cannot be read, and why is put into `wrong`."""
    from drafter import tracing
    from drafter.diagnostic import DraftError

    try:
        with foreseen(file):
            return tracing.read(file, file.as_posix(), project)
    except DraftError as stop:
        wrong += stop.diagnostics
        return None


def _tell_json(found: Sequence[Traces], states: Sequence[str], wrong: list[Diagnostic], *, several: bool) -> None:
    from drafter import tracing

    if not found:
        tell(wrong, as_json=True)
    elif several:
        files = [tracing.as_json(one, states) for one in found]
        print_json({"files": files, "diagnostics": [d.as_json() for d in wrong]})
    else:
        print_json(tracing.as_json(found[0], states))


def _show(one: Traces, states: Sequence[str], *, brief: bool, several: bool) -> None:
    from drafter import tracing
    from drafter.diagnostic import visible

    if several:
        click.echo(visible(f"——— {one.file} ———"))
    click.echo(visible(tracing.title(one)))
    lines(one.diagnostics)
    told = [] if brief else list(tracing.rows(one, states))
    if told:
        table(tracing.HEAD, told)
    click.echo(tracing.summary(one))
