"""Reading what section templates render to: typed markers at line starts, typed items, and no marker out of a fact."""

from __future__ import annotations

from drafter import style
from drafter.diagnostic import Diagnostic, error, warning
from drafter.outline import Outline, Paragraph, Section
from drafter.source import Line, Span, Text
from drafter.style import Found, Marker
from drafter.text import pipes
from drafter.text.tree import GAP, Tree, fact_in, paragraph, split

NOWHERE = Span("", 1, 1)


def read_body(text: Text) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """The tree of lines that hold no title, 主送 or signature: what section templates render to. Never raises.

    A chain may open with any number here, since a condition may have dropped its first item. The diagnostics tell of
    structure that a fact forged (S101) and markers that are hard to read (N109).
    """
    reader = _Reader()
    for part in pipes.parts(text):
        if isinstance(part, Line):
            reader.line(part)
        else:
            reader.tree.block(part)
    return reader.tree.finish(), tuple(reader.diagnostics)


class _Reader:
    """One pass over the lines."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.diagnostics: list[Diagnostic] = []

    def line(self, line: Line) -> None:
        found = style.read(line.text) or self.before_value(line)
        if found is None or self.forged(line, 0, found[1], found[0]):
            self.tree.block(self.run(line, open_item=False))
        elif found[0].is_item:
            self.tree.block(self.run(line))
        else:
            self.section(line, *found)

    def before_value(self, line: Line) -> tuple[Marker, int] | None:
        """A typed marker right before a value that begins with a digit (1. and 6起): read, and told as hard to read."""
        first = next((m.start for m in line.marks if m.origin is not None and m.origin.fact), 0)
        found = style.read(line.text[:first]) if first else None
        if found is None or found[1] != first:
            return None
        words = line.text[: first + 6]
        place = line.at(0) or NOWHERE
        self.diagnostics.append(
            warning(
                "N109", f"序数后面紧跟数字，“{words}”容易看成小数", place, "在序数和数之间加几个字，如 1.发生…", words
            )
        )
        return found

    def forged(self, line: Line, start: int, end: int, marker: Marker) -> bool:
        """Law: a marker that came out of a fact, even in part, is an error, never structure."""
        origin = fact_in(line, start, end)
        if origin is None:
            return False
        place = origin.span or line.at(start) or NOWHERE
        self.diagnostics.append(
            error(
                "S101",
                f"事实“{origin.fact}”的内容里有序数“{marker.written}”，不能当作层次",
                place,
                "序数写在模板里；事实只写内容，多项内容写成列表",
                line.text[start : start + 20],
            )
        )
        return True

    def section(self, line: Line, marker: Marker, end: int) -> None:
        heading, rest = split(marker, line.cut(end).strip(GAP), listed=self.tree.listed(marker))
        self.tree.section(Section(marker, heading, bool(rest) or not heading, span=line.at(0)))
        if rest or not heading:
            self.tree.block(self.run(rest))

    def run(self, line: Line, *, open_item: bool = True) -> Paragraph:
        """A paragraph with its chain items; it may begin with one unless `open_item` is off."""
        return paragraph(line, self.items(line, open_item=open_item))

    def items(self, line: Line, *, open_item: bool) -> list[Found]:
        """Chain items behind a clause mark, and one at the start of the paragraph."""
        found = [f for f in style.inline(line.text) if not self.forged(line, f[0], f[2], f[1])]
        first = style.read(line.text) if open_item else None
        if first is not None and first[0].is_item and not self.forged(line, 0, first[1], first[0]):
            found = [(0, *first), *(f for f in found if f[0] >= first[1])]
        kept: list[Found] = []
        for item in self.with_loops(line, found):
            if not kept or item[0] >= kept[-1][2]:
                kept.append(item)
        return kept

    def with_loops(self, line: Line, found: list[Found]) -> list[Found]:
        """The items, and those that the same template place typed again in the next turn of a loop."""
        if not found:
            return found
        places = {line.at(start): marker.level for start, marker, _ in found}
        known = {start for start, _, _ in found}
        again = [
            f
            for f in style.anywhere(line.text)
            if f[0] not in known and f[1].number == 1 and places.get(line.at(f[0])) == f[1].level
        ]
        return sorted([*found, *again], key=lambda f: f[0])
