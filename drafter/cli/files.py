"""Commands on one file or code: outline, fmt, explain."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.group import main
from drafter.cli.output import CLEAN, FAULTY, JSON, NOTHING, foreseen, lines, print_json, told, unsaved, usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.changes import Hunk, Place
    from drafter.diagnostic import Diagnostic
    from drafter.outline import Outline
    from drafter.reading import Apart

PARTS = ("序数", "全半角")
"""What `fmt --only` takes (canonical.PARTS, said here so that help pages load nothing)."""
OUT = (".txt", ".docx")
DEPTHS = ("1", "2", "3", "4", "5")


@main.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--depth", metavar="层数", type=click.Choice(DEPTHS), help="只看前几层：1 只看 一、，2 看到（一），3 看到 1."
)
@JSON
def outline(file: Path, depth: str | None, as_json: bool) -> None:
    """显示一份报告的提纲：各层标题，和一是、二是；没有标题的段落写在〔〕里。

    能读 .txt、.docx；装了 LibreOffice 还能读 .doc .wps .rtf .odt。

    --json 的内容（先后次序同原文）：
    title 标题；lead 第一个序数之前的文字
    units 一个序数一项：level 层次（1 到 5，一是等为 item）、marker 序数的写法、
    number 第几、heading 标题、body 到下一个序数为止的文字、
    start 序数从第几个字开始（从 0 数）、line 第几行或第几段、column 第几个字
    apart 不在正文里的字：kind 是什么（页眉、脚注、批注、隐藏文字等）、text、line；
    diagnostics 意见
    """
    from drafter import reading, text, units

    with told(NOTHING, as_json=as_json), foreseen(file):
        document = reading.read(file, file.as_posix())
        tree, found = text.read(document.text)
    diagnostics = [*document.diagnostics, *found]
    if as_json:
        apart = [{"kind": a.kind, "text": a.text, "line": a.span.line} for a in document.apart]
        shown = units.as_json(tree, document.source)
        print_json({**shown, "diagnostics": [d.as_json() for d in diagnostics], "apart": apart})
        return
    lines(diagnostics)
    for line in units.tree_lines(tree, int(depth) if depth else None):
        click.echo(visible_line(line))
    if not units.units(tree)[1]:
        click.echo("（没有认出序数：一、（一）1. 一是 等）")
    _show_apart(document.apart)


def visible_line(line: str) -> str:
    """A line of the tree: what cannot be seen is written out, a tab is a blank."""
    from drafter.diagnostic import visible

    return visible(line.replace("\t", " "))


def _show_apart(apart: Sequence[Apart]) -> None:
    """What stands apart from the body, below the tree: kind, where it is called, its words."""
    from drafter.word.found import EDGES

    if apart:
        click.echo("\n不在正文里的：")
    for one in apart:
        where = "" if one.kind in EDGES else f"（第{one.span.line}段）"
        click.echo(visible_line(f"  {one.kind}{where}：{' / '.join(one.text.splitlines())}"))


@dataclass(frozen=True, slots=True)
class _Formatted:
    """A file that was read: what it becomes, where that differs, and what was found while reading."""

    file: str
    done: str
    hunks: Sequence[Hunk]
    diagnostics: Sequence[Diagnostic]
    unit: str
    """What its places count: 行 of a text, 段 of a Word file."""
    closed: Sequence[Diagnostic]
    """Gaps in the numbering that are closed now; told where the places of changes are not."""

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
    """把一份报告重排成规范格式：一段一行、序数连续、标点全角、数字半角。

    能读的文件同 drafter outline。结果显示在屏幕上，不改原文件；--out 写新文件。
    只动分段、空格、序数和全半角；数、网址、文件名、英文引文、模板标签不动。
    行首空格、空行不算改动。页眉、脚注等不在正文里的字，结果里没有。
    Word 文件里说的“第几段”从正文第一段数起，表格一行算一段。

    --json 同 --check：files 每个文件一项，changed 改不改、lines 几行、
    places 几处、changes 各处（kind 分段、空格、全半角、序数）；diagnostics 意见
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
            lines([*one.diagnostics, *(() if checks or differs else one.closed)])
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
        with foreseen(file):
            document = reading.read(file, file.as_posix())
            done = canonical.formatted(document.source, parts)
            outline, found = text.read(document.text) if canonical.NUMBERS in parts else (None, ())
            hunks = changes.hunks(document.source, done)
    except DraftError as stop:
        wrong += stop.diagnostics
        return None
    unit = "段" if file.suffix.lower() in (*reading.WORD, *reading.OTHERS) else "行"
    closed = tuple(_renumbered(outline)) if outline else ()
    return _Formatted(file.as_posix(), done, hunks, [*document.diagnostics, *found], unit, closed)


def _renumbered(outline: Outline) -> Iterator[Diagnostic]:
    """Gaps and repeats in the numbering that are closed now: a section may have been lost."""
    from dataclasses import replace

    from drafter import check
    from drafter.diagnostic import Severity

    hint = "已照位置重排；核对有没有漏掉或重复的一节"
    for one in check.file_rules(outline):
        if one.code in ("N101", "N103"):
            yield replace(one, severity=Severity.NOTE, hint=hint)


def _tell_json(done: Sequence[_Formatted], wrong: Sequence[Diagnostic]) -> None:
    files = [
        {
            "file": one.file,
            "changed": bool(one.hunks),
            "lines": one.changed,
            "places": _count(one),
            "changes": [_place_json(place) for hunk in one.hunks for place in hunk.places],
        }
        for one in done
    ]
    found = [*wrong, *(d for one in done for d in one.diagnostics)]
    print_json({"files": files, "diagnostics": [d.as_json() for d in found]})


def _place_json(place: Place) -> dict[str, object]:
    words = {"kind": place.kind, "before": place.before, "after": place.after}
    return {"line": place.line, "column": place.column, **words}


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
