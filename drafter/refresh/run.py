"""One file refreshed: read, drafted anew, merged, edited, looked over, written beside its backup."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import formats, ledger, tracing
from drafter import period as periods
from drafter.diagnostic import Diagnostic, DraftError, error, note
from drafter.draft import Draft
from drafter.merge import merge, paired, pairs
from drafter.period import Period
from drafter.plan import Change, Conflict, Plan
from drafter.project import OUT, Project
from drafter.refresh import number, words
from drafter.refresh.model import ADDED, BACKUP, CHANGED, LEFT, REWORDED, TAKEN, Refreshed, Step, short
from drafter.source import Span
from drafter.trace import OBJECT, Printed, Record
from drafter.tracing import EDITED
from drafter.tracing.bare import not_there, not_written
from drafter.tracing.now import drafted, projects

if TYPE_CHECKING:
    from drafter.word.element import Element
    from drafter.word.trace.comments import Comments
    from drafter.word.trace.file import File

FAR = 1_000_000
"""Behind all that stands in a paragraph."""
_TO_COME = "R105"
"""What is said of figures that will be there when all is done."""
_LOCKS = ("~$", ".~lock.")
"""How the names of files begin that Word and LibreOffice put beside an open document."""


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
    speaks of the earlier one. `out`: the result goes there, and the file stays as it is. `dry`: nothing is written. Errors: DraftError P102,
    D101–D107, R101 for a file that cannot be read or has no record, R201 where its report cannot be drafted now, R206
    for a file that is open or read-only, R207 when the result is not what was planned (nothing is written then), R209 for a Strict
    file, R210 where a file stands that would be overwritten, P106 where it cannot be written.
    """
    file, record = tracing.opened(path, name)
    _not_strict(file)
    wanted = replace(record, period=str(period)) if period else record
    if wanted.period != record.period and out is None:
        out = _renamed(path, record.period, wanted.period)
    if not dry:
        _not_open(out or path, name)
        _writable(out or path, name)
        if out is not None:
            not_there(out)
    draft = drafted(wanted, projects(path, project), name)
    if isinstance(draft, Diagnostic):
        message = draft.message.partition("：")[2]
        raise DraftError(error("R201", f"不能刷新：{message}", draft.span, draft.hint))
    work = _Refresh(file, record, draft)
    done = work.run()
    if dry or done.data is None:
        return done
    return _written(done, path, out, _books(path, projects(path, project)))


def _renamed(path: Path, before: str, now: str) -> Path:
    """The name of the same report of another period."""
    stem = path.stem.replace(before, now) if before in path.stem else f"{now}-{path.stem}"
    return path.with_name(f"{stem}{path.suffix}")


def _not_open(path: Path, name: str) -> None:
    found = [path.with_name(f"{sign}{path.name}{'#' if sign[0] == '.' else ''}") for sign in _LOCKS]
    found.append(path.with_name(f"~${path.name[2:]}"))
    if any(lock.exists() for lock in found):
        hint = "在 Word 或 WPS 里关掉它再刷新；确实没有打开，就删去旁边名字以 ~$ 或 .~lock 开头的文件"
        raise DraftError(error("R206", "文件正打开着", Span(name, 1, 1), hint))


def _writable(path: Path, name: str) -> None:
    """Errors: R206 for a file that somebody made read-only: a new file in its place would not be."""
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        hint = "要换，先去掉只读；要留着它，用 --out 写到另一个文件"
        raise DraftError(error("R206", "文件是只读的", Span(name, 1, 1), hint))


def _not_strict(file: File) -> None:
    from drafter.word.trace.file import is_strict

    if is_strict(file):
        hint = "在 Word 里另存为“Word 文档（*.docx）”，不选 Strict"
        raise DraftError(error("R209", "文件是 Strict 格式，不能刷新", Span(file.name, 1, 1), hint))


def _books(path: Path, known: Sequence[Project]) -> list[tuple[ledger.Ledger, str]]:
    """The ledgers that tell of a file, and its name in them."""
    place = path.resolve()
    outs = (project.root.resolve() / OUT for project in known)
    return [(ledger.Ledger(out), place.relative_to(out).as_posix()) for out in outs if place.is_relative_to(out)]


def _written(done: Refreshed, path: Path, out: Path | None, books: Sequence[tuple[ledger.Ledger, str]]) -> Refreshed:
    """The result on the disk: the original is kept first, then replaced whole.

    A file that no hand touched still is none: the next build may write over it.
    """
    assert done.data is not None
    place = out or path
    try:
        old = path.read_bytes()
        backup = None if out else ledger.set_aside(path, old, BACKUP)
        ledger.write_whole(place, done.data)
        for book, name in books if out is None else ():
            if book.is_ours(name, old):
                book.record(name, done.data)
    except OSError as fault:
        raise DraftError(not_written(place, fault)) from fault
    return replace(done, written=place, backup=backup)


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
        if self.draft.period != periods.parse(self.record.period):
            self.told += self.handwritten(plan)
        done = replace(self.told_of(plan), settled=settled)
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

    def told_of(self, plan: Plan) -> Refreshed:
        """What the plan does, in words, at places of the file as it stands."""
        places = {c.at for c in plan.conflicts} | {r.at for r in plan.rewordings} | {u.at for u in plan.updates}
        sight = tracing.sight(self.file, places | {i.at for i in plan.insertions} | {r.at for r in plan.removals})
        conflicts = tuple(
            words.finding(c, sight.where_is(c.at, c.start), sight.span_of(c.at, c.start)) for c in plan.conflicts
        )
        steps = tuple(step for _, step in sorted(self.steps(plan, sight), key=lambda row: row[0]))
        missing = tuple(dict.fromkeys((m.name, m.office) for m in self.draft.missing))
        period = str(self.draft.period)
        return Refreshed(self.file.name, self.record.target, period, steps, conflicts, tuple(self.told), missing)

    def handwritten(self, plan: Plan) -> Iterator[Diagnostic]:
        """R211: what a hand wrote for the earlier period, paragraph by paragraph."""
        sight = tracing.sight(self.file, set(plan.typed))
        for at in plan.typed:
            text = short(_bare(self.file.strands[at].text))
            where = sight.where_is(at, 0)
            message = f"{where or '这一段'}是手写或手改的，说的是上一份的事：“{text}”"
            yield note("R211", message, sight.span_of(at, 0), "逐句核对，改成这一期的")

    def steps(self, plan: Plan, sight: tracing.Sight) -> Iterator[tuple[tuple[int, int], Step]]:
        """(place, what is done there)."""
        for one in plan.updates:
            value = plan.record.figures.get(one.name)
            fact = value.origin.fact if value else ""
            if one.before:
                step = Step(CHANGED, sight.where_is(one.at, one.start), _bare(one.before), _bare(one.after), fact)
                yield (one.at, one.start), step
        for word in plan.rewordings:
            kind = ADDED if not word.before else TAKEN if not word.after else REWORDED
            step = Step(kind, sight.where_is(word.at, word.start), _bare(word.before), _bare(word.after))
            yield (word.at, word.start), step
        for new in plan.insertions:
            if new.text.strip():
                where = f"{sight.where_is(new.at, 0)}{'之前' if new.before else '之后'}"
                yield (new.at, -1 if new.before else FAR), Step(ADDED, where, "", _bare(new.text))
        for gone in plan.removals:
            text = " | ".join(self.file.strands[at].text for at in self.row(gone.at))
            if text.strip():
                yield (gone.at, 0), Step(TAKEN, sight.where_is(gone.at, 0), _bare(text), "")
        for left in plan.conflicts:
            where = sight.where_is(left.at, left.start)
            yield (left.at, left.start), Step(LEFT, where, _bare(left.here), _bare(left.now))

    def row(self, at: int) -> Iterator[int]:
        """The paragraphs that go with one: those of its row."""
        cell = self.file.strands[at].cell
        yield at
        while cell and at + 1 < len(self.file.strands) and (other := self.file.strands[at + 1].cell):
            if other[:2] != cell[:2]:
                return
            at += 1
            yield at

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
        for _ in places.undone:
            place, hint = Span(self.file.name, 1, 1), "重新生成一份，把图复制过来"
            self.told.append(note("R208", "有一张图换成了别的东西，图上的数没有刷新", place, hint))
        self.told += self.unlisted(places.unlisted)
        retitle(self.file, now)
        renew(self.file, self.renumber(plan.record, now) if ordered and not plan.idle else plan.record)

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


def _bare(text: str) -> str:
    """A text to be told: without the mark that a list of values begins its next one with."""
    return text.replace(OBJECT, "（图）").lstrip("、，；和")
