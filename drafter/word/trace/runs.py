"""The runs of a paragraph cut at offsets, so that text between two cuts can go and other text can stand for it.

What holds no text stays whatever goes around it: drawings, references of notes, signs of fields, ranges of comments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.trace import OBJECT
from drafter.word.element import SPACE, Element, W, run, w
from drafter.word.kinds import attribute, branch, child, kind
from drafter.word.paragraph import MISSING
from drafter.word.trace.bookmarks import detach
from drafter.word.trace.strand import Node, Strand

TEXTUAL = frozenset(("t", "tab", "ptab", "cr", "br", "noBreakHyphen", "sym"))
"""Elements of a run that are text; all others stay."""
_HOLDERS = ("ins", "hyperlink", "smartTag", "moveTo")
"""What may hold runs, and means nothing without any."""
BLANK = re.compile("【待补[^】]*】?")
"""What is printed for a fact that is not known yet."""
_FLEETING = ("rPrChange", "ins", "del", "moveFrom", "moveTo")
"""What of a look tells of how it came about."""
_BEFORE_HIGHLIGHT = frozenset((
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
))  # fmt: skip
"""What stands before w:highlight in a w:rPr. Source: wml.xsd, EG_RPrBase."""


@dataclass(slots=True)
class Atom:
    """A run (or what stands in its place), and the range of the text, as it was read, that it holds or stands for."""

    run: Element
    start: int
    end: int
    nodes: list[Element] = field(default_factory=list)
    """Its text that can go."""
    new: bool = False
    """Whether it was put in."""

    @property
    def fixed(self) -> bool:
        """Whether nothing of it can go."""
        return not self.nodes


def atoms(strand: Strand, cuts: Collection[int]) -> list[Atom]:
    """The runs of a paragraph, parted at these offsets: none holds text of both sides of a cut."""
    found: list[Atom] = []
    for node in strand.nodes:
        element = _lifted(node.element)
        for one, start, end in _parted(Node(element, node.text, node.start), cuts):
            held = _run(one)
            if start in cuts and end > start and held is not one:
                held = _split(held, one)
            if not found or found[-1].run is not held:
                found.append(Atom(held, start, end))
            found[-1].end = end
            if end > start and held is not one and kind(one) in TEXTUAL:
                found[-1].nodes.append(one)
    return found


def _lifted(element: Element) -> Element:
    """Text in one of two writings of a run becomes text of the run: there is one writing of it from now on."""
    above = element.getparent()
    while above is not None and kind(element) in TEXTUAL and kind(above) in ("mc:Choice", "mc:Fallback"):
        alternate = above.getparent()
        if alternate is None or kind(run_ := _parent(alternate)) != "r":
            break
        for one in list(branch(alternate)):
            alternate.addprevious(one)
        run_.remove(alternate)
        above = element.getparent()
    return element


def _parent(element: Element) -> Element:
    above = element.getparent()
    return element if above is None else above


def _run(element: Element) -> Element:
    """The run that holds a piece of text directly; a piece that stands in none is taken for one itself."""
    above = _parent(element)
    return above if kind(above) == "r" else element


def _parted(node: Node, cuts: Collection[int]) -> Iterator[tuple[Element, int, int]]:
    """A w:t as one for every range between cuts; anything else as it is."""
    inner = sorted(at for at in cuts if node.start < at < node.end) if kind(node.element) == "t" else []
    edges = [node.start, *inner, node.end]
    element = node.element
    for start, end in pairwise(edges):
        if start > node.start:
            following = deepcopy(element)
            following.tail = None
            element.addnext(following)
            element = following
        if inner:
            _say(element, node.text[start - node.start : end - node.start])
        yield element, start, end


def _say(element: Element, text: str) -> None:
    """Text for a w:t; blanks at its edges are kept."""
    element.text = text
    if text != text.strip() or "  " in text:
        element.set(SPACE, "preserve")


def _split(held: Element, first: Element) -> Element:
    """The run that begins with a piece of a run: itself where nothing stands before it, else a new one."""
    before = [one for one in held if kind(one) != "rPr"]
    if before and before[0] is first:
        return held
    made = w("r")
    made.attrib.update(held.attrib)
    made.extend([deepcopy(one) for one in held if kind(one) == "rPr"])
    rest = [first, *first.itersiblings()]
    held.addnext(made)
    made.extend(rest)
    return made


def erase(found: Sequence[Atom]) -> None:
    """Take the text of runs away, the runs that are empty then, and what holds no run any more."""
    for atom in found:
        for node in atom.nodes:
            detach(node)
        if atom.nodes:
            prune(atom.run)


def prune(held: Element) -> None:
    """Take away a run without content, and what held nothing but it."""
    while (above := held.getparent()) is not None:
        if any(kind(one) != "rPr" for one in held) or (kind(held) != "r" and kind(held) not in _HOLDERS):
            return
        above.remove(held)
        held = above


def look(atom: Atom) -> Element | None:
    """The w:rPr of a run."""
    return child(atom.run, "rPr") if kind(atom.run) == "r" else None


def mark_look(paragraph: Element) -> Element | None:
    """The look of a paragraph's end, which text typed into an empty paragraph takes."""
    return child(child(paragraph, "pPr"), "rPr")


def lasting(properties: Element | None) -> Element | None:
    """A copy of a w:rPr without what tells of tracked changes; None for none or nothing."""
    if properties is None:
        return None
    made = deepcopy(properties)
    made.tail = None
    for one in list(made):
        if kind(one) in _FLEETING:
            made.remove(one)
    return made if len(made) else None


def written(text: str, properties: Element | None, *, missing: bool, unlit: bool = False) -> Element:
    """A new run in a look that is copied; yellow where a fact is missing, without the yellow where it was (`unlit`)."""
    made = run(text.replace(OBJECT, ""))
    hint = child(child(made, "rPr"), "rFonts")
    looks = lasting(properties)
    if looks is None:
        looks = w("rPr")
    if unlit or missing:
        for one in [one for one in looks if kind(one) == "highlight"]:
            looks.remove(one)
    if hint is not None:
        _fonts(looks).set(f"{{{W}}}hint", "eastAsia")
    if missing:
        place = max((n for n, one in enumerate(looks, start=1) if kind(one) in _BEFORE_HIGHLIGHT), default=0)
        looks.insert(place, w("highlight", val=MISSING))
    for one in [one for one in made if kind(one) == "rPr"]:
        made.remove(one)
    if len(looks):
        made.insert(0, looks)
    return made


def _fonts(looks: Element) -> Element:
    found = child(looks, "rFonts")
    if found is None:
        found = w("rFonts")
        looks.insert(int(child(looks, "rStyle") is not None), found)
    return found


def is_lit(text: str, atom: Atom) -> bool:
    """Whether a run is part of what stands for a missing fact."""
    return any(one.start() < atom.end and atom.start < one.end() for one in BLANK.finditer(text))


def is_sign(element: Element, which: str) -> bool:
    """Whether an element is a sign of a field: begin, separate, end."""
    return kind(element) == "fldChar" and attribute(element, "fldCharType") == which
