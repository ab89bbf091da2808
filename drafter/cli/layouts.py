"""The command on layouts: list the built-in ones, copy one for an office to change, look an own one through."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.output import CLEAN, FAULTY, lines, table, usage
from drafter.cli.templates import template

if TYPE_CHECKING:
    from drafter.layout import Layout

USES = {
    "总结": "工作总结、汇报材料（默认）",
    "公文": "红头文件：通知、报告、请示、意见",
    "函": "函、便函：标志在版心以外，红色双线",
    "纪要": "会议纪要：正文后面是出席、请假、列席",
    "命令": "命令（令）：没有标题，加盖签名章",
}
"""Built-in layouts and what they are for."""


@template.command()
@click.argument("name", metavar="[版式]", required=False, default="")
@click.option(
    "--out", metavar="文件", type=click.Path(path_type=Path), help="抄一份内置的版式，如 templates/我县.yaml。"
)
@click.pass_obj
def layout(project: Path | None, name: str, out: Path | None) -> None:
    """版式：列出内置的；看一个、抄一份来改；查自己的版式。

    不写版式就列出内置的。写内置的名称就显示它的全部写法，加 --out 抄成文件；已有的文件不覆盖。
    写自己的文件，如 templates/我县.yaml，就查它写得对不对、和国标哪里不同、这台电脑缺哪些字体。
    """
    from drafter.layout import NAMES

    if name in NAMES:
        _copy(name, out) if out else _show(name)
    elif out:
        usage(
            "--out 要和内置的版式一起写", f"内置的有：{'、'.join(NAMES)}，如 drafter template layout 公文 --out {out}"
        )
    elif name:
        _check(project, name)
    else:
        table(("版式", "用在"), list(USES.items()))
        click.echo(
            "看一个：drafter template layout 公文 ➜ 抄一份来改：drafter template layout 公文 --out templates/我县.yaml"
        )
    sys.exit(CLEAN)


def _show(name: str) -> None:
    from drafter.layout.read import source

    click.echo(source(name), nl=False)


def _copy(name: str, out: Path) -> None:
    """Write a copy; ends with 2 when something is in the way, with 1 when it cannot be written."""
    from drafter.diagnostic import error
    from drafter.layout.read import SUFFIXES, copy
    from drafter.setup.planned import write_new
    from drafter.source import Span, reason

    if out.suffix.lower() not in SUFFIXES:
        usage(f"“{out.as_posix()}”不是 .yaml 文件", f"写成 --out templates/{out.stem or '我县'}.yaml")
    try:
        write_new(out.parent, {out.name: copy(name).encode()})
    except FileExistsError:
        usage(f"“{out.as_posix()}”已经有了，没有覆盖", "换一个名称，或先移走它", code="P109")
    except OSError as fault:
        place = Span(out.as_posix(), 1, 1)
        click.echo(error("P106", f"写不进去：{reason(fault)}", place, "核对权限和磁盘空间").line(), err=True)
        sys.exit(FAULTY)
    click.echo(f"已写 {out.as_posix()}。接下来：")
    click.echo("1. 留下要改的行，改好；别的行删去，就照原来的")
    click.echo(f"2. 查一遍：drafter template layout {out.as_posix()}")
    click.echo(f"3. 在 drafter.yaml 或 报告.yaml 里写 版式: {out.as_posix()}（从项目文件夹算起）")


def _check(project: Path | None, said: str) -> None:
    """Look a layout file through; ends with 1 when it cannot be used."""
    from drafter.diagnostic import has_errors
    from drafter.layout import load
    from drafter.project import find_root
    from drafter.source import Files, Span

    start = (project or Path.cwd()).resolve()
    root = find_root(start) or start
    folder = Path(os.path.relpath(start, root)).as_posix()
    found, told = load(Files(root), said, Span("drafter", 1, 1), "" if folder == "." else folder)
    if found is not None and found.base is not None:
        from drafter.word.own import faults

        told = (*told, *faults(found))
    lines(told)
    if found is None or has_errors(told):
        sys.exit(FAULTY)
    _told(found, said)


def _told(layout: Layout, said: str) -> None:
    """What is to be known of a layout that can be used."""
    from drafter.diagnostic import visible
    from drafter.layout import fonts, standard
    from drafter.source import Span

    place = Span(said, 1, 1)
    lines((*standard.told(layout, place), *fonts.told((layout,), place)))
    page = layout.page
    rows, columns = page.text_height // layout.body.line, page.text_width // layout.pitch
    click.echo(visible(f"版式“{layout.name}”可以用：每页 {rows} 行、每行 {columns} 字"))
