"""Document → Sheet: the elements in the order of the layout, each by its own function. ELEMENTS is the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from drafter.document import Document
from drafter.layout.model import Layout
from drafter.outline import Outline
from drafter.typeset import around, head, imprint
from drafter.typeset.closing import attachment_list, meeting, note, signature
from drafter.typeset.contents import contents
from drafter.typeset.figures import sizes
from drafter.typeset.flow import attached, flowing
from drafter.typeset.sheet import Grid, Item, Para, Sheet, Strip, Turn

Setter = Callable[[Document, Layout], Iterable[Item]]

ELEMENTS: dict[str, Setter] = {
    "份号": head.beside("份号"),
    "密级": head.beside("密级"),
    "紧急程度": head.beside("紧急程度"),
    "发文机关标志": head.mark,
    "发文字号": head.number,
    "分隔线": lambda d, _: (),
    "标题": around.title,
    "副标题": lambda d, _: around.plain("副标题", d.subtitle),
    "目录": contents,
    "主送机关": lambda d, _: around.plain("主送机关", d.outline.addressee),
    "正文": lambda d, layout: flowing(d.outline, layout, sizes(d.pictures)),
    "附件说明": attachment_list,
    "署名": signature,
    "附注": lambda d, _: note(d),
    "与会": meeting,
    "附件": lambda d, layout: attached(d, layout, sizes(d.pictures)),
    "版记": imprint.strip,
}
"""Every element that 次序 of a layout may name, and what sets it. Source: GB/T 9704-2012 7.2–7.4."""
HEADED = ("标题", "副标题")


def compose(document: Document | Outline, layout: Layout) -> Sheet:
    """The document as it is set in the layout: what is empty is left out, with the blank lines before it."""
    told = document if isinstance(document, Document) else Document(document)
    made: list[Item] = []
    last = ""
    for name in layout.order:
        if name == "分隔线":
            head.ruled(made, layout)
        items = list(ELEMENTS[name](told, layout))
        if not items:
            continue
        if name == "署名" or (name == "附件说明" and told.outline.signature):
            _keep_last(made)
        made += _blanks(name, last, layout, told, first=not made)
        made += items
        last = name
    first = head.first_page(told, layout)
    return Sheet(tuple(_parted(head.cleared(made, layout) if first[0] else made)), *first)


def _blanks(name: str, last: str, layout: Layout, document: Document, *, first: bool) -> Iterator[Item]:
    """前空行 of an element; the text stands as far below the title as 主送 would."""
    if first or last == "目录":
        return
    count = layout.looks[name].blank if name in layout.looks else 0
    if last in HEADED and name not in HEADED:
        count = max(count, layout.looks["主送机关"].blank)
    if name == "署名":
        count = around.lines_above_signature(document, layout)
    for _ in range(count):
        yield Para("", keep=name in ("署名", *HEADED) or last in HEADED)


def _keep_last(made: list[Item]) -> None:
    """Keeps the end of the text on the page of the signature. Source: GB/T 9704-2012 7.3.5.5.

    Why the blank lines above are let go: else a short text would leave its first page together with its title.
    """
    if not made or not isinstance(made[-1], (Para, Grid)):
        return
    last = made[-1]
    made[-1] = replace(last, keep=True, loose=False) if isinstance(last, Para) else replace(last, keep=True)
    at = len(made) - 2
    while at >= 0 and isinstance(blank := made[at], Para) and not blank.look and blank.keep:
        made[at] = replace(blank, keep=False)
        at -= 1


def _parted(items: list[Item]) -> Iterator[Item]:
    """The items with a blank line between two tables, and behind one at the end: Word would make them one."""
    kept = _turned(items)
    for index, item in enumerate(kept):
        yield item
        if isinstance(item, Grid) and (index + 1 == len(kept) or isinstance(kept[index + 1], (Grid, Strip))):
            yield Para("")


def _turned(items: list[Item]) -> list[Item]:
    """Landscape pages that follow one another are one section, and nothing turns upright behind the last item."""
    kept: list[Item] = []
    for item in items:
        if item == Turn(landscape=True) and kept and kept[-1] == Turn(landscape=False):
            kept.pop()
        else:
            kept.append(item)
    while kept and kept[-1] == Turn(landscape=False):
        kept.pop()
    return kept
