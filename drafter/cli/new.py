"""The command that starts a project: new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.group import main
from drafter.cli.output import FAULTY, usage

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEP = 2
"""Levels of folders below the project that the tree shows; deeper ones are counted."""


@main.command()
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--部门", "departments", multiple=True, metavar="部门", help="只要这个示例部门（可以写几次）和它用到的。")
@click.option("--empty", is_flag=True, help="不要示例部门，只要文件夹、设置和一节例子。")
def new(folder: Path, departments: tuple[str, ...], empty: bool) -> None:
    """建一个新工程：带示例部门，建好就能生成。

    文件夹还没有，或是空的；里面有东西就不动它。
    """
    from drafter.diagnostic import DraftError
    from drafter.setup import planned
    from drafter.setup import project as room

    if empty and departments:
        usage("--empty 和 --部门 不能一起写", "要示例部门就去掉 --empty")
    way = planned.in_the_way(folder)
    if way:
        usage(f"“{folder}”{way}，没有动", "换一个名称，或换一个空文件夹", code="P109")
    try:
        content = room.empty() if empty else room.of_samples(departments)
    except DraftError as stop:
        usage(stop.diagnostics[0].message, stop.diagnostics[0].hint, code=stop.diagnostics[0].code)
    _write(folder, content)
    _tell(folder, content, example=departments[0] if departments else "")


def _write(folder: Path, content: dict[str, bytes]) -> None:
    """Make the project; ends with 1 when it cannot be written."""
    from drafter.diagnostic import error
    from drafter.setup import planned
    from drafter.source import Span, reason

    try:
        planned.write_folder(folder, content)
    except OSError as fault:
        hint = "核对上级文件夹的权限和磁盘空间；没有留下半个工程"
        click.echo(error("P106", f"写不进去：{reason(fault)}", Span(folder.as_posix(), 1, 1), hint).line(), err=True)
        sys.exit(FAULTY)


def _tell(folder: Path, content: dict[str, bytes], *, example: str) -> None:
    """The tree, and what to do next."""
    from drafter.diagnostic import visible

    click.echo(visible(f"已建好：{folder}"))
    for line in tree(content):
        click.echo(visible(f"  {line}"))
    target = next(n for n in content if n.startswith(f"templates/{example}") and n.endswith("报告.yaml")).split("/")
    click.echo("接下来：")
    steps = (
        *([f"cd {folder}"] if folder.resolve() != Path.cwd() else []),
        "drafter build    生成报告，Word 文件在 out 里",
        "drafter template check    查模板",
        "drafter import 旧稿.docx --as 部门/报告 --period 2022-09    把旧稿变成模板和事实",
        f"drafter template new 新部门 --from {target[1]}/{target[2]}    照示例给新部门建模板",
    )
    for step in steps:
        click.echo(visible(f"  {step}"))


def tree(names: Iterable[str]) -> list[str]:
    """Files as a tree, two levels of folders deep; below that they are counted."""
    lines: list[str] = []
    counts: dict[str, int] = {}
    for name in sorted(names, key=lambda n: ("/" in n, n)):
        *folders, file = name.split("/")
        for depth in range(1, min(len(folders), DEEP) + 1):
            counts.setdefault("/".join(folders[:depth]), 0)
        if len(folders) < DEEP:
            lines.append(f"{'  ' * len(folders)}{file}")
        else:
            counts["/".join(folders[:DEEP])] += 1
    for folder, count in counts.items():
        depth = folder.count("/")
        said = f"（{count} 个文件）" if count else ""
        lines.append(f"{'  ' * depth}{folder.rpartition('/')[2]}/{said}")
    return lines
