"""What is put in looks like what it stands among: as the nearest generated paragraph of its style looks by now.

Why: a clerk may have selected all and set another size, or another program may have written the looks anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from drafter.trace import OBJECT
from drafter.word.element import Element, W, etree, w
from drafter.word.kinds import attribute, child, kind, switch, value
from drafter.word.trace.file import File
from drafter.word.trace.runs import lasting, written
from drafter.word.trace.strand import Strand

_PLAIN = ("pStyle", "keepNext", "pageBreakBefore", "numPr", "sectPr", "rPr")
"""What a paragraph may say of itself and still look as its style does."""
_RUN = ("rStyle", "highlight", "rFonts")
_PASSED = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
"""What stands before w:numPr. Source: wml.xsd, CT_PPrBase."""
_ITS_OWN = ("keepNext", "pageBreakBefore", "framePr", "numPr", "divId", "cnfStyle", "sectPr", "pPrChange")
"""What a paragraph is and where it stands, and not how it looks."""


@dataclass(slots=True)
class Dresser:
    """Gives paragraphs the looks of their neighbours."""

    file: File
    usual: str = field(init=False)
    """The style of a paragraph that names none."""
    texts: set[str] = field(init=False)

    def __post_init__(self) -> None:
        root = self.file.package.only("styles")
        found = (one for one in (root if root is not None else ()) if kind(one) == "style")
        usual = (one for one in found if attribute(one, "type") == "paragraph" and attribute(one, "default") in _ON)
        self.usual = next((attribute(one, "styleId") or "" for one in usual), "")
        record = self.file.record
        self.texts = {one.text for one in record.paragraphs if one.text.strip()} if record else set()

    def dress(self, made: Element, source: Strand, at: int) -> None:
        """Look as a neighbour of paragraph `at`; `made` is a copy of `source` in styles of the file."""
        if source.cell is not None or not source.text.replace(OBJECT, "").strip() or not _is_plain(made):
            return
        like = next(self._like(made, at), None)
        if like is not None:
            _place(made, like.element)
            _letters(made, like)

    def _like(self, made: Element, at: int) -> Iterator[Strand]:
        """Generated paragraphs of the same style, nearest first."""
        strands, style = self.file.strands, self._style(made)
        for index in sorted(range(len(strands)), key=lambda n: (abs(n - at), n)):
            one = strands[index]
            if one.cell is not None or one.part != strands[at].part or OBJECT in one.text:
                continue
            if (one.spots or one.text in self.texts) and self._style(one.element) == style:
                yield one

    def _style(self, paragraph: Element) -> str:
        return value(child(paragraph, "pPr"), ("pStyle",)) or self.usual


_ON = ("1", "true", "on")


def _is_plain(paragraph: Element) -> bool:
    """Whether a paragraph as it was generated says nothing of its looks but a style."""
    properties = child(paragraph, "pPr")
    numbered = child(properties, "numPr") is not None
    own = [kind(one) for one in properties] if properties is not None else []
    looks = [kind(look) for one in paragraph.iter(f"{{{W}}}r") for look in _look(one)]
    return all(name in _PLAIN or (name == "ind" and numbered) for name in own) and all(
        name in (*_RUN, "vanish") for name in looks
    )


def _look(run: Element) -> Iterator[Element]:
    found = child(run, "rPr")
    yield from found if found is not None else ()


def _place(made: Element, like: Element) -> None:
    """The paragraph's properties: the neighbour's, but for what tells where it stands."""
    own, other = child(made, "pPr"), child(like, "pPr")
    kept = {kind(one): one for one in own if kind(one) in ("pStyle", *_ITS_OWN)} if own is not None else {}
    dressed = w("pPr", *(deepcopy(one) for one in (other if other is not None else ()) if kind(one) not in _ITS_OWN))
    if child(dressed, "pStyle") is None and "pStyle" in kept:
        dressed.insert(0, kept["pStyle"])
    for look in [one for one in dressed if kind(one) == "rPr"]:
        lasted = lasting(look)
        if lasted is None:
            dressed.remove(look)
        else:
            dressed.replace(look, lasted)
    for name in ("keepNext", "pageBreakBefore", "numPr"):
        if name in kept:
            passed = _PASSED if name == "numPr" else _PASSED[: _PASSED.index(name)]
            dressed.insert(sum(kind(one) in passed for one in dressed), kept[name])
    if own is not None:
        made.replace(own, dressed)
    elif len(dressed):
        made.insert(0, dressed)


def _letters(made: Element, like: Strand) -> None:
    """The looks of runs: of those that have the same face in the neighbour."""
    faces = _faces(like)
    for run in list(made.iter(f"{{{W}}}r")):
        own = child(run, "rPr")
        face = value(own, ("rStyle",)) or ""
        if face not in faces or switch(own, ("vanish",)) or child(run, "t") is None:
            continue
        text = "".join(one.text or "" for one in run if kind(one) == "t")
        look = child(written(text, faces[face], missing=child(own, "highlight") is not None, unlit=True), "rPr")
        if own is not None:
            run.remove(own)
        if look is not None:
            run.insert(0, look)


def _faces(strand: Strand) -> dict[str, Element | None]:
    """Character style ('' for none) → the look that most of its text in a paragraph has."""
    counted: dict[str, dict[bytes, int]] = {}
    looks: dict[bytes, Element | None] = {}
    for node in strand.nodes:
        run = node.element.getparent()
        above = None if run is None else run.getparent()
        if run is None or kind(run) != "r" or kind(node.element) != "t" or above is None or kind(above) == "hyperlink":
            continue
        own = lasting(child(run, "rPr"))
        key = b"" if own is None else _written(own)
        looks.setdefault(key, own)
        counts = counted.setdefault(value(own, ("rStyle",)) or "", {})
        counts[key] = counts.get(key, 0) + len(node.text)
    return {face: looks[max(counts, key=lambda key: counts[key])] for face, counts in counted.items()}


def _written(look: Element) -> bytes:
    """A look in bytes, to be compared."""
    return etree.tostring(look, method="c14n")
