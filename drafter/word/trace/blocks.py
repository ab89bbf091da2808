"""Paragraphs and tables of a story: where one can be put in, and what has to stand between and behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from drafter.word.element import Element, etree, w
from drafter.word.kinds import child, kind
from drafter.word.trace.runs import is_sign

BLOCKS = ("p", "tbl", "sdt", "customXml", "altChunk")
"""What a story is made of."""
CLOSED = ("tc", "hdr", "ftr", "txbxContent", "sdtContent", "footnote", "endnote", "body")
"""What holds at least one paragraph."""


def beside(block: Element, *, before: bool = False) -> Element | None:
    """The next (or the one before) paragraph, table or control that stands in the same place as a block."""
    return next((one for one in block.itersiblings(preceding=before) if kind(one) in BLOCKS), None)


def edge(block: Element | None, *, last: bool) -> str:
    """What a block ends or begins with: p, tbl, or '' for none."""
    while block is not None and kind(block) in ("sdt", "customXml"):
        content = child(block, "sdtContent") if kind(block) == "sdt" else block
        inner = [one for one in content if kind(one) in BLOCKS] if content is not None else []
        block = (inner[-1] if last else inner[0]) if inner else None
    return "" if block is None else kind(block)


def part(upper: Element | None, lower: Element | None) -> None:
    """A blank paragraph between two neighbours that are tables, which Word would join, and behind a last table."""
    if upper is None or edge(upper, last=True) != "tbl":
        return
    within = upper.getparent()
    if lower is not None:
        if edge(lower, last=False) == "tbl":
            upper.addnext(w("p"))
    elif within is not None and kind(within) in CLOSED:
        upper.addnext(w("p"))


@dataclass(slots=True)
class Blocks:
    """Where blocks are put in; those at one place stand in the order in which they come."""

    strands: Collection[Element]
    """The paragraphs of the file before anything was put in."""
    unended: Collection[Element]
    """Blocks behind which a field is open."""
    last: dict[Element, Element] = field(default_factory=dict)
    """Block of the file → what was put in behind it last."""
    new: set[Element] = field(default_factory=set)
    """All that was put in."""

    def put(self, made: Element, paragraph: Element, *, before: bool, inside: bool) -> None:
        """Put a block behind (or before) what holds a paragraph; `inside`: the cell of a table counts, not the table."""
        block = self._block(paragraph, before=before, inside=inside)
        if before:
            block.addprevious(made)
        else:
            block = self._beyond(block)
            self.last.get(block, block).addnext(made)
            self.last[block] = made
        self.new.add(made)
        part(beside(made, before=True), made)
        part(made, beside(made))

    def _block(self, paragraph: Element, *, before: bool, inside: bool) -> Element:
        """The paragraph, the outermost table around it, the control that ends (or begins) with it."""
        block = paragraph
        if not inside:
            block = next((one for one in reversed(list(paragraph.iterancestors())) if kind(one) == "tbl"), paragraph)
        while (above := block.getparent()) is not None and kind(above) in ("sdtContent", "customXml"):
            more = (one for one in block.itersiblings(preceding=before) for one in one.iter())
            if any(one in self.strands for one in more):
                break
            outer = above.getparent() if kind(above) == "sdtContent" else above
            if outer is None or kind(outer) not in BLOCKS:
                break
            block = outer
        return block

    def _beyond(self, block: Element) -> Element:
        """A block, or what follows it as far as it is lines of a 目录, or the result of a field that is still open."""
        while (following := beside(block)) is not None and following not in self.new:
            if not self._is_list(following) and block not in self.unended:
                break
            block = following
        return block

    def _is_list(self, block: Element) -> bool:
        """Whether a block holds paragraphs, none of which is read: lines of a 目录."""
        held = [one for one in block.iter() if kind(one) == "p"]
        return kind(block) in ("p", "sdt") and bool(held) and not any(one in self.strands for one in held)


def unended(root: Element) -> Iterator[Element]:
    """The blocks of a part behind which a field is open: most of a 目录."""
    depth = 0
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += is_sign(one, "begin") - is_sign(one, "end")
        elif depth > 0 and kind(one) in BLOCKS:
            yield one
