"""Commands on reports: build, check."""

from __future__ import annotations

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
    PERIODS,
    USAGE,
    counted,
    foreseen,
    jobs,
    lines,
    open_project,
    print_json,
    short_path,
    table,
    tell,
    usage,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.build import Result
    from drafter.diagnostic import Diagnostic
    from drafter.project import Project

FILES = (
    ".txt",
    ".docx",
    ".docm",
    ".doc",
    ".wps",
    ".rtf",
    ".odt",
    ".pdf",
    ".xls",
    ".xlsx",
    ".et",
    ".html",
    ".htm",
    ".md",
)
"""Targets of `check` that mean a file, there or not."""
STATUS = {"built": "已更新", "unchanged": "未变化", "missing": "缺数据", "failed": "出错"}


@main.command()
@click.argument("targets", metavar="[部门[/报告]]...", nargs=-1)
@click.option(
    "--period",
    "-p",
    metavar="期间",
    help=f"生成哪一期，如 {PERIODS}；默认：有事实的最新一期。",
)
@click.option("--final", is_flag=True, help="定稿：有缺数据或错误就不写文件。")
@click.option("--untraced", is_flag=True, help="与 --final 同用：.docx 里不留数字的出处，对外发送用。")
@click.option("--review", is_flag=True, help="核对用：.docx 里给每个算出来的数加批注，写明出处和算法。")
@click.option(
    "--format",
    "formats",
    metavar="格式",
    default="docx",
    show_default=True,
    help="docx、html（网页）、pdf、txt，几种用逗号隔开。",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="输出文件夹（默认：项目的 out）。"
)
@click.option("--force", is_flag=True, help="没有变化也重新写。")
@JSON
@click.pass_obj
def build(
    project: Path | None,
    targets: tuple[str, ...],
    period: str | None,
    final: bool,
    untraced: bool,
    review: bool,
    formats: str,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """生成报告：不写目标就生成全部，各用最新一期。

    目标写部门，如 应急管理局；或部门/报告，如 应急管理局/月度工作总结；可以写几个。
    """
    from drafter import build as room
    from drafter.formats import FORMATS, Wishes
    from drafter.project import OUT

    _judged(final=final, untraced=untraced, review=review, as_json=as_json)
    wishes = Wishes(traced=not untraced, review=review)
    opened = open_project(project, as_json=as_json)
    wanted = _formats(formats, tuple(FORMATS), as_json=as_json)
    wished = jobs(opened, targets, period, as_json=as_json)
    running = room.build(opened, wished, out or opened.root / OUT, wanted, final=final, force=force, wishes=wishes)
    results = list(counted(running, len(wished), "生成", quiet=as_json))
    if as_json:
        print_json({"reports": [_relative(r.as_json(), opened.root) for r in results]})
    else:
        _summary(results, opened.root)
    sys.exit(_exit_code(results))


def _judged(*, final: bool, untraced: bool, review: bool, as_json: bool) -> None:
    """Ends the program where options of one build contradict each other."""
    if review and (final or untraced):
        hint = "核对时只写 --review；核对完，定稿时再加 --final（对外发送的再加 --untraced）"
        usage(f"--review 的批注只供内部核对，不能和 {'--final' if final else '--untraced'} 同用", hint, as_json=as_json)
    if untraced and not final:
        usage("草稿去掉出处后就不能刷新", "定稿时再加：--final --untraced", as_json=as_json)


def _formats(said: str, known: tuple[str, ...], *, as_json: bool) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(f.strip().lower() for f in said.replace("，", ",").split(",") if f.strip()))
    odd = [f for f in wanted if f not in known]
    if odd or not wanted:
        usage(f"不认识的格式“{'、'.join(odd)}”", f"可用：{'、'.join(known)}", as_json=as_json)
    return wanted


def _exit_code(results: Sequence[Result]) -> int:
    from drafter.diagnostic import has_errors

    if all(r.status == "failed" for r in results):
        return NOTHING
    return FAULTY if any(r.status in ("failed", "missing") or has_errors(r.diagnostics) for r in results) else CLEAN


def _relative(report: dict[str, Any], root: Path) -> dict[str, Any]:
    report["files"] = [short_path(f, root) for f in report["files"]]
    return report


def _summary(results: Sequence[Result], root: Path) -> None:
    """The table of a build, what was found, and what is missing by office."""
    lines(dict.fromkeys(d for r in results for d in r.diagnostics))
    rows = [
        (STATUS[r.status], r.target, r.period or "—", "  ".join(short_path(f, root) for f in r.files) or "（没有写）")
        for r in results
    ]
    table(("状态", "报告", "期间", "文件"), rows)
    _missing(results)
    counts = "，".join(
        f"{word} {n}" for status, word in STATUS.items() if (n := sum(r.status == status for r in results))
    )
    nothing = "没有要生成的报告 ➜ 在 templates/部门/报告/ 放章节；写了 --period 的，核对报告的周期"
    click.echo(f"共 {len(results)} 份：{counts}" if results else nothing)


def _missing(results: Sequence[Result]) -> None:
    offices: dict[str, list[str]] = {}
    for result in results:
        for one in (m for m in result.missing if not m.unknown):
            offices.setdefault(one.office or "（未注明责任单位）", []).append(
                f"{one.name}（{result.target} {result.period}）"
            )
    if offices:
        from drafter.diagnostic import visible

        click.echo("缺数据，按责任单位：")
        for office, facts in sorted(offices.items()):
            click.echo(visible(f"  {office}：{'；'.join(dict.fromkeys(facts))}"))


@main.command()
@click.argument("targets", metavar="[部门[/报告]|文件]...", nargs=-1)
@click.option("--period", "-p", metavar="期间", help=f"检查哪一期，如 {PERIODS}；默认：最新一期。")
@JSON
@click.pass_obj
def check(project: Path | None, targets: tuple[str, ...], period: str | None, as_json: bool) -> None:
    """检查报告或现成的文件：序数、层次、没填完的、缺数据。

    目标写部门，如 应急管理局；或部门/报告，如 应急管理局/月度工作总结；不写就检查全部报告。
    也可以写文件：.txt、.docx；装了 LibreOffice 还能读 .doc .wps .rtf .odt。
    一份也没查成（找不到、读不了）时退出码为 3。
    """
    from drafter.diagnostic import DraftError, has_errors

    files = [t for t in targets if _is_file(t)]
    found: list[Diagnostic] = []
    others = tuple(t for t in targets if t not in files)
    unread = 0
    for file in files:
        try:
            found += _check_file(Path(file))
        except DraftError as stop:
            unread += 1
            found += stop.diagnostics
    if others or not targets:
        _no_folders(project, others, as_json=as_json)
        found += _check_targets(open_project(project, as_json=as_json), others, period, as_json=as_json)
    tell(found, as_json=as_json)
    if not as_json:
        words = {s: sum(d.severity.value == s for d in found) for s in ("error", "warning", "note")}
        click.echo(f"错误 {words['error']}，提醒 {words['warning']}，说明 {words['note']}")
    nothing = bool(targets) and unread == len(targets)
    sys.exit(NOTHING if nothing else FAULTY if has_errors(found) else CLEAN)


def _is_file(target: str) -> bool:
    return Path(target).is_file() or Path(target).suffix.lower() in FILES


def _no_folders(project: Path | None, targets: Sequence[str], *, as_json: bool) -> None:
    """Ends with 2 for a folder that is neither a department nor a report of the project."""
    from drafter import reading

    told = [
        reading.folder_told(folder, folder.as_posix())
        for folder in map(Path, targets)
        if folder.is_dir() and not _is_target(project, folder, filled=bool(reading.inside_of(folder)))
    ]
    if told:
        tell(told, as_json=as_json)
        sys.exit(USAGE)


def _is_target(project: Path | None, folder: Path, *, filled: bool) -> bool:
    """Whether what is the name of a folder here means a department or a report: inside templates/ it does.

    Elsewhere it does where the project has one of that name, and no files of reports lie in the folder.
    """
    from drafter.project import find_root
    from drafter.report import TEMPLATES

    if TEMPLATES in folder.resolve().parts:
        return True
    root = find_root((project or Path.cwd()).resolve())
    templates = root / TEMPLATES if root else Path()
    meant = (templates / folder).resolve()
    return not filled and root is not None and templates in meant.parents and meant.is_dir()


def _check_file(path: Path) -> list[Diagnostic]:
    """What is found in a file. Errors: DraftError when it cannot be read."""
    from drafter import check as rules
    from drafter import reading, text

    with foreseen(path):
        document = reading.read(path, path.as_posix())
        outline, told = text.read(document.text)
        return [*document.diagnostics, *told, *rules.file_rules(outline)]


def _check_targets(
    project: Project, targets: tuple[str, ...], period: str | None, *, as_json: bool
) -> list[Diagnostic]:
    from drafter.build import no_facts
    from drafter.draft import Builder

    builder = Builder(project)
    found: list[Diagnostic] = []
    for report, when in jobs(project, targets, period, as_json=as_json):
        found += builder.draft(report, when).diagnostics if when else [no_facts(report, project)]
    return list(dict.fromkeys(found))
