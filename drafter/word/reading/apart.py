"""Text that stands apart from the body: headers, footers, notes, comments, words in drawings, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.source import BLANKS, Span
from drafter.word.element import Element, W
from drafter.word.found import Apart
from drafter.word.kinds import STRICT, attribute, found
from drafter.word.package import Package
from drafter.word.reading.lines import Reader
from drafter.word.reading.numbering import Counter, Numbering
from drafter.word.reading.ours import Ours
from drafter.word.reading.revisions import NONE, Revisions, revisions
from drafter.word.reading.words import Story

_NOTES = (
    ("footnotes", "footnote", "脚注", "footnoteReference"),
    ("endnotes", "endnote", "尾注", "endnoteReference"),
    ("comments", "comment", "批注", "commentReference"),
)
"""Kind of the part, its elements, how they are called, what calls them in the body."""
_EDGES = (("headerReference", "页眉"), ("footerReference", "页脚"))
_RULES = ("separator", "continuationSeparator", "continuationNotice")
"""Notes that are only lines above the notes."""
_PAGE_NUMBER = re.compile(r"[\d\s|—–―－‐·.~～/第页共-]*|Page \d+( of \d+)?", re.IGNORECASE)
"""A header or footer that holds a page number and nothing else: look, not text."""
_DRAWN = ("a:t", "c:v")
"""Elements with text in a chart or a diagram."""
_VALUES = ("c:val", "c:xVal", "c:yVal", "c:bubbleSize", "c:externalData", "c:userShapes")
"""Elements of a chart that hold figures and not words."""


@dataclass(slots=True)
class Aside:
    """Reads what stands apart of one file."""

    package: Package
    numbering: Numbering
    body: Story
    stories: list[Story] = field(default_factory=list)
    """What was read, to be asked for what was left out."""
    revisions: Revisions = NONE
    """Tracked changes in what was read."""

    def read(self, root: Element) -> tuple[Apart, ...]:
        """Everything apart: elements of 公文, headers, footers, notes, comments, drawings, and what is hidden; empty ones left out."""
        all_found = (*self._edges(root), *self._notes(), *self._drawings(), *self._asides())
        all_found = (*self._elements(), *all_found)
        return tuple(one for one in all_found if one.text)

    def _elements(self) -> Iterator[Apart]:
        """Elements of 公文 in a file that drafter wrote: those of a header (发文机关标志 of a 函) before those of the body."""
        for story in (*self.stories, self.body):
            yield from story.ours.apart() if story.ours is not None else ()

    def _asides(self) -> Iterator[Apart]:
        """Words that are not seen, or no running text; those of a header or a note have no place in the body."""
        for story in (self.body, *self.stories):
            for (what, paragraph), pieces in story.asides.items():
                place = Span(self.package.name, paragraph if story is self.body else 1, 1)
                yield Apart(what, "".join(pieces).strip(BLANKS), place)

    def _edges(self, root: Element) -> Iterator[Apart]:
        """Headers and footers that a section uses, each once."""
        targets = {r.id: r.target for r in self.package.relations(self.package.main) if not r.external}
        for wanted, called in _EDGES:
            names = (f"{{{space}}}{wanted}" for space in (W, STRICT))
            used = (attribute(e, "id") or "" for e in root.iter(*names))
            for member in dict.fromkeys(targets.get(name, "") for name in used):
                part = self.package.part(member)
                text = self._text(part, self._reader()) if part is not None else ""
                if not _PAGE_NUMBER.fullmatch(text):
                    yield Apart(called, text, Span(self.package.name, 1, 1))

    def _notes(self) -> Iterator[Apart]:
        for member, wanted, called, reference in _NOTES:
            part = self.package.only(member)
            reader = self._reader()
            for _, element in found(part, (wanted,)) if part is not None else ():
                if attribute(element, "type") not in _RULES:
                    usual = Span(self.package.name, 1, 1)
                    place = self.body.references.get((reference, attribute(element, "id") or ""), usual)
                    yield Apart(called, self._text(element, reader), place)

    def _drawings(self) -> Iterator[Apart]:
        targets = {r.id: r.target for r in self.package.relations(self.package.main) if not r.external}
        for called, relation, place in self.body.parts:
            part = self.package.part(targets.get(relation, ""))
            if part is None:
                self.body.leave_out(called)
            else:
                texts = (e.text or "" for _, e in found(part, _DRAWN, _VALUES))
                yield Apart(
                    called, "\n".join(dict.fromkeys(text.strip(BLANKS) for text in texts if text.strip(BLANKS))), place
                )

    def _reader(self) -> Reader:
        """A reader for one part."""
        self.stories.append(
            Story(self.package.name, self.body.styles, ours=Ours.of(self.package.name, self.body.styles))
        )
        return Reader(self.stories[-1], Counter(self.numbering))

    def _text(self, parent: Element, reader: Reader) -> str:
        """The lines of a note or a part; numbers begin anew in each."""
        reader.counter = Counter(self.numbering)
        reader.story.fields.clear()
        self.revisions += revisions(parent)
        return "\n".join(line.text for line in reader.read(parent))
