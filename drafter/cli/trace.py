"""The command that says of every figure in a finished file where it comes from, and whether it still holds."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drafter.cli.group import main
from drafter.cli.output import (
    CLEAN,
    FAULTY,
    JSON,
    NOTHING,
    foreseen,
    lines,
    named_so,
    open_project,
    print_json,
    table,
    tell,
    tell_skipped,
    usage,
    without_backups,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

    from drafter.diagnostic import Diagnostic
    from drafter.project import Project
    from drafter.tracing import Choice, Traces


@main.command()
@click.argument("files", metavar="文件.docx...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--state", "said", metavar="状态", help="只列这些状态的：一致、手改、过期、没了，几种用逗号隔开。")
@click.option(
    "--number",
    "numbers",
    metavar="数字",
    multiple=True,
    help="只说这个数字的，出处、算法和由哪些数算来全说；写整个或一部分，可以写几次。",
)
@click.option("--office", metavar="责任单位", default="", help="只列这个责任单位的。")
@click.option("--section", metavar="位置", default="", help="只列文稿这一处的，如 二、（一）。")
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
    project: Path | None, /, files: tuple[Path, ...], bare: Path | None, *, brief: bool, as_json: bool, **wanted: Any
) -> None:
    """查 Word 里每个数字的出处和状态。

    出处是哪个事实、哪一期、怎么算的、填在哪个文件第几行，在文稿的什么位置。

    文件改过、另存过、用 LibreOffice 转过都能查。状态有四种：
    一致 没有动过，事实也没有变；手改 有人在 Word 里改了；
    过期 没有动过，事实变了，现在生成会印成别的；没了 删掉了，或者重打了。
    有过期的、手改重打的和现在的事实不一样的、从别的报告粘贴来的、升降改反的，退出码为 1。

    --json 的内容（几个文件就是 files，一个文件一项）：
    target 报告；period 期间；counts 各种状态有几个；diagnostics 意见；skipped 没有看的备份
    figures 一个数字一项：text 现在的字、fact 事实、period 期间、
    formula 算法（空的是原数）、file line column 填在哪里、address 在文稿的什么位置、
    state（same 一致、edited 手改、stale 过期、lost 没了）、was 生成时的字、
    now 现在会印的字、printed printed_now 连同前后的字、retyped 没了的重打成什么、
    agrees 手改的、重打的和事实一致、
    basis 由哪些数算来、office 责任单位、missing 待补、bookmark 书签
    """
    if bare is not None:
        _strip(files, bare, as_json=as_json)
    choice = _choice(wanted, as_json=as_json)
    if brief and as_json:
        usage("--brief 不能和 --json 一起用", "--json 的 counts 就是各种状态的个数", as_json=True)
    given = open_project(project, as_json=as_json) if project is not None else None
    wrong: list[Diagnostic] = []
    named, skipped = without_backups(files)
    found = [one for file in named if (one := _traced(file, given, wrong)) is not None]
    if as_json:
        _tell_json(found, choice, wrong, skipped if len(files) > 1 else None)
    else:
        tell_skipped(skipped)
        lines(wrong)
        for one in found:
            _show(one, choice, brief=brief, several=len(named) > 1)
    faulty = bool(wrong) or any(one.wants_a_look for one in found)
    sys.exit(NOTHING if not found else FAULTY if faulty else CLEAN)


def _strip(files: Sequence[Path], bare: Path, *, as_json: bool) -> NoReturn:
    """Writes a file without its traces, and ends the program."""
    from drafter import tracing
    from drafter.diagnostic import DraftError, visible

    if len(files) > 1 or as_json:
        usage("--strip 一次一份，不和 --json 一起用", "drafter trace 稿子.docx --strip 发文.docx", as_json=as_json)
    named_so(bare, files[0], "--strip")
    try:
        with foreseen(files[0]):
            done = tracing.without(files[0], files[0].as_posix(), bare)
    except DraftError as stop:
        lines(stop.diagnostics)
        sys.exit(NOTHING)
    said = f"去掉了{done.figures}个数字的出处" if done.figures else "里面没有出处，照原样另存"
    click.echo(f"{bare.as_posix()}：{said}，文字没有变")
    if done.left:
        click.echo(visible(f"里面还有{done.left}，没有去掉：在 Word 里接受或拒绝修订、删去批注，再往外发"))
    sys.exit(CLEAN)


def _choice(wanted: Mapping[str, Any], *, as_json: bool) -> Choice:
    """The figures that were asked for."""
    from drafter.tracing import Choice

    numbers = tuple(number for number in wanted["numbers"] if number.strip())
    return Choice(_states(wanted["said"], as_json=as_json), numbers, wanted["office"], wanted["section"])


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


def _tell_json(found: Sequence[Traces], choice: Choice, wrong: list[Diagnostic], skipped: list[str] | None) -> None:
    """`skipped`: backups that were left out of several files; None where one file was named."""
    from drafter import tracing

    if not found:
        tell(wrong, as_json=True)
    elif skipped is None:
        print_json(tracing.as_json(found[0], choice))
    else:
        files = [tracing.as_json(one, choice) for one in found]
        print_json({"files": files, "skipped": skipped, "diagnostics": [d.as_json() for d in wrong]})


def _show(one: Traces, choice: Choice, *, brief: bool, several: bool) -> None:
    from drafter import tracing
    from drafter.diagnostic import visible

    if several:
        click.echo(visible(f"——— {one.file} ———"))
    click.echo(visible(tracing.title(one)))
    if not brief:
        _figures(one, choice)
    lines(one.diagnostics)
    click.echo(tracing.summary(one))


def _figures(one: Traces, choice: Choice) -> None:
    """The table; of figures that were asked for by number, everything."""
    from drafter import tracing
    from drafter.diagnostic import visible

    if choice.numbers:
        for line in tracing.details(one, choice):
            click.echo(line)
    elif told := list(tracing.rows(one, choice)):
        table(tracing.HEAD, told)
    for number in choice.unknown(one):
        click.echo(visible(f"没有出处是“{number}”的数字：在文稿里看得到它，就是手写的，或写在模板里的"))
