"""The 目录 of an edited file says what its headings say: lines are rewritten, those of new headings come, others go.

Why not left to Word, which is told to write it anew: LibreOffice, WPS and who looks at a PDF see it as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.word.element import Element, W, w
from drafter.word.kinds import attribute, child
from drafter.word.trace.adopt import named
from drafter.word.trace.bookmarks import Numbers, detach
from drafter.word.trace.contents import toc
from drafter.word.trace.contents.headings import Headings
from drafter.word.trace.contents.rack import Rack, copied, is_held
from drafter.word.trace.contents.toc import CLOSING, Entry, Field, squeezed
from drafter.word.trace.file import File
from drafter.word.trace.strand import Strand

_NAME = re.compile(r"_Toc(\d{1,9})", re.IGNORECASE)
_MOST = 999_999_999


@dataclass(frozen=True, slots=True)
class _New:
    """A heading that was put in."""

    paragraph: Element
    depth: int
    run_in: bool


@dataclass(slots=True)
class Listed:
    """The 目录 of a file while it is edited; made before anything is changed."""

    file: File
    now: File
    numbers: Numbers
    fields: list[tuple[Field, list[Entry]]] = field(init=False)
    headings: dict[Element, Element] = field(default_factory=dict)
    """Paragraph of a line → its heading, as they stood before."""
    lost: set[Element] = field(default_factory=set)
    """Paragraphs of lines whose heading a hand took away: its bookmark is not in the file, others' are."""
    new: list[_New] = field(default_factory=list)
    left: int = 0
    """Lines that could not be brought up to date."""
    _depths: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        root = self.file.root
        self.fields = [(one, toc.entries(root, one)) for one in toc.fields(root)]
        if not self.fields:
            return
        places = toc.targets(root)
        lines = {entry.paragraph for _, found in self.fields for entry in found}
        by_text: dict[str, list[Element]] = {}
        for strand in self._strands():
            if strand.element not in lines and strand.text.strip():
                by_text.setdefault(squeezed(strand.text), []).append(strand.element)
        for entry in (entry for _, found in self.fields for entry in found):
            heading = places.get(entry.name.casefold()) if entry.name else None
            same = by_text.get(squeezed(entry.text), [])
            if heading is not None and heading not in lines:
                self.headings[entry.paragraph] = heading
            elif len(same) == 1:
                self.headings[entry.paragraph] = same[0]
            elif _NAME.fullmatch(entry.name) and not same:
                self.lost.add(entry.paragraph)
        if not self.headings:
            self.lost.clear()

    def _strands(self) -> list[Strand]:
        return [one for one in self.file.strands if one.part == self.file.main]

    def put(self, made: Element, source: Element) -> None:
        """A paragraph was put in that stands for one of what is generated now: it may be a heading."""
        if not self.fields:
            return
        if self._depths is None:
            self._depths = {
                entry.name: toc.depth_of(entry.paragraph, {})
                for one in toc.fields(self.now.root)
                for entry in toc.entries(self.now.root, one)
            }
        marks = (attribute(one, "name") or "" for one in source.iter(f"{{{W}}}bookmarkStart"))
        depth = next((self._depths[name] for name in marks if name in self._depths), 0)
        if depth:
            self.new.append(_New(made, depth, bool(toc.tcs(made))))

    def settle(self) -> None:
        """All lines say what the headings say now."""
        if not self.fields:
            return
        texts = Headings(self.file)
        fresh = {one.paragraph: self._name(one.paragraph) for one in self.new if texts.has(one.paragraph)}
        texts.mend()
        for one, found in self.fields:
            work = _Work(self, one, found, texts, fresh)
            work.run()
            self.left += work.left

    def _name(self, heading: Element) -> str:
        """The new bookmark of a heading."""
        starts = [one for root in self.file.roots.values() for one in root.iter(f"{{{W}}}bookmarkStart")]
        names = [attribute(one, "name") or "" for one in starts]
        names += (entry.name for _, found in self.fields for entry in found)
        taken = {int(found[1]) for name in names if (found := _NAME.fullmatch(name))}
        number = max(taken, default=0) + 1
        if number > _MOST:
            number = next(n for n in range(1, _MOST) if n not in taken)
        key, name = self.numbers.bookmark(), f"_Toc{number:09d}"
        heading.insert(int(child(heading, "pPr") is not None), w("bookmarkStart", id=key, name=name))
        heading.append(w("bookmarkEnd", id=key))
        return name


@dataclass(slots=True)
class _Work:
    """One 目录 brought up to date."""

    listed: Listed
    field: Field
    entries: list[Entry]
    texts: Headings
    fresh: Mapping[Element, str]
    left: int = 0

    def run(self) -> None:
        gone = [one for one in self.entries if self.is_gone(one)]
        names = {id(one): one.name for one in gone}
        for one in self.entries:
            if one not in gone:
                self.rewrite(one)
        new = [one for one in self.listed.new if one.paragraph in self.fresh and self.takes(one)]
        if gone or new or not self.is_ordered():
            rack = Rack(self.field, self.entries)
            if rack.stuck or len(gone) == len(self.entries) or any(is_held(one) for one in gone):
                self.left += len(gone) + len(new)
                return
            self.place(gone, new)
            rack.close([one.paragraph for one in self.entries])
        for one in gone:
            _unmark(self.listed.file.root, names[id(one)])

    def takes(self, one: _New) -> bool:
        return self.field.takes(one.depth, run_in=one.run_in)

    def heading(self, entry: Entry) -> Element | None:
        return self.listed.headings.get(entry.paragraph)

    def is_gone(self, entry: Entry) -> bool:
        """Whether the heading of a line was there and is no more, or is another line's as well."""
        heading = self.heading(entry)
        if heading is None:
            return entry.paragraph in self.listed.lost
        first = next(one for one in self.entries if self.heading(one) is heading)
        return not self.texts.has(heading) or (first is not entry and not toc.tcs(heading))

    def rewrite(self, entry: Entry) -> None:
        heading = self.heading(entry)
        said = self.texts.said(heading) if heading is not None else ""
        old = squeezed(entry.text)
        if heading is None or not said or ("。" in said.rstrip(CLOSING) and "。" not in old):
            self.left += not self.is_fresh(old)
            return
        wanted = said if old[-1:] in CLOSING else said.rstrip(CLOSING)
        if squeezed(wanted) != old:
            entry.say(wanted, self.texts.label(heading))

    def is_fresh(self, old: str) -> bool:
        """Whether a line that leads to no heading still says what stands in the text."""
        lines = {one.paragraph for one in self.entries}
        read = (strand for one, strand in self.texts.read.items() if one not in lines)
        known = (self.texts.label(strand.element) + strand.text for strand in read)
        return any(squeezed(text).rstrip(CLOSING) == old.rstrip(CLOSING) for text in known)

    def is_ordered(self) -> bool:
        places = [self.texts.order[h] for one in self.entries if (h := self.heading(one)) in self.texts.order]
        return all(a <= b for a, b in pairwise(places))

    def place(self, gone: Sequence[Entry], new: Sequence[_New]) -> None:
        """The lines in the order of their headings; one without heading stays behind the one before it."""
        keyed: list[tuple[int, Entry]] = []
        last = -1
        for one in self.entries:
            heading = self.heading(one)
            last = self.texts.order.get(heading, last) if heading is not None else last
            if one not in gone:
                keyed.append((last, one))
        patterns = [(self.depth(one), at, one) for at, one in keyed]
        keyed += [(self.texts.order[one.paragraph], self.made(one, patterns)) for one in new]
        anchor = self.entries[0].paragraph
        mark = w("p")
        anchor.addprevious(mark)
        for one in self.entries:
            detach(one.paragraph)
        self.entries[:] = [one for _, one in sorted(keyed, key=lambda row: row[0])]
        for one in self.entries:
            mark.addprevious(one.paragraph)
        detach(mark)

    def depth(self, entry: Entry) -> int:
        return toc.depth_of(entry.paragraph, self.names())

    def names(self) -> dict[str, str]:
        """Styles of paragraphs: id → name."""
        return {key: name for (sort, name), key in named(self.listed.file).items() if sort == "paragraph"}

    def made(self, new: _New, patterns: Sequence[tuple[int, int, Entry]]) -> Entry:
        """The line of a new heading, as the nearest one of its level looks."""
        place = self.texts.order[new.paragraph]
        depth, _, like = min(patterns, key=lambda row: (row[0] != new.depth, abs(row[1] - place)))
        made = copied(like, self.fresh[new.paragraph])
        if depth != new.depth:
            self._restyle(made.paragraph, new.depth)
        made.say(self.texts.said(new.paragraph).rstrip(CLOSING), self.texts.label(new.paragraph))
        return made

    def _restyle(self, paragraph: Element, depth: int) -> None:
        styled = child(child(paragraph, "pPr"), "pStyle")
        found = next((key for key, name in self.names().items() if toc.depth_of(_styled(name), {}) == depth), None)
        if styled is not None and found is not None:
            styled.set(f"{{{W}}}val", found)


def _styled(name: str) -> Element:
    return w("p", w("pPr", w("pStyle", val=name)))


def _unmark(root: Element, name: str) -> None:
    """The bookmark of a heading that is gone goes too: it would stand at its neighbour."""
    for one in list(root.iter(f"{{{W}}}bookmarkStart")):
        if name and (attribute(one, "name") or "").casefold() == name.casefold():
            key = attribute(one, "id")
            for end in list(root.iter(f"{{{W}}}bookmarkEnd")):
                if attribute(end, "id") == key:
                    detach(end)
            detach(one)
