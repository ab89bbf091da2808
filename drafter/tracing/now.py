"""What would be generated now: the report of a record drafted anew from its project, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from drafter import period as periods
from drafter.diagnostic import Diagnostic, Severity, note
from drafter.draft import LEAVES_A_DRAFT, Builder, Draft
from drafter.project import Project, find_root
from drafter.source import Span
from drafter.trace import Record

_FIND = "把文件放回项目里；或用 --project 指明项目文件夹，写在命令的前面：drafter --project 项目文件夹 …"


def projects(file: Path, given: Project | None) -> list[Project]:
    """Where a report may belong: the project that was given; else that around its file, that around us."""
    if given is not None:
        return [given]
    roots = (find_root(folder.resolve()) for folder in (file.parent, Path.cwd()))
    return [Project(root) for root in dict.fromkeys(roots) if root is not None]


def current(record: Record, known: Iterable[Project], file: str) -> Record | Diagnostic:
    """The record that a build would make now of what a file was built of; R103 where nothing can be drafted."""
    draft = drafted(record, known, file)
    if isinstance(draft, Diagnostic):
        return draft
    from drafter.word.write import recorded

    assert draft.document is not None
    return recorded(draft.document, draft.layout, (record.target, record.period))


def drafted(record: Record, known: Iterable[Project], file: str) -> Draft | Diagnostic:
    """What a build would write now of what a file was built of; R103 where nothing can be drafted."""
    period = periods.parse(record.period)
    projects = list(known)
    found = [(p, r) for p in projects for r in p.reports() if r.target == record.target]
    told = f"“{record.target}”{periods.name(period) if period else record.period}"
    if not found or period is None:
        why = f"项目里没有报告“{record.target}”" if projects else "旁边没有项目"
        return _unjudged(file, why, _FIND)
    project, report = found[0]
    draft = Builder(project).draft(report, period)
    if not draft.sound or draft.document is None:
        why, hint = _reason(draft)
        again = f"先改好再看：drafter check {record.target} --period {record.period}"
        return _unjudged(file, f"{told}现在起草不了：{why}", hint or again)
    return draft


def added(now: Record, known: Iterable[str], file: str) -> Iterator[Diagnostic]:
    """R105 for figures that would be printed now and that a file was generated without; `known`: those it has."""
    paired = set(known)
    values = [value for name, value in now.figures.items() if name not in paired]
    if values:
        named = "、".join(f"{value.origin.fact}{_short(value.text)}" for value in values[:_NAMED])
        more = "等" if len(values) > _NAMED else ""
        message = f"现在生成会多出{len(values)}个数字，文件里没有：{named}{more}"
        yield note("R105", message, Span(file, 1, 1), "要加进来，用 drafter refresh；没有手改过的也可以重新生成")


_NAMED, _LONGEST = 3, 20
"""How many figures are named, and characters of each."""


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST]}…”"


def _unjudged(file: str, why: str, hint: str) -> Diagnostic:
    return note("R103", f"没有查数字过没过期：{why}", Span(file, 1, 1), hint)


def _reason(draft: Draft) -> tuple[str, str]:
    """The first error that stands in the way, and what to do about it; where a period has no facts, how to get a form."""
    errors = (d for d in draft.diagnostics if d.severity is Severity.ERROR and not d.code.startswith(LEAVES_A_DRAFT))
    first = next(errors, None)
    if first is None:
        return "没有正文", ""
    form = f"；填报表：drafter facts form {draft.report.department} {draft.period}" if first.code == "P103" else ""
    return f"{first.span}: {first.code} {first.message}", f"{first.hint}{form}" if first.hint else form[1:]
