"""What commands share: exit codes, the open project, lines, tables and JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from drafter.diagnostic import Diagnostic
    from drafter.period import Period
    from drafter.project import Project
    from drafter.report import Report

CLEAN, FAULTY, USAGE, NOTHING = 0, 1, 2, 3
"""Exit codes: clean, the draft has errors, usage, nothing could be built."""
T = TypeVar("T")


JSON = click.option("--json", "as_json", is_flag=True, help="给程序看的 JSON。")
PERIODS = "2022-09（月）、2022Q3（季）、2022H1（半年）、2022（年）、2022-01..2022-05（累计）"
"""Periods as they are written, for help pages."""


BACKUP = "刷新前"
"""What the names of backups say (refresh.BACKUP, said here so that help pages load nothing)."""


def width(text: str) -> int:
    """Cells a text takes in a terminal: 汉字 take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def open_project(given: Path | None, *, as_json: bool = False) -> Project:
    """The project at or above a folder; ends with 2 when there is none."""
    from drafter.project import Project, find_root

    root = find_root((given or Path.cwd()).resolve())
    if root is None:
        where = given or Path.cwd()
        message = f"“{where}”不是 drafter 项目，上级也不是（没有 templates 和 data 文件夹）"
        usage(message, "进入项目文件夹再运行，或用 --project 指明", code="P101", as_json=as_json)
    return Project(root)


def usage(message: str, hint: str, *, code: str = "P108", as_json: bool = False) -> NoReturn:
    """Say what is wrong with the call and end with 2."""
    from drafter.diagnostic import error, visible
    from drafter.source import Span

    if as_json:
        print_json({"diagnostics": [error(code, message, Span("drafter", 1, 1), hint).as_json()]})
    else:
        click.echo(visible(f"{code} {message} ➜ {hint}"), err=True)
    sys.exit(USAGE)


WORDS = (".docx", ".docm")
"""How a report of Word may be called."""


def named_so(out: Path, source: Path, option: str, *, as_json: bool = False) -> None:
    """Ends with 2 where a new file would not be called what it is: a .docx of a .docx, a .docm of a .docm."""
    suffix, own = out.suffix.lower(), source.suffix.lower()
    kinds = (own,) if own in WORDS else WORDS
    if suffix not in kinds:
        known = own if own in WORDS else WORDS[0]
        hint = f"写成 {option} {out.with_suffix('').as_posix()}{known}"
        usage(f"{option} 的文件名要以 {'、'.join(kinds)} 结尾", hint, as_json=as_json)


def period_of(said: str | None, *, as_json: bool) -> Period | None:
    """The period that was said, None when none was; ends with 2 when it cannot be read."""
    from drafter import period as periods

    wanted = periods.read(said) if said else None
    if said and wanted is None:
        usage(f"看不懂期间“{said}”", "写成 2022-09、2022Q3、2022H1、2022 或 2022-01..2022-05", as_json=as_json)
    return wanted


def jobs(
    project: Project, targets: tuple[str, ...], said: str | None, *, as_json: bool
) -> list[tuple[Report, Period | None]]:
    """Reports and the period of each: the one that was said, else the newest with facts. Ends with 2."""
    wanted = period_of(said, as_json=as_json)
    with told(USAGE, as_json=as_json):
        reports = project.select(targets)
    if wanted is None:
        return [(r, project.newest(r)) for r in reports]
    named = {t.strip("/") for t in targets}
    return [(r, wanted) for r in reports if r.target in named or not r.cycle or r.cycle == wanted.kind]


def counted(items: Iterable[T], count: int, label: str, *, quiet: bool = False) -> Iterator[T]:
    """The items, with a progress bar on stderr when a person watches and there are several."""
    if quiet or count < 2 or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=count, label=label, file=sys.stderr) as bar:
        yield from bar


def short_path(file: str | Path, root: Path) -> str:
    """A path as the user knows it: from the project's folder on when it lies there."""
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def save(path: Path, data: bytes, root: Path, *, as_json: bool = False) -> str:
    """Write a file whole or not at all; its short path. Ends with 1 when it cannot be written."""
    wrong = unsaved(path, data, root)
    if wrong is not None:
        tell([wrong], as_json=as_json)
        sys.exit(FAULTY)
    return short_path(path, root)


def unsaved(path: Path, data: bytes, root: Path) -> Diagnostic | None:
    """Write a file whole or not at all; why it could not be written (P106), None when it was."""
    from drafter import ledger
    from drafter.diagnostic import error
    from drafter.source import Span, reason

    try:
        ledger.write_whole(path, data)
    except OSError as fault:
        hint = "关掉正在用它的程序，核对权限和磁盘空间；原来的文件没有动"
        return error("P106", f"写不进去：{reason(fault)}", Span(short_path(path, root), 1, 1), hint)
    return None


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned columns, 汉字 two cells wide."""
    widths = [max(width(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        click.echo("  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)).rstrip())


def lines(diagnostics: Iterable[Diagnostic]) -> None:
    """Findings, one a line, on stderr."""
    for one in diagnostics:
        click.echo(one.line(), err=True)


def tell(diagnostics: Sequence[Diagnostic], *, as_json: bool) -> None:
    """Diagnostics as lines on stderr, or as the JSON contract on stdout."""
    if as_json:
        print_json({"diagnostics": [d.as_json() for d in diagnostics]})
    else:
        lines(diagnostics)


def print_json(document: object) -> None:
    """One JSON document on stdout."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def without_backups(files: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """Files without those that a refresh set aside, and the names of these; all of them where there is no other file."""
    from drafter import ledger

    kept = [file for file in files if not ledger.is_aside(file, BACKUP)]
    if not kept:
        return list(files), []
    return kept, [file.as_posix() for file in files if file not in kept]


def tell_skipped(names: Sequence[str]) -> None:
    """Say which backups were left out, on stderr."""
    from drafter.diagnostic import visible

    if names:
        click.echo(visible(f"跳过备份：{'、'.join(names)}（要用它就只写这一个）"), err=True)


def watched() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def agreed(question: str) -> bool:
    """Ask; only 是 (y, yes) means yes."""
    answer = click.prompt(question, default="否", show_default=False)
    return str(answer).strip().lower() in ("是", "y", "yes")


@contextmanager
def told(code: int, *, as_json: bool) -> Iterator[None]:
    """Tell what a DraftError carries and end with an exit code."""
    from drafter.diagnostic import DraftError

    try:
        yield
    except DraftError as stop:
        tell(stop.diagnostics, as_json=as_json)
        sys.exit(code)


@contextmanager
def foreseen(file: Path) -> Iterator[None]:
    """What nobody thought of ends as a finding on the file (P199), never as a traceback. Errors: DraftError."""
    from drafter.diagnostic import DraftError, error
    from drafter.source import Span

    try:
        yield
    except DraftError:
        raise
    except Exception as fault:
        message = f"程序出错：{type(fault).__name__}: {fault}"
        place = Span(file.as_posix(), 1, 1)
        raise DraftError(error("P199", message, place, "请把这一行和文件发给维护人员")) from fault
