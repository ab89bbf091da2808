"""The 目录 of an edited file says what its headings say: lines are rewritten, those of new headings come, others go.

Why not left to Word, which is told to write it anew: LibreOffice, WPS and who looks at a PDF see it as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.trace import OBJECT
from drafter.word.element import Element, W, w
from drafter.word.kinds import attribute, child, kind, value
from drafter.word.reading.numbering import Counter, numbering
from drafter.word.reading.stylesheet import given, styles
from drafter.word.trace import toc
from drafter.word.trace.adopt import named, unnumber
from drafter.word.trace.file import File
from drafter.word.trace.marks import Numbers, detach
from drafter.word.trace.strand import Strand, strands
from drafter.word.trace.toc import CLOSING, Entry, Field, squeezed

_HELD = ("sectPr", "commentReference", "footnoteReference", "endnoteReference", "commentRangeStart", "commentRangeEnd")
"""What a line does not go with."""
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
        texts = _Texts(self.file)
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
class _Texts:
    """What the headings of an edited file say."""

    file: File
    read: dict[Element, Strand] = field(init=False)
    labels: dict[Element, str] = field(default_factory=dict)
    """Automatic numbers."""
    order: dict[Element, int] = field(init=False)

    def __post_init__(self) -> None:
        found = strands(self.file.root)
        self.read = {one.element: one for one in found}
        self.order = {one.element: at for at, one in enumerate(found)}
        lists = numbering(self.file.package.only("numbering"), styles(self.file.package.only("styles")))
        counter = Counter(lists)
        for one in found:
            properties = child(one.element, "pPr")
            place = lists.placed(given(properties), value(properties, ("pStyle",)))
            if place.list_id is not None:
                self.labels[one.element] = counter.next(place) or ""

    def has(self, heading: Element) -> bool:
        """Whether a heading is still there, with words."""
        return heading in self.read and bool(self.read[heading].text.strip())

    def label(self, heading: Element) -> str:
        """The automatic number in front of it."""
        return self.labels.get(heading, "")

    def mend(self) -> None:
        """The TC fields of run-in headings say what these say."""
        for paragraph, strand in self.read.items():
            found = toc.tcs(paragraph)
            led = _led(strand) if len(found) == 1 else ""
            if led:
                words = self._whole(paragraph, led).rstrip(CLOSING)
                if squeezed(words) != squeezed(toc.tc_text(found[0])):
                    toc.set_tc(found[0], words)

    def said(self, heading: Element) -> str:
        """The heading as a line of the 目录; '' where that is not clear."""
        found = toc.tcs(heading)
        if found:
            return toc.tc_text(found[0]) if len(found) == 1 else ""
        return self._whole(heading, self.read[heading].text)

    def _whole(self, heading: Element, words: str) -> str:
        return " ".join(f"{self.label(heading)}{words.replace(OBJECT, '')}".split())


def _led(strand: Strand) -> str:
    """The heading in front of the text of a paragraph: what is in the face of its first word, else up to its mark."""
    shown = [node for node in strand.nodes if node.text.strip()]
    faces = [value(child(held, "rPr"), ("rStyle",)) for n in shown if (held := n.element.getparent()) is not None]
    other = next((n for n, face in enumerate(faces) if face != faces[0]), None)
    if faces and faces[0] and other is not None:
        return strand.text[: shown[other].start]
    found = re.match(rf"[^{CLOSING}]+[{CLOSING}]", strand.text)
    return found[0] if found else ""


@dataclass(slots=True)
class _Work:
    """One 目录 brought up to date."""

    listed: Listed
    field: Field
    entries: list[Entry]
    texts: _Texts
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
            rack = _Rack(self.field, self.entries)
            if rack.stuck or len(gone) == len(self.entries) or any(_held(one) for one in gone):
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
        made = _copy(like, self.fresh[new.paragraph])
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


def _held(entry: Entry) -> bool:
    return any(kind(one) in _HELD for one in entry.paragraph.iter())


def _copy(like: Entry, name: str) -> Entry:
    """A line like another one that leads elsewhere, without page: nobody knows it yet."""
    at = [list(like.paragraph.iter()).index(one) for one in like.words]
    paragraph = deepcopy(like.paragraph)
    paragraph.tail = None
    inner = list(paragraph.iter())
    made = Entry(paragraph, [inner[n] for n in at])
    unnumber(paragraph)
    for one in inner:
        if kind(one) in ("bookmarkStart", "bookmarkEnd", "proofErr", *_HELD):
            detach(one)
        elif kind(one) == "hyperlink" and attribute(one, "anchor"):
            one.set(f"{{{W}}}anchor", name)
    for one, found in toc.paged(paragraph):
        code = one.text or ""
        one.text = code[: found.start(1)] + name + code[found.end(1) :]
    for one in _behind(made):
        detach(one)
    return made


def _behind(entry: Entry) -> Iterator[Element]:
    """The page number of a line."""
    inner = list(entry.paragraph.iter())
    last = inner.index(entry.words[-1])
    yield from (one for one in inner[last + 1 :] if kind(one) == "t")


def _unmark(root: Element, name: str) -> None:
    """The bookmark of a heading that is gone goes too: it would stand at its neighbour."""
    for one in list(root.iter(f"{{{W}}}bookmarkStart")):
        if name and (attribute(one, "name") or "").casefold() == name.casefold():
            key = attribute(one, "id")
            for end in list(root.iter(f"{{{W}}}bookmarkEnd")):
                if attribute(end, "id") == key:
                    detach(end)
            detach(one)


class _Rack:
    """The signs of a 目录 lifted out of its first and last line, and put back into those that are first and last then."""

    def __init__(self, of: Field, entries: Sequence[Entry]) -> None:
        self.front: list[Element] = []
        self.back: list[Element] = []
        first, last = entries[0].paragraph, entries[-1].paragraph
        self.stuck = len({one.paragraph.getparent() for one in entries}) != 1
        begin, separate, end = (_run(one) for one in (of.begin, of.separate, of.end))
        opening, closing = _within(separate, first), _within(end, last)
        if opening and any(one is None or one.getparent() is not first for one in (begin, separate)):
            self.stuck = True
        if closing and (end is None or end.getparent() is not last):
            self.stuck = True
        if self.stuck:
            return
        if opening and begin is not None and separate is not None:
            self.front = list(first)[first.index(begin) : first.index(separate) + 1]
        if closing and end is not None:
            self.back = [end]
        for one in (*self.front, *self.back):
            detach(one)

    def close(self, paragraphs: Sequence[Element]) -> None:
        """Put the signs back."""
        at = int(child(paragraphs[0], "pPr") is not None)
        paragraphs[0][at:at] = self.front
        paragraphs[-1].extend(self.back)


def _run(sign: Element | None) -> Element | None:
    return None if sign is None else sign.getparent()


def _within(run: Element | None, paragraph: Element) -> bool:
    return run is not None and paragraph in run.iterancestors()
