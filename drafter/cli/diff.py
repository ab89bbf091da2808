"""The command that compares: two periods of a report, or two files."""

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
    foreseen,
    lines,
    open_project,
    period_of,
    print_json,
    tell,
    told,
    usage,
)
from drafter.cli.reports import FILES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.diagnostic import Diagnostic
    from drafter.diff import Comparison, Side
    from drafter.draft import Draft
    from drafter.period import Period
    from drafter.project import Project
    from drafter.report import Report

EXAMPLE = "写成 drafter diff 部门/报告 2022-08 2022-09，或 drafter diff 旧稿.docx 新稿.docx"


@main.command()
@click.argument("what", metavar="目标 [期间 [期间]] | 旧文件 新文件", nargs=-1)
@click.option("--period", "-p", "said", metavar="期间", multiple=True, help="两个文件各是哪一期，写两次，先旧后新。")
@JSON
@click.pass_obj
def diff(project: Path | None, what: tuple[str, ...], said: tuple[str, ...], as_json: bool) -> None:
    """比较一份报告的两期，或两个文件：哪些数变了，哪些话改了，哪些是照抄。

    目标写部门/报告；只写一个期间就和它的上一期比，不写期间就用最新的两期。只比较，不写文件。
    能读的文件同 drafter outline。标点、空格、全半角和序数不算变化。
    上一期的年、月、截至、累计期间还留在新稿里的，逐处列出，退出码为 1。

    --json 的内容：
    pairs 一段一项（先后次序同新稿）：address 在哪里、state 怎样了
    （same 原样、period 只换期间、figures 只变数、wording 文字变、added 新增、dropped 删去、moved 移动）、
    before 原文、after 现文、figures 变了的数、copied 为什么可能是照抄、file line column 位置
    figures 换了说法还能对上的数；stale 没改的期间；diagnostics 意见
    """
    if not what:
        usage("没有写比较什么", EXAMPLE, as_json=as_json)
    files = [name for name in what if _is_file(name)]
    if files and (len(files) != 2 or len(what) != 2):
        usage("比较文件要写两个文件", EXAMPLE, as_json=as_json)
    if files:
        head, found, wrong = _files(Path(files[0]), Path(files[1]), said, as_json=as_json)
    else:
        head, found, wrong = _target(
            open_project(project, as_json=as_json), what[0], (*what[1:], *said), as_json=as_json
        )
    _show(head, found, wrong, as_json=as_json)
    sys.exit(FAULTY if any(d.severity.value == "warning" for d in found.stale) else CLEAN)


Found = tuple[str, "Comparison", "list[Diagnostic]"]
"""What is compared, in words; the comparison; and what was found while reading."""


def _is_file(name: str) -> bool:
    return Path(name).is_file() or Path(name).suffix.lower() in FILES


def _show(head: str, found: Comparison, wrong: Sequence[Diagnostic], *, as_json: bool) -> None:
    from drafter import diff as room
    from drafter.diagnostic import visible

    if as_json:
        print_json(room.as_json(found, wrong))
        return
    lines(wrong)
    for line in (head, *room.lines(found)):
        click.echo(visible(line))


def _files(one: Path, other: Path, said: tuple[str, ...], *, as_json: bool) -> Found:
    """Two files; ends with 3 when one of them cannot be read."""
    from drafter import diff as room
    from drafter.diagnostic import DraftError

    if said and len(said) != 2:
        usage("--period 要写两次", "先写前一份的期间，再写后一份的", as_json=as_json)
    periods = [period_of(word, as_json=as_json) for word in said] or [None, None]
    wrong: list[Diagnostic] = []
    sides: list[Side] = []
    for file, period in zip((one, other), periods, strict=True):
        try:
            sides.append(_side(file, period, wrong))
        except DraftError as stop:
            wrong += stop.diagnostics
    if len(sides) < 2:
        tell(wrong, as_json=as_json)
        sys.exit(NOTHING)
    head = " → ".join(_named(f, s) for f, s in zip((one, other), sides, strict=True))
    with told(NOTHING, as_json=as_json), foreseen(other):
        return head, room.compare(*sides), wrong


def _side(file: Path, period: Period | None, wrong: list[Diagnostic]) -> Side:
    """A file that was read, with the period that was said or that it names. Errors: DraftError."""
    from drafter import diff as room
    from drafter import reading, text

    with foreseen(file):
        document = reading.read(file, file.as_posix())
        outline = text.read(document.text)[0]
        wrong += document.diagnostics
        return room.Side(outline, period or room.guessed(outline, file.name))


def _named(file: Path, side: Side) -> str:
    from drafter import period as periods

    return f"{file.as_posix()}{f'（{periods.name(side.period)}）' if side.period else ''}"


def _target(project: Project, target: str, said: tuple[str, ...], *, as_json: bool) -> Found:
    """Two periods of a report, drafted without writing; ends with 3 when one of them cannot be drafted."""
    from drafter import diff as room
    from drafter import period as periods
    from drafter.draft import Builder

    report = _report(project, target, as_json=as_json)
    one, other = _periods(project, report, said, as_json=as_json)
    builder = Builder(project)
    drafts = [builder.draft(report, period) for period in (one, other)]
    sides = [room.Side(d.outline, d.period) for d in drafts if d.outline is not None]
    if len(sides) < 2:
        tell(_why_not(project, drafts), as_json=as_json)
        sys.exit(NOTHING)
    head = f"{report.target}：{periods.name(one)} → {periods.name(other)}"
    with told(NOTHING, as_json=as_json), foreseen(Path(report.file)):
        return head, room.compare(*sides), []


def _why_not(project: Project, drafts: Sequence[Draft]) -> list[Diagnostic]:
    """What stands in the way of the drafts that there are none of; facts still missing do not."""
    from drafter.diagnostic import Severity
    from drafter.draft import LEAVES_A_DRAFT

    found: list[Diagnostic] = []
    for draft in (d for d in drafts if d.outline is None):
        known = project.periods(draft.report.department)
        if draft.period not in known:
            found.append(_no_facts(draft.report, draft.period, known))
        else:
            errors = (d for d in draft.diagnostics if d.severity is Severity.ERROR)
            found += [d for d in errors if not d.code.startswith(LEAVES_A_DRAFT)]
    return list(dict.fromkeys(found))


def _report(project: Project, target: str, *, as_json: bool) -> Report:
    """The one report that a target names; ends with 2 when there are none or several."""
    with told(2, as_json=as_json):
        reports = project.select((target,))
    if len(reports) > 1:
        usage(f"“{target}”有几份报告", f"写明哪一份：{'、'.join(r.target for r in reports)}", as_json=as_json)
    return reports[0]


def _periods(project: Project, report: Report, said: tuple[str, ...], *, as_json: bool) -> tuple[Period, Period]:
    """The earlier and the later period: those that were said, the newest, the one before. Ends with 2 or 3."""
    wanted = [period for word in said if (period := period_of(word, as_json=as_json))]
    if len(wanted) > 2:
        usage("最多写两个期间", EXAMPLE, as_json=as_json)
    if len(wanted) == 2:
        if wanted[0] == wanted[1]:
            usage("两个期间是同一个", EXAMPLE, as_json=as_json)
        one, other = sorted(wanted, key=lambda p: (p.last, p.first))
        return one, other
    later = wanted[0] if wanted else project.newest(report)
    known = project.periods(report.department)
    earlier = [p for p in known if later and p.kind == later.kind and p.last < later.last]
    if later is None or not earlier:
        tell([_no_facts(report, later, known)], as_json=as_json)
        sys.exit(NOTHING)
    return max(earlier, key=lambda p: p.last), later


def _no_facts(report: Report, period: Period | None, known: Sequence[Period]) -> Diagnostic:
    """That there are no facts of a period, or of one before it: which facts files there are (P103)."""
    from drafter import period as periods
    from drafter.diagnostic import error
    from drafter.report import DATA
    from drafter.source import Span

    lacking = "没有事实文件"
    if period is not None:
        name = periods.name(period)
        lacking = f"{name}之前没有可以比的一期" if period in known else f"没有{name}的事实文件"
    hint = (
        f"有：{'、'.join(map(str, known))}；写明两期：drafter diff {report.target} 期间 期间"
        if known
        else "先填事实文件"
    )
    return error("P103", lacking, Span(f"{DATA}/{report.department}", 1, 1), hint)
