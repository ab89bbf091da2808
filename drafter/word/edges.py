"""Headers and footers beside the usual two: of the first page of a 信函, and the number on landscape pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafter.layout.model import NOTHING, Layout, Rule
from drafter.typeset.sheet import Para, Sheet
from drafter.typeset.widths import below
from drafter.word.element import Element, w, xml
from drafter.word.own import own
from drafter.word.paragraph import edge, para
from drafter.word.parts import Parts
from drafter.word.sideways import sideways
from drafter.word.trace.figures import Figures

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
Reference = tuple[str, str, str]
"""(element, kind, relationship id)."""


@dataclass(slots=True)
class Edges:
    """Adds to `parts` what a section asks for, each part once."""

    sheet: Sheet
    layout: Layout
    parts: Parts
    figures: Figures
    stories: list[Element] = field(default_factory=list)
    """Heads of the first page, as they are written."""
    _lying: tuple[Reference, ...] = ()
    _asked: bool = field(default=False)

    def references(self, *, landscape: bool) -> tuple[Reference, ...]:
        """What the next section refers to beside the usual footers."""
        first = self.first() if not self._asked else ()
        self._asked = True
        return (*first, *(self.lying() if landscape else ()))

    def first(self) -> tuple[Reference, ...]:
        """Head and foot of the first page; an empty foot where the first page shows no number.

        What the layout puts there takes the place of what a 底稿 has there; the other one is as on other pages.
        """
        given = own(self.layout)
        ours = self.placed(footed=given is not None and given.has_footer)
        if given is None or given.first or not ours:
            return (*(given.first if given else ()), *ours)
        return (*((tag, "first", key) for tag, name, key in given.usual if name == "default"), *ours)

    def placed(self, *, footed: bool) -> tuple[Reference, ...]:
        """What the layout puts on the first page; `footed`: a 底稿 has a footer, which decides about numbers itself."""
        found: list[Reference] = []
        if self.sheet.first_head:
            paragraphs = [p for item in self.sheet.first_head for p in _ruled(item, self.layout, self.figures)]
            found.append(("headerReference", "first", self._add("header", "hdr", paragraphs)))
        if self.sheet.first_foot or (not self.layout.numbers.first and not footed):
            feet = [_foot(item, self.layout) for item in self.sheet.first_foot] or [w("p")]
            found.append(("footerReference", "first", self._add("footer", "ftr", feet)))
        return tuple(found)

    def lying(self) -> tuple[Reference, ...]:
        """Footers of landscape pages: the number stands where it stands on the other sheets. Source: clause 8.

        None where a 底稿 has footers: those are on all pages.
        """
        if (given := own(self.layout)) is not None and given.has_footer:
            return ()
        if not self._lying and self.layout.numbers.form != NOTHING:
            sides = (("default", "right"), ("even", "left"))
            self._lying = tuple(
                (
                    "footerReference",
                    kind,
                    self._add("footer", "ftr", [sideways(self.layout, side, self.parts.drawing_id())]),
                )
                for kind, side in sides
            )
        return self._lying

    def _add(self, kind: str, root: str, content: list[Element]) -> str:
        made = w(root, *content)
        if kind == "header":
            self.stories.append(made)
        return self.parts.add(f"word/{kind}{{}}.xml", xml(made), f"{_TYPE}{kind}+xml", kind)


def _ruled(item: Para, layout: Layout, figures: Figures) -> list[Element]:
    """A paragraph, and the double line so far below its ink as a paragraph of its own, which may be wider than the text.

    Why two borders: renderers disagree about Word's own thick-thin lines.
    """
    rule = item.rule
    if rule is None:
        return [para(item, layout, figures=figures)]
    look = layout.looks[item.look]
    words = Para(item.look, item.runs, size=item.size, line=item.line)
    gap = max(rule.gap - below(item.line or look.line, (item.size or look.size) * 10), 0)
    half = rule.weights[0] * 20 // 8 // 2
    return [para(words, layout, figures=figures), _double(rule, layout, before=gap + half)]


def _double(rule: Rule, layout: Layout, *, before: int) -> Element:
    """An empty paragraph with a line above and, for a double one, a line below it."""
    weights = range(len(rule.weights))
    lines = [edge(side, rule, which, 0) for side, which in zip(("top", "bottom"), weights, strict=False)]
    beyond = (layout.page.text_width - rule.length) // 2
    return w(
        "p",
        w(
            "pPr",
            w("pBdr", *lines),
            w("spacing", before=before, after=0, line=_BETWEEN, lineRule="exact"),
            w("ind", left=beyond, right=beyond),
        ),
    )


_BETWEEN = 40
"""Between the two lines of a double one, in twips."""


def _foot(item: Para, layout: Layout) -> Element:
    """The line at the foot of the first page, so far above the edge of the paper. Source: 10.1 (20 mm)."""
    assert item.rule is not None
    return _double(item.rule, layout, before=0)
