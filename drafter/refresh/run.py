"""One file refreshed: read, drafted anew, merged, edited, looked over, written beside its backup."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import formats, tracing
from drafter import period as periods
from drafter.diagnostic import Diagnostic, DraftError, error, note
from drafter.draft import Draft
from drafter.merge import merge, paired, pairs
from drafter.period import Period
from drafter.plan import Change, Conflict, Plan
from drafter.project import Project
from drafter.refresh import disk, number, words
from drafter.refresh.model import LEFT, Refreshed
from drafter.refresh.telling import Telling
from drafter.source import Span
from drafter.trace import Printed, Record
from drafter.tracing import EDITED
from drafter.tracing.now import drafted, projects

if TYPE_CHECKING:
    from drafter.word.element import Element
    from drafter.word.trace.comments import Comments
    from drafter.word.trace.file import File

_TO_COME = "R105"
"""What is said of figures that will be there when all is done."""


def refresh(
    path: Path,
    name: str,
    project: Project | None = None,
    *,
    period: Period | None = None,
    out: Path | None = None,
    dry: bool = False,
) -> Refreshed:
    """Put what the facts say now into a file of drafter that may have been edited; the original is kept as a backup.

    `period`: it becomes the report of another period, written beside this one, and what a hand wrote is told, since it
    speaks of the earlier one. `out`: the result goes there, and the file stays as it is. `dry`: nothing is written.

    Errors: DraftError P102, D101–D107, R101 for a file that cannot be read or has no record; R201 where its report
    cannot be drafted now; R206 for a file that is open or read-only; R207 when the result is not what was planned
    (nothing is written then); R209 for a Strict file; R210 where a file stands that would be overwritten; P106 where
    it cannot be written.
    """
    file, record = tracing.opened(path, name)
    disk.not_strict(file)
    wanted = replace(record, period=str(period)) if period else record
    if wanted.period != record.period and out is None:
        out = disk.renamed(path, record.period, wanted.period)
    if not dry:
        disk.free_to_write(path, out, name)
    draft = drafted(wanted, projects(path, project), name)
    if isinstance(draft, Diagnostic):
        message = draft.message.partition("：")[2]
        raise DraftError(error("R201", f"不能刷新：{message}", draft.span, draft.hint))
    work = _Refresh(file, record, draft)
    done = work.run()
    if dry or done.data is None:
        return done
    return disk.written(done, path, out, projects(path, project))


@dataclass(slots=True)
class _Refresh:
    """One refresh in memory."""

    file: File
    record: Record
    draft: Draft
    told: list[Diagnostic] = field(default_factory=list)

    def run(self) -> Refreshed:
        """Merge and edit; `data` is None when the file is as it should be."""
        from drafter.word.trace.comments import CONFLICTS, SOURCES, Comments
        from drafter.word.trace.file import open_file

        now = open_file(formats.docx(self.draft), self.file.name)
        assert now.record is not None
        comments = Comments(self.file)
        said = sorted(map(words.essence, comments.words(CONFLICTS)))
        reviewed = comments.clear(SOURCES)
        comments.clear(CONFLICTS)
        self.file.read()
        plan, settled = self.unsettled(self.planned(now.record), said)
        telling = Telling(self.file, plan)
        self.told += telling.handwritten(periods.parse(self.record.period), self.draft.period)
        done = replace(self.told_of(telling), settled=settled)
        wanted = sorted(words.essence(self.comment(c, plan)) for c in plan.conflicts if c.at >= 0)
        if plan.idle and plan.record == self.record and wanted == said:
            return done
        before = self.printed
        self.edit(plan, now, comments)
        if self.printed == before and self.file.record == self.record and wanted == said:
            return replace(done, steps=tuple(step for step in done.steps if step.kind == LEFT))
        return replace(done, diagnostics=tuple(self.told), data=self.saved(reviewed=bool(reviewed)))

    def planned(self, now: Record) -> Plan:
        """The plan of the merge."""
        from drafter.word.trace.touched import touched

        known = paired(self.record, now)
        traces = tracing.traced(self.file, self.record, now, pairs(self.record, now, known))
        self.told += (one for one in traces.diagnostics if one.code != _TO_COME)
        redrawn = {one.bookmark for one in traces.figures if one.state == EDITED}
        return merge(self.record, self.printed, now, kept=touched(self.file), redrawn=redrawn, known=known)

    def unsettled(self, plan: Plan, said: Sequence[str]) -> tuple[Plan, int]:
        """The plan without conflicts that were told before and whose comments are gone; how many those are."""
        keys = {conflict: words.key(conflict) for conflict in plan.conflicts}
        settled = [
            c
            for c in plan.conflicts
            if keys[c] in self.record.told and words.essence(self.comment(c, plan)) not in said
        ]
        left = tuple(c for c in plan.conflicts if c not in settled)
        record = replace(plan.record, told=tuple(sorted(set(keys.values()))))
        return replace(plan, conflicts=left, record=record), len(settled)

    def comment(self, conflict: Conflict, plan: Plan) -> str:
        """What the comment at a conflict says."""
        return words.comment(conflict, self.record.figures.get(conflict.name), plan.record.figures.get(conflict.name))

    @property
    def printed(self) -> list[Printed]:
        return [strand.printed for strand in self.file.strands]

    def told_of(self, telling: Telling) -> Refreshed:
        """What the plan does, in words, at places of the file as it stands."""
        missing = tuple(dict.fromkeys((m.name, m.office) for m in self.draft.missing))
        name, target, period = self.file.name, self.record.target, str(self.draft.period)
        return Refreshed(name, target, period, telling.steps(), telling.conflicts(), tuple(self.told), missing)

    def edit(self, plan: Plan, now: File, comments: Comments) -> None:
        """Do the plan to the file, and put the comments where hand and facts disagree."""
        from drafter.word.trace.comments import CONFLICTS
        from drafter.word.trace.edit import apply
        from drafter.word.trace.renew import renew, retitle

        ordered = number.in_order(self.printed)
        expected = _expected(self.printed, plan.changes, {r.at for r in plan.removals})
        strands = list(self.file.strands)
        places = apply(self.file, plan, now)
        self.file.read()
        known = {strand.element: strand.text for strand in self.file.strands}
        self.look_over({strands[at].element: text for at, text in expected.items()}, known)
        for conflict, anchor in zip(plan.conflicts, places.anchors, strict=True):
            if anchor is not None:
                comments.add(self.comment(conflict, plan), *anchor, CONFLICTS, "刷新")
        self.told += self.undrawn(places.undone) if places.undone else ()
        self.told += self.unlisted(places.unlisted)
        retitle(self.file, now)
        renew(self.file, self.renumber(plan.record, now) if ordered and not plan.idle else plan.record)

    def undrawn(self, names: Collection[str]) -> Iterator[Diagnostic]:
        """R208: charts in whose place another thing stands."""
        places = {spot.name: (at, spot.start) for at, p in enumerate(self.printed) for spot in p.spots}
        sight = tracing.sight(self.file, {places[name][0] for name in names if name in places})
        for name in names:
            at, start = places.get(name, (-1, 0))
            message = f"{sight.where_is(at, start)}有一张图换成了别的东西，图上的数没有刷新"
            yield note("R208", message, sight.span_of(at, start), "重新生成一份，把图复制过来")

    def unlisted(self, count: int) -> Iterator[Diagnostic]:
        """R213: lines of the 目录 that were left as they are."""
        if count:
            place, hint = Span(self.file.name, 1, 1), "在 Word 里右键目录，选“更新域”“更新整个目录”"
            yield note("R213", f"目录里有{count}行没有跟着改", place, hint)

    def look_over(self, expected: Mapping[Element, str], known: Mapping[Element, str]) -> None:
        """Every paragraph that was there says what was planned. Errors: R207."""
        for element, text in expected.items():
            if known.get(element, "") != text:
                message = "刷新的结果和计划的不一样，没有写"
                hint = "原来的文件没有动；请把这份文件和事实文件发给维护人员"
                raise DraftError(error("R207", message, Span(self.file.name, 1, 1), hint))

    def renumber(self, record: Record, now: File) -> Record:
        """Put the markers in order again; what is recorded of the paragraphs changes with them."""
        from drafter.word.trace.edit import apply

        self.file.read()
        printed = self.printed
        changes = list(number.renumbered(printed))
        if not changes:
            return record
        apply(self.file, Plan(tuple(changes)), now)
        self.file.read()
        after = self.printed
        turned = {at: (printed[at], after[at]) for at in {c.at for c in changes} if at < len(after)}
        known = {(one.text, one.spots): two for one, two in turned.values()}
        again = tuple(
            replace(two, cell=p.cell) if (two := known.get((p.text, p.spots))) else p for p in record.paragraphs
        )
        return replace(record, paragraphs=again)

    def saved(self, *, reviewed: bool) -> bytes:
        """The file as bytes, with new comments of sources where it had some."""
        from drafter.word.trace.review import annotated

        data = self.file.saved()
        return annotated(data) if reviewed else data


def _expected(here: Sequence[Printed], changes: Sequence[Change], gone: set[int]) -> dict[int, str]:
    """Paragraph → its text when the changes are done; of those that stay."""
    texts = {at: p.text for at, p in enumerate(here) if at not in gone and p.cell is None}
    for change in sorted(changes, key=lambda c: (c.at, c.start, c.end), reverse=True):
        if change.at in texts:
            text = texts[change.at]
            new = "".join(piece.text for piece in change.pieces)
            texts[change.at] = text[: change.start] + new + text[change.end :]
    return texts
