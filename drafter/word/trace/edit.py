"""A plan done to an opened .docx: figures get other values, paragraphs, rows and tables come and go, charts are redrawn.

What a hand did stays: looks, words, marks, notes, changes that are tracked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from drafter.plan import PARAGRAPH, ROW, TABLE, Change, Insertion, Plan, Removal
from drafter.word.element import Element, W
from drafter.word.kinds import attribute, child, kind
from drafter.word.trace.adopt import Adopter
from drafter.word.trace.blocks import Blocks, unended
from drafter.word.trace.bookmarks import Numbers, bookmarks, detach
from drafter.word.trace.contents.entries import Listed
from drafter.word.trace.file import File
from drafter.word.trace.redraw import redraw
from drafter.word.trace.removal import Remover
from drafter.word.trace.runs import is_sign
from drafter.word.trace.tables.grid import above, is_head, mend, repeat, show
from drafter.word.trace.tables.rows import Rows
from drafter.word.trace.tables.width import room, settle
from drafter.word.trace.transplant import Transplant
from drafter.word.trace.unused import drop_unused, used
from drafter.word.trace.wording import Bookmarks, Wording

Anchor = tuple[Element, Element]
"""The first and the last run of a passage."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the passages of conflicts stand in the edited file, and what could not be done."""

    anchors: tuple[Anchor | None, ...] = ()
    """For every conflict of the plan, by its index; None where there is no place for a comment: the passage is gone, or
    stands in the head of a page, where Word knows no comments."""
    undone: tuple[str, ...] = ()
    """Bookmarks of charts that could not be drawn anew: another thing stands there."""
    unlisted: int = 0
    """Lines of the 目录 that could not be brought up to date."""


def apply(file: File, plan: Plan, now: File) -> Places:
    """Do all of a plan to a file, in place: its roots and members change, `file.read()` reads it as it is then.

    `now` is what is generated now; its paragraphs are those that insertions and redrawings name. Places of the plan are
    the paragraphs and offsets of `file.strands` as they are before. A plan that names what is not there is done as far
    as it can be.
    """
    before = used(file)
    editor = _Editor(file, plan, now)
    editor.wording()
    undone = editor.charts()
    editor.insertions()
    editor.removals()
    editor.finish()
    drop_unused(file, before)
    anchors = tuple(editor.anchor(one.at, one.start, one.end) for one in plan.conflicts)
    return Places(anchors, undone, editor.listed.left)


@dataclass(slots=True)
class _Editor:
    """One plan being done."""

    file: File
    plan: Plan
    now: File
    figures: Bookmarks = field(init=False)
    adopter: Adopter = field(init=False)
    listed: Listed = field(init=False)
    texts: dict[int, Wording] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = Numbers(self.file)
        self.figures = Bookmarks(bookmarks(self.file), numbers)
        self.adopter = Adopter(Transplant(self.now, self.file, numbers), self.plan.names, numbers)
        self.listed = Listed(self.file, self.now, numbers)

    def wording(self) -> None:
        """Changes of text; the passages of conflicts become runs of their own."""
        changes: dict[int, list[Change]] = defaultdict(list)
        cuts: dict[int, set[int]] = defaultdict(set)
        for change in self.plan.changes:
            changes[change.at].append(change)
        for conflict in self.plan.conflicts:
            cuts[conflict.at] |= {conflict.start, conflict.end}
        for at in sorted({*changes, *cuts}):
            if 0 <= at < len(self.file.strands):
                self.texts[at] = Wording(self.file.strands[at], at, self.figures)
                self.texts[at].change(changes[at], cuts[at])
                if changes[at]:
                    show(self.file.strands[at].element)

    def charts(self) -> tuple[str, ...]:
        """Charts get other numbers; names of those that are no charts any more."""
        undone = []
        for one in self.plan.redrawings:
            mark = next((m for m in self.figures.marks if m.name == one.name and not m.gone), None)
            strand = None if mark is None else self.file.strands[mark.first[0]]
            if mark is None or strand is None or not 0 <= one.source < len(self.now.strands):
                undone.append(one.name)
                continue
            end = mark.last[1] if mark.last[0] == mark.first[0] else strand.length
            if not redraw(self.adopter.plants, strand, mark.first[1], end, self.now.strands[one.source]):
                undone.append(one.name)
        return tuple(undone)

    def insertions(self) -> None:
        """What is generated now comes in, in the order of the plan."""
        open_ = {one for root in self.file.roots.values() for one in unended(root)}
        blocks = Blocks({strand.element for strand in self.file.strands}, open_)
        rows: dict[Element, Element] = {}
        for one in self.plan.insertions:
            if not (0 <= one.at < len(self.file.strands) and 0 <= one.source < len(self.now.strands)):
                continue
            if one.what == ROW:
                self._row(one, rows)
            else:
                self._block(one, blocks)

    def _row(self, one: Insertion, last: dict[Element, Element]) -> None:
        """A row behind (or before) the row of a paragraph."""
        made = Rows(self.adopter).made(one.source, one.at)
        beside = above(self.file.strands[one.at].element, "tr")
        table = None if beside is None else above(beside, "tbl")
        if made is None or beside is None or table is None:
            return
        if one.before:
            beside.addprevious(made)
            if is_head(beside):
                repeat(made, on=True)
        else:
            last.get(beside, beside).addnext(made)
            last[beside] = made
        mend(table)

    def _block(self, one: Insertion, blocks: Blocks) -> None:
        """A paragraph or a table."""
        source, here = self.now.strands[one.source], self.file.strands[one.at]
        element = above(source.element, "tbl") if one.what == TABLE else source.element
        if element is None:
            return
        made = self.adopter.copy(element, source, one.at)
        inside = one.what == PARAGRAPH and source.cell is not None and here.cell is not None
        blocks.put(made, here.element, before=one.before, inside=inside)
        self.listed.put(made, element)
        if one.what == TABLE:
            settle(made, room(element))
        if one.what == PARAGRAPH and not one.before and not inside:
            _close_section(here.element, made, source.element)

    def removals(self) -> None:
        """Paragraphs, rows, tables go."""
        remover = Remover(self.file, self.figures.marks)
        rows = [one for one in self.plan.removals if one.what == ROW and 0 <= one.at < len(self.file.strands)]
        remover.foresee(one.at for one in rows)
        ways = {PARAGRAPH: remover.remove_paragraph, ROW: remover.remove_row, TABLE: remover.remove_table}
        for one in sorted(self.plan.removals, key=_by_size):
            if 0 <= one.at < len(self.file.strands):
                ways[one.what](one.at)

    def finish(self) -> None:
        """No name stands twice: what was there stays named; the 目录 is written anew when the file is opened."""
        ours = {start: end for _, start, end in self.adopter.made}
        starts = [one for root in self.file.roots.values() for one in root.iter(f"{{{W}}}bookmarkStart")]
        known = {_name(one) for one in starts if one not in ours}
        for name, start, end in self.adopter.made:
            if name.casefold() in known:
                detach(start)
                detach(end)
            known.add(name.casefold())
        if not self.plan.idle:
            self.listed.settle()
            for root in self.file.roots.values():
                _refresh(root)

    def anchor(self, at: int, start: int, end: int) -> Anchor | None:
        """The runs of a passage; those of the nearest paragraph that is left where its own is gone."""
        strands = self.file.strands
        if not 0 <= at < len(strands) or strands[at].part != self.file.main:
            return None
        order = (at, *range(at - 1, -1, -1), *range(at + 1, len(strands)))
        left = (n for n in order if strands[n].element.getroottree().getroot() is self.file.root)
        nearest = next(left, None)
        if nearest is None:
            return None
        if nearest not in self.texts:
            self.texts[nearest] = Wording(strands[nearest], nearest, self.figures)
            self.texts[nearest].change((), ())
        return self.texts[nearest].anchor(start, end) if nearest == at else self.texts[nearest].anchor(0, 0)


def _by_size(removal: Removal) -> int:
    """What is larger goes first."""
    return (TABLE, ROW, PARAGRAPH).index(removal.what)


def _name(start: Element) -> str:
    return (attribute(start, "name") or "").casefold()


def _close_section(old: Element, made: Element, source: Element) -> None:
    """A section that ended with a paragraph ends with the one put in behind it, where that ends it in what is generated."""
    setup = child(child(old, "pPr"), "sectPr")
    if setup is None or child(child(source, "pPr"), "sectPr") is None or old.getnext() is not made:
        return
    properties = child(made, "pPr")
    if properties is None:
        properties = made.makeelement(f"{{{W}}}pPr")
        made.insert(0, properties)
    change = next((n for n, one in enumerate(properties) if kind(one) == "pPrChange"), len(properties))
    properties.insert(change, setup)


def _refresh(root: Element) -> None:
    """Word is to write the 目录 anew."""
    opened: list[tuple[Element, list[str]]] = []
    for one in root.iter():
        if is_sign(one, "begin"):
            opened.append((one, []))
        elif kind(one) == "instrText" and opened:
            opened[-1][1].append(one.text or "")
        elif (is_sign(one, "separate") or is_sign(one, "end")) and opened:
            if "".join(opened[-1][1]).split()[:1] == ["TOC"]:
                opened[-1][0].set(f"{{{W}}}dirty", "true")
            if is_sign(one, "end"):
                opened.pop()
        elif kind(one) == "fldSimple" and (attribute(one, "instr") or "").split()[:1] == ["TOC"]:
            one.set(f"{{{W}}}dirty", "true")
