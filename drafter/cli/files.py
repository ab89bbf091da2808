"""Commands on one file or code: outline, fmt, explain."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.group import main
from drafter.cli.output import JSON, NOTHING, lines, print_json, told, usage


@main.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@JSON
def outline(file: Path, as_json: bool) -> None:
    """显示一份 .txt 或 .docx 的提纲。"""
    from drafter import reading, text, units

    with told(NOTHING, as_json=as_json):
        document = reading.read(file, file.as_posix())
    tree, _ = text.read(document.text)
    lines(document.diagnostics)
    if as_json:
        print_json(units.as_json(tree, document.source))
    else:
        click.echo("\n".join(units.tree_lines(tree)))


@main.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
def fmt(file: Path) -> None:
    """把一份 .txt 或 .docx 重排序数，显示在屏幕上，不改原文件。"""
    from drafter import chain, reading, text

    with told(NOTHING, as_json=False):
        document = reading.read(file, file.as_posix())
    lines(document.diagnostics)
    click.echo(text.write(chain.renumber(text.read(document.text)[0])), nl=False)


@main.command()
@click.argument("code", metavar="[代码]", required=False)
def explain(code: str | None) -> None:
    """解释一个代码（如 N101）；不写代码就列出全部。"""
    from drafter import check as rules

    if code is None:
        for row in rules.CODES:
            click.echo(f"{row.code}  {row.name}")
        return
    found = rules.explain(code)
    if found is None:
        usage(f"没有代码“{code}”", "不写代码可列出全部")
    click.echo(f"{found.code}  {found.name}\n\n{found.why}")
    if found.example:
        click.echo(f"例：{found.example}")
    click.echo(f"怎么办：{found.mend}")
