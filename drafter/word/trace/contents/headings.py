"""What the headings of an edited file say, as lines of a 目录: automatic numbers in front, run-in headings by their faces."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafter.trace import OBJECT
from drafter.word.element import Element
from drafter.word.kinds import child, value
from drafter.word.reading.numbering import Counter, numbering
from drafter.word.reading.stylesheet import given, styles
from drafter.word.trace.contents import toc
from drafter.word.trace.contents.toc import CLOSING, squeezed
from drafter.word.trace.file import File
from drafter.word.trace.strand import Strand, strands


@dataclass(slots=True)
class Headings:
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
