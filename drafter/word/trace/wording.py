"""Changes of the text of one paragraph: words and figures go and come, looks and all that is no text stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafter.plan import Change, Piece
from drafter.trace import OBJECT
from drafter.word.element import Element, w
from drafter.word.kinds import kind
from drafter.word.trace.bookmarks import Bookmark, Numbers, bound
from drafter.word.trace.gap import Put, behind, slot
from drafter.word.trace.runs import TEXTUAL, Atom, atoms, erase, is_lit, look, mark_look, written
from drafter.word.trace.strand import Strand


@dataclass(slots=True)
class Bookmarks:
    """The bookmarks that a file had before, and the names that were given since."""

    marks: Sequence[Bookmark]
    numbers: Numbers
    begun: Mapping[int, Sequence[Bookmark]] = field(init=False)
    """By the paragraph they begin in."""
    ended: Mapping[int, Sequence[Bookmark]] = field(init=False)
    """By the paragraph they end in."""
    given: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        begun: defaultdict[int, list[Bookmark]] = defaultdict(list)
        ended: defaultdict[int, list[Bookmark]] = defaultdict(list)
        for mark in self.marks:
            begun[mark.first[0]].append(mark)
            ended[mark.last[0]].append(mark)
        self.begun, self.ended = begun, ended

    def clear(self, at: int, start: int, end: int) -> None:
        """Figures that cover nothing beyond a range are no more."""
        for mark in self.begun.get(at, ()):
            if mark.ours and not mark.gone and mark.inside(at, start, end):
                mark.remove()

    def named(self, name: str, made: Element | None) -> tuple[Element, ...]:
        """New text in the bookmark of a figure, which stands nowhere else any more; text without a name as it is."""
        content = () if made is None else (made,)
        if not name or name.casefold() in self.given:
            return content
        self.given.add(name.casefold())
        for mark in self.marks:
            if mark.name.casefold() == name.casefold() and not mark.gone:
                mark.remove()
        return bound(name, self.numbers.bookmark(), *content)

    def part(self, paragraph: Element, at: int, offset: int, made: Sequence[Element]) -> None:
        """Figures that end where text was put in end before it, those that begin there begin behind it.

        Why moved: at one place in the text, ends may stand behind beginnings, and both of them between paragraphs.
        """
        order = {one: n for n, one in enumerate(paragraph.iter())}
        first, last = order[made[0]], order[made[-1]]
        for mark in self.ended.get(at, ()):
            if mark.filled and mark.last == (at, offset) and order.get(mark.end, last + 1) > first:
                made[0].addprevious(mark.end)
        for mark in reversed(self.begun.get(at, ())):
            if mark.filled and mark.first == (at, offset) and order.get(mark.start, -1) < last:
                made[-1].addnext(mark.start)

    def beginning(self, name: str, at: int) -> Element | None:
        """Where the bookmark of a figure begins in a paragraph."""
        found = (mark for mark in self.begun.get(at, ()) if mark.name == name and not mark.gone)
        return next((mark.start for mark in found), None)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change of a range in which nothing stands that cannot go."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    name: str


@dataclass(slots=True)
class Wording:
    """A paragraph being changed; `atoms` are its runs as they stand now."""

    strand: Strand
    at: int
    figures: Bookmarks
    atoms: list[Atom] = field(default_factory=list)
    text: str = ""

    def change(self, changes: Sequence[Change], cuts: Collection[int]) -> None:
        """Do the changes; runs are parted at `cuts` too."""
        self.text = self.strand.text
        edits = list(self._edits(changes))
        self.atoms = atoms(self.strand, {*cuts, *(at for one in edits for at in (one.start, one.end))})
        for edit in reversed(edits):
            self._do(edit)

    def _edits(self, changes: Sequence[Change]) -> Iterator[_Edit]:
        """The changes in order of their places, parted by what cannot go; one that begins in another is left out."""
        fixed = [n for n in self.strand.nodes if n.text and kind(n.element) not in TEXTUAL]
        reached = 0
        for change in sorted(changes, key=lambda c: (c.start, c.end)):
            if change.start < reached or change.end > self.strand.length:
                continue
            reached = max(reached, change.end)
            edges = [change.start]
            for node in fixed:
                if change.start <= node.start and node.end <= change.end:
                    edges += [node.start, node.end]
            edges.append(change.end)
            yield from _between(edges, change)

    def _do(self, edit: _Edit) -> None:
        chosen = [a for a in self.atoms if edit.start <= a.start < a.end <= edit.end and not (a.fixed or a.new)]
        if edit.end > edit.start and not edit.name:
            self.figures.clear(self.at, edit.start, edit.end)
        put, source, place = self._place(edit, chosen)
        made = [self._made(piece, source) for piece in edit.pieces]
        elements = [one for piece in made for one in piece]
        for one in elements:
            put(one)
        if elements and not chosen and not edit.name:
            self.figures.part(self.strand.element, self.at, edit.start, elements)
        erase(chosen)
        runs = [one for one in elements if kind(one) == "r"]
        gone = {id(atom) for atom in chosen}
        new = (Atom(one, edit.start, edit.end, new=True) for one in runs)
        self.atoms[place:] = [*new, *(a for a in self.atoms[place:] if id(a) not in gone)]

    def _place(self, edit: _Edit, chosen: Sequence[Atom]) -> tuple[Put, Atom | None, int]:
        """Where new text goes, the run whose look it takes, its place among the runs."""
        if chosen:
            first = chosen[0]
            return first.run.addprevious, first, self.atoms.index(first)
        place = self._behind(edit.start)
        left = self.atoms[place - 1] if place else None
        right = self.atoms[place] if place < len(self.atoms) else None
        start = self.figures.beginning(edit.name, self.at) if edit.name else None
        put = behind(start) if start is not None else slot(self.strand.element, left, right)
        return put, left or right, place

    def _behind(self, offset: int) -> int:
        """How many runs stand before an offset; a run without text (a page break) only where none with text does."""
        old = [(n, a) for n, a in enumerate(self.atoms, start=1) if not a.new and a.end <= offset]
        return max((n for n, a in old if a.end > a.start), default=max((n for n, _ in old), default=0))

    def _made(self, piece: Piece, source: Atom | None) -> tuple[Element, ...]:
        properties = mark_look(self.strand.element) if source is None else look(source)
        unlit = source is not None and is_lit(self.text, source)
        text = piece.text.replace(OBJECT, "")
        made = written(text, properties, missing=piece.missing, unlit=unlit) if text else None
        return self.figures.named(piece.name, made)

    def anchor(self, start: int, end: int) -> tuple[Element, Element]:
        """The first and the last run of a range as it was; of what stands nearest where nothing of it is left."""
        found = [a for a in self.atoms if a.start < end and start < a.end]
        if not found and self.atoms:
            place = self._behind(start)
            found = [self.atoms[max(place - 1, 0)]]
        if not found:
            made = w("r")
            slot(self.strand.element, None, None)(made)
            self.atoms.append(Atom(made, 0, 0, new=True))
            return made, made
        return found[0].run, found[-1].run


def _between(edges: Sequence[int], change: Change) -> Iterator[_Edit]:
    """The parts of a change between what stays: drawings among the pieces are those that stand there."""
    pairs = list(zip(edges[::2], edges[1::2], strict=True))
    groups: list[list[Piece]] = [[]]
    for piece in change.pieces:
        for number, text in enumerate(piece.text.split(OBJECT)):
            if number:
                groups.append([])
            if text or not piece.text:
                groups[-1].append(Piece(text, piece.name, piece.missing))
    if len(groups) != len(pairs):
        groups = [[piece for group in groups for piece in group], *([] for _ in pairs[1:])]
    for (start, end), group in zip(pairs, groups, strict=True):
        if start < end or group:
            yield _Edit(start, end, tuple(group), change.name)
