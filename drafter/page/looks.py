"""The style sheet of a layout: its page, its page numbers, one rule for every look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from drafter.layout.model import CENTRE, DASHES, NOTHING, OUTER, Layout, Look, Page, Rule
from drafter.numeral import plain
from drafter.page import css, faces
from drafter.page.markup import declared, pt, quoted

ALIGN = {"both": "justify"}
"""w:jc → text-align, where they differ."""
A4 = (11906, 16838)
FACE = "字-"
"""Before the name of a look: its font and colour alone, for words inside a paragraph of another look."""


def stylesheet(layout: Layout, *, above: bool = False) -> str:
    """All of the page's CSS; `above`: the head of the first page stands in its upper margin."""
    parts = (
        *faces.declarations(layout),
        css.BASE,
        *_looks(layout),
        *_papers(layout, above=above),
        css.SCREEN,
        css.PRINT,
    )
    return "\n".join((*parts, *_pages(layout, above=above), css.PHONE)).replace("\n\n", "\n").strip() + "\n"


def _looks(layout: Layout) -> Iterator[str]:
    faced = {name: f".{name},.{FACE}{name}" for name in layout.looks}
    yield from _grouped(
        (faced[name], f"font-family:{faces.family(look, layout)}") for name, look in layout.looks.items()
    )
    yield from _grouped((f".{name}", paragraph(layout, look)) for name, look in layout.looks.items())
    yield from _grouped((faced[name], letters(look)) for name, look in layout.looks.items())
    yield f".blank{{height:{pt(layout.body.line)}}}"


def _grouped(rules: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Rules of CSS from (selector, declarations); those with the same declarations are one rule."""
    found: dict[str, list[str]] = {}
    for selector, told in rules:
        found.setdefault(told, []).append(selector)
    return (f"{','.join(selectors)}{{{told}}}" for told, selectors in found.items() if told)


def letters(look: Look) -> str:
    """Weight and colour of a look, where it has them."""
    return declared(font_weight="bold" if look.bold else "", color=f"#{look.color}" if look.color else "")


def paragraph(layout: Layout, look: Look) -> str:
    """Size, pitch, spacing, alignment and indents of a look."""
    return declared(
        font_size=pt(look.size * 10),
        line_height=pt(look.line),
        letter_spacing=pt(layout.spacing(look)) if layout.spacing(look) else "",
        text_align=ALIGN.get(look.align, look.align),
        margin=indents(layout.width(look), left=look.left, right=look.right),
        text_indent=first(layout.width(look), look.first - look.hanging),
    )


def indents(width: int, *, left: int, right: int) -> str:
    """Margins of indents in 1/100 字 of so many twips."""
    return f"0 {pt(right * width // 100)} 0 {pt(left * width // 100)}" if left or right else ""


def first(width: int, hundredths: int) -> str:
    """text-indent of so many 1/100 字."""
    return pt(hundredths * width // 100) if hundredths else ""


def _papers(layout: Layout, *, above: bool) -> Iterator[str]:
    """The sheets on the screen: upright, landscape, and the first one of a 信函."""
    for name, page in (("paper", layout.page), ("lying", turned(layout.page))):
        sides = " ".join(map(pt, (page.top, page.right, page.bottom, page.left)))
        yield f".{name}{{{declared(width=pt(page.width), min_height=pt(page.height), padding=sides)}}}"
    if above and layout.head is not None:
        yield f".above{{{declared(padding_top=pt(layout.head.top))}}}"


def turned(page: Page) -> Page:
    """The page lying on its side, its head at the binding edge. Source: GB/T 9704-2012 8."""
    return Page(page.height, page.width, top=page.left, right=page.top, bottom=page.right, left=page.bottom)


def _pages(layout: Layout, *, above: bool) -> Iterator[str]:
    """Paper, margins and page numbers in print.

    Why the side margins are the sheet's padding: a browser scales the whole page down where a line of 170 mm reaches
    over them.
    """
    for name, selector, page in (("", ".paper", layout.page), ("lying", ".lying", turned(layout.page))):
        size = _size(page)
        yield f"@page {name}{{{declared(size=size, margin=f'{pt(page.top)} 0 {pt(page.bottom)}')}}}".replace(
            "@page {", "@page{"
        )
        sides = f"0 {pt(page.right)} 0 {pt(page.left)}"
        told = declared(width="auto", min_height="0", padding=sides, page=name or "auto")
        yield f"@media print{{{selector}{{{told}}}{selector}.closed{{display:flex;min-height:{pt(page.text_height - 20)}}}}}"
        yield from _numbers(layout, page, name)
    yield from _first(layout, above=above)


def _size(page: Page) -> str:
    sides = (page.width, page.height)
    return {A4: "A4", A4[::-1]: "A4 landscape"}.get(sides, " ".join(map(pt, sides)))


_SIDES = {OUTER: (("right", ":right"), ("left", ":left")), CENTRE: (("center", ""),)}
"""Where the number stands on odd and on even pages; 右侧: right on all."""


def _numbers(layout: Layout, page: Page, name: str) -> Iterator[str]:
    """Page numbers below the 版心, where browsers can. Source: GB/T 9704-2012 7.5."""
    numbers, look = layout.numbers, layout.looks["页码"]
    if numbers.form == NOTHING:
        return
    edge = quoted("— ") if numbers.form == DASHES else ""
    words = f"{edge} counter(page) {quoted(' —') if edge else ''}".strip()
    inset = numbers.inset * look.size // 10
    for side, pages in _SIDES.get(numbers.side, (("right", ""),)):
        margin = {"right": page.right + inset, "left": page.left + inset}.get(side, 0)
        told = declared(
            content=words,
            vertical_align="top",
            padding_top=pt(max(numbers.gap - look.line // 2, 0)),
            font_family=faces.family(look, layout),
            font_size=pt(look.size * 10),
            line_height=pt(look.line),
            **({f"padding_{side}": pt(margin)} if margin else {}),
        )
        yield f"@page {name}{pages}{{@bottom-{side}{{{told}}}}}"


def _first(layout: Layout, *, above: bool) -> Iterator[str]:
    """The first page: its own upper margin and the rule at its foot, no number where the layout wants none."""
    head = layout.head if above else None
    if not layout.numbers.first:
        yield "@page:first{" + "".join(f"@bottom-{side}{{content:none}}" for side in ("left", "center", "right")) + "}"
    if head is not None:
        yield f"@page:first{{margin-top:{pt(head.top)}}}"
        yield "@media print{.above{padding-top:0}}"
    if head is not None and head.foot is not None:
        yield f"@page:first{{@bottom-center{{{_foot(head.foot, layout.page)}}}}}"


def _foot(rule: Rule, page: Page) -> str:
    """A rule in the lower margin, so far from the edge of the paper."""
    above = page.bottom - rule.gap - rule_height(rule)
    place = declared(
        content='""',
        box_sizing="border-box",
        width=pt(rule.length),
        height=pt(rule_height(rule)),
        margin=f"{pt(above)} 0 0",
    )
    return f"{place};{edges(rule)}"


def edges(rule: Rule) -> str:
    """The lines of a rule as borders: one above, of a double rule another one below."""
    sides = zip(("border_top", "border_bottom"), rule.weights, strict=False)
    return declared(**{side: f"{weight(eighths)} solid #{rule.color}" for side, eighths in sides})


BETWEEN = 40
"""White between the two lines of a double rule, in twips."""


def rule_height(rule: Rule) -> int:
    """Height of a rule in twips: its lines, and the white between two."""
    return sum(rule.weights) * 5 // 2 + BETWEEN * (len(rule.weights) - 1)


def weight(eighths: int) -> str:
    """The weight of a line, given in 1/8 pt."""
    return f"{plain(Decimal(eighths) / 8)}pt"
