"""Commands on one file or code: outline, fmt, explain."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.group import main
from drafter.cli.output import CLEAN, FAULTY, JSON, NOTHING, lines, print_json, told, unsaved, usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.changes import Hunk
    from drafter.diagnostic import Diagnostic

PARTS = ("序数", "全半角")
"""What `fmt --only` takes (canonical.PARTS, said here so that help pages load nothing)."""
OUT = (".txt", ".docx")


@main.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@JSON
def outline(file: Path, as_json: bool) -> None:
    """显示一份 .txt 或 .docx 的提纲。"""
    from drafter import reading, text, units

    with told(NOTHING, as_json=as_json):
        document = reading.read(file, file.as_posix())
    tree, found = text.read(document.text)
    diagnostics = [*document.diagnostics, *found]
    if as_json:
        apart = [{"kind": a.kind, "text": a.text, "line": a.span.line} for a in document.apart]
        shown = units.as_json(tree, document.source)
        print_json({**shown, "diagnostics": [d.as_json() for d in diagnostics], "apart": apart})
        return
    lines(diagnostics)
    click.echo("\n".join(units.tree_lines(tree)))


@dataclass(frozen=True, slots=True)
class _Formatted:
    """A file that was read: what it becomes, where that differs, and what was found while reading."""

    file: str
    done: str
    hunks: Sequence[Hunk]
    diagnostics: Sequence[Diagnostic]
    unit: str
    """What its places count: 行 of a text, 段 of a Word file."""

    @property
    def changed(self) -> int:
        """How many lines would change."""
        return sum(max(len(hunk.before), 1) for hunk in self.hunks)


@main.command()
@click.argument("files", metavar="文件...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", "checks", is_flag=True, help="只说哪里要改，不改；要改时退出码为 1。")
@click.option("--diff", "differs", is_flag=True, help="列出改前、改后的各行；不用改就什么也不列。")
@click.option("--only", type=click.Choice(PARTS), help="只排序数（含分段），或只改全半角和空格。")
@click.option("--out", metavar="新文件", type=click.Path(path_type=Path), help="写成新文件：.txt（UTF-8）或 .docx。")
@click.option("--force", is_flag=True, help="新文件已经有了也写。")
@JSON
def fmt(
    files: tuple[Path, ...],
    checks: bool,
    differs: bool,
    only: str | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """把 .txt 或 .docx 重排成规范格式：一段一行、序数连续、标点全角、数字半角。

    结果显示在屏幕上，不改原文件；--out 写成新文件。行首空格、空行不算改动。
    Word 文件里说的“第几段”从正文第一段数起，表格一行算一段。
    """
    _sensible(files, out, as_json=as_json, only_looks=checks or differs, force=force)
    parts = (only,) if only else PARTS
    wrong: list[Diagnostic] = []
    done = [one for file in files if (one := _formatted(file, parts, wrong)) is not None]
    if as_json:
        _tell_json(done, wrong)
    else:
        lines(wrong)
        for one in done:
            lines(one.diagnostics)
            _show(one, checks=checks, differs=differs, several=len(files) > 1, out=out)
    failed = bool(wrong) or (out is not None and bool(done) and not _write(done[0], out, force=force))
    would_change = (checks or as_json) and any(one.hunks for one in done)
    nothing = not done or (out is not None and failed)
    sys.exit(NOTHING if nothing else FAULTY if failed or would_change else CLEAN)


def _sensible(files: tuple[Path, ...], out: Path | None, *, as_json: bool, only_looks: bool, force: bool) -> None:
    """End with 2 where the options contradict each other."""
    if force and out is None:
        usage("--force 要和 --out 一起用", "写成 --out 新文件 --force", as_json=as_json)
    if out is None:
        return
    if only_looks or as_json:
        usage("--out 不能和 --check、--diff、--json 一起用", "先用 --check 看，再用 --out 写", as_json=as_json)
    if len(files) > 1:
        usage("--out 一次只写一个文件", "一个文件一个文件地写", as_json=as_json)
    if out.suffix.lower() not in OUT:
        usage(f"写不出“{out.suffix or out.name}”这种文件", "新文件的名字以 .txt 或 .docx 结尾", as_json=as_json)


def _formatted(file: Path, parts: Sequence[str], wrong: list[Diagnostic]) -> _Formatted | None:
    """The file formatted; None when it cannot be read, and why is put into `wrong`."""
    from drafter import canonical, changes, reading, text
    from drafter.diagnostic import DraftError

    try:
        document = reading.read(file, file.as_posix())
    except DraftError as stop:
        wrong += stop.diagnostics
        return None
    done = canonical.formatted(document.source, parts)
    found = text.read(document.text)[1] if canonical.NUMBERS in parts else ()
    unit = "段" if file.suffix.lower() in (*reading.WORD, *reading.OTHERS) else "行"
    hunks = changes.hunks(document.source, done)
    return _Formatted(file.as_posix(), done, hunks, [*document.diagnostics, *found], unit)


def _tell_json(done: Sequence[_Formatted], wrong: Sequence[Diagnostic]) -> None:
    files = [
        {"file": one.file, "changed": bool(one.hunks), "lines": one.changed, "places": _count(one)} for one in done
    ]
    found = [*wrong, *(d for one in done for d in one.diagnostics)]
    print_json({"files": files, "diagnostics": [d.as_json() for d in found]})


def _count(one: _Formatted) -> int:
    return sum(len(hunk.places) for hunk in one.hunks)


def _show(one: _Formatted, *, checks: bool, differs: bool, several: bool, out: Path | None) -> None:
    if differs:
        _show_diff(one)
    elif checks:
        _show_places(one)
    elif out is None:
        click.echo((f"——— {one.file} ———\n" if several else "") + one.done, nl=False)


def _show_places(one: _Formatted) -> None:
    """One line a place, and how much there is."""
    from drafter.changes import alike
    from drafter.diagnostic import visible

    told = [
        f"{one.file}:{place.line}:{place.column}: {place.words()}{f'（本{one.unit}共 {count} 处）' if count > 1 else ''}"
        for hunk in one.hunks
        for place, count in alike(hunk.places)
    ]
    total = f"要改 {one.changed} {one.unit} {_count(one)} 处" if one.hunks else "不用改"
    click.echo("\n".join(visible(words) for words in [*told, f"{one.file}：{total}"]))


def _show_diff(one: _Formatted) -> None:
    """A unified diff whose places are said in Chinese; nothing when nothing would change."""
    shown = [f"--- {one.file}", f"+++ {one.file}（重排后）"] if one.hunks else []
    for hunk in one.hunks:
        places = dict.fromkeys((_reach(hunk.reach, one.unit), _reach(hunk.after_reach, "行")))
        shown += [
            f"@@ {' → '.join(places)} @@",
            *(f"-{line}" for line in hunk.before),
            *(f"+{line}" for line in hunk.after),
        ]
    if shown:
        click.echo("\n".join(shown))


def _reach(numbers: tuple[int, int], unit: str) -> str:
    first, last = numbers
    return f"第{first}{unit}" if last <= first else f"第{first}—{last}{unit}"


def _write(one: _Formatted, out: Path, *, force: bool) -> bool:
    """Write the new file whole or not at all and say so; False when it could not be written (P106 is told)."""
    wrong = _taken(out, force=force) or unsaved(out, _content(one, out), Path())
    if wrong is not None:
        lines([wrong])
        return False
    click.echo(f"已写出 {out.as_posix()}")
    return True


def _taken(out: Path, *, force: bool) -> Diagnostic | None:
    from drafter.diagnostic import error
    from drafter.source import Span

    place = Span(out.as_posix(), 1, 1)
    if out.is_dir():
        return error("P106", "写不进去：这是文件夹，不是文件", place, "在文件夹后面写上新文件的名字")
    if out.exists() and not force:
        return error("P106", "已经有这个文件，没有覆盖", place, "换一个名字，或加 --force 覆盖它")
    return None


def _content(one: _Formatted, out: Path) -> bytes:
    if out.suffix.lower() == ".txt":
        return one.done.encode()
    from drafter import text
    from drafter.source import typed
    from drafter.word.write import write

    return write(text.read(typed(one.done, one.file))[0])


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
