"""What cannot be set on paper though each number by itself can be: a 版心 wider than the paper, a pitch below the size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from decimal import Decimal

from drafter.diagnostic import Diagnostic, error
from drafter.layout.model import Head, Layout
from drafter.layout.units import mm, points, rounded, size_name
from drafter.layout.values import Path, Values, place
from drafter.source import Span

MIN_TEXT = 1134
"""Narrowest and lowest 版心 in twips (20 mm)."""
Fault = tuple[str, tuple[Path, ...], str, str]
"""Code, the keys it may be due to (the one that an office wrote first is its place), message, hint."""


SIZES = ("依据", "纸张", "页边距", "版心")
"""Groups that nearly every check looks at."""


def faults(layout: Layout, values: Values, file: Span, lost: Set[Path]) -> Iterator[Diagnostic]:
    """Y104 for what has no room, Y107 for what contradicts itself; at the key that was written, else at `file`.

    Nothing where a number that it depends on is `lost`: a check of something else than was meant would mislead.
    """
    if any(path[0] in SIZES or path == ("样式",) or path[:2] == ("样式", "正文") for path in lost):
        return
    told = {path[0] for path in lost}
    for check, groups in CHECKS:
        if told & groups:
            continue
        for code, paths, message, hint in check(layout, values):
            written = (said.span for path in paths if (said := values.get(path)) and said.span)
            yield error(code, message, next(written, file), hint)


def _paper(layout: Layout, _: Values) -> Iterator[Fault]:
    """The 版心 and its margins on the paper."""
    page = layout.page
    for side, over, inside, paths in (
        ("宽", min(page.right, page.left), page.text_width, (("版心", "宽"), ("页边距", "右"), ("页边距", "订口"))),
        ("高", min(page.bottom, page.top), page.text_height, (("版心", "高"), ("页边距", "下"), ("页边距", "天头"))),
    ):
        if over < 0 or inside < MIN_TEXT:
            paper = mm(page.width if side == "宽" else page.height)
            message = f"纸{side}{paper}，减去页边距放不下{side}{mm(inside)}的版心"
            yield "Y104", (*paths, ("纸张", side)), message, "改小版心或页边距"
    if page.header >= page.top:
        yield (
            "Y104",
            (("页边距", "页眉"), ("页边距", "天头")),
            f"页眉{mm(page.header)}比天头{mm(page.top)}还大",
            "改小页眉",
        )


def _lines(layout: Layout, values: Values) -> Iterator[Fault]:
    """字 in a line: neither over one another nor lost in blanks."""
    wide = layout.body.size * 10
    if -wide <= layout.squeeze * 10 and layout.squeeze * 2 <= wide:
        return
    fewest, most = layout.page.text_width * 2 // (wide * 3) + 1, layout.page.text_width * 10 // (wide * 9)
    name = size_name(layout.body.size)
    said = values.get(("版心", "每行字数"))
    asked = f"每行 {said.value} 字，" if said else ""
    message = f"{asked}{name}字的字距是{points(layout.squeeze)}，{'挤在一起' if layout.squeeze < 0 else '太稀'}"
    paths = (("版心", "每行字数"), ("版心", "字距"), ("样式", "正文", "字号"), ("版心", "宽"))
    yield "Y104", paths, message, f"{name}字在{mm(layout.page.text_width)}的版心里每行可以排 {fewest}—{most} 字"


def _pitches(layout: Layout, _: Values) -> Iterator[Fault]:
    """行距 of every look: below the height of its 字 Word cuts them off."""
    for name, look in layout.looks.items():
        if look.line < look.size * 10 and name != "发文机关标志":
            message = (
                f"“{name}”的行距{points(look.line)}比{size_name(look.size)}字的{points(look.size * 10)}还小，字会被切掉"
            )
            paths = (
                ("样式", name, "行距"),
                ("样式", name, "字号"),
                ("版心", "行距"),
                ("版心", "每页行数"),
                ("样式", "正文", "字号"),
            )
            yield "Y104", paths, message, "改大行距，或改小字号"
            return


def _title(layout: Layout, values: Values) -> Iterator[Fault]:
    """标题每行, where an office wrote it."""
    said = values["标题每行",]
    if said.span and isinstance(said.value, int) and said.value > layout.title_width:
        size = size_name(layout.looks["标题"].size)
        yield "Y104", (("标题每行",),), f"标题每行{said.value}字放不下", f"{size}字一行最多 {layout.title_width} 字"


def _numbers(layout: Layout, _: Values) -> Iterator[Fault]:
    """The page number between 版心 and edge."""
    room = layout.page.bottom - layout.looks["页码"].line
    if layout.numbers.gap > max(room, 0) and layout.page.bottom >= 0:
        message = f"页码距版心{mm(layout.numbers.gap)}，下边只有{mm(layout.page.bottom)}"
        yield "Y104", (("页码", "距版心"), ("页边距", "下"), ("版心", "高")), message, "改小距版心"


def _rules(layout: Layout, _: Values) -> Iterator[Fault]:
    """The lines of the 版头 on the paper."""
    head = layout.head
    for key, rule in (("分隔线", head.rule), ("首页下线", head.foot)) if head else ():
        if rule and rule.length > layout.page.width:
            paths: tuple[Path, ...] = (("版头", key, "长"), ("纸张", "宽"))
            yield "Y104", paths, f"“{key}”长{mm(rule.length)}，纸只有{mm(layout.page.width)}", "改短"
        if rule and key == "首页下线" and rule.gap > layout.page.bottom:
            paths = (("版头", key, "距"), ("页边距", "下"), ("版心", "高"))
            yield "Y104", paths, f"“{key}”距下页边{mm(rule.gap)}，进了版心", f"不超过{mm(layout.page.bottom)}"


def _mark(layout: Layout, _: Values) -> Iterator[Fault]:
    """The 标志 above the 版心 or inside it."""
    head = layout.head
    room = 0 if head is None else _room(head, layout)
    if head is not None and head.top > room:
        where = "纸边" if head.above else "版心上边"
        message = f"标志距{where}{mm(head.top)}，放不下标志"
        yield (
            "Y104",
            (("版头", "标志距"), ("版头", "标志位置"), ("页边距", "天头")),
            message,
            f"不超过{mm(max(room, 0))}",
        )


def _room(head: Head, layout: Layout) -> int:
    """How far down a 标志 may begin: a third of the 版心, or so that at least a 三号 字 stands above it."""
    return layout.page.top - 320 if head.above else rounded(Decimal(layout.page.text_height) / 3)


_HEADED = ("份号", "密级", "紧急程度", "发文机关标志", "发文字号", "分隔线")


def _marked(layout: Layout, _: Values) -> Iterator[Fault]:
    """版头 and 次序 tell the same."""
    if layout.head is not None and "发文机关标志" not in layout.order:
        hint = f"在次序里写上 {'、'.join(_HEADED)}，或写 依据: 公文"
        yield "Y107", (("版头",), ("次序",)), "有版头，次序里却没有“发文机关标志”", hint
    elif layout.head is None and "发文机关标志" in layout.order:
        yield "Y107", (("次序",), ("版头",)), "次序里有“发文机关标志”，却没有版头", "写上版头，或从次序里去掉版头的要素"
    elif layout.head is not None and layout.head.rule is not None and "分隔线" not in layout.order:
        yield (
            "Y107",
            (("版头", "分隔线"), ("次序",)),
            f"有“{place(('版头', '分隔线'))}”，次序里却没有",
            "在次序里写上 分隔线，或写 分隔线: 无",
        )


def _bound(layout: Layout, _: Values) -> Iterator[Fault]:
    """附件 follow the text, of which the 目录 tells. Source: GB/T 9704-2012 7.3.7."""
    order = layout.order
    if "附件" in order and "正文" in order and order.index("附件") < order.index("正文"):
        yield "Y107", (("次序",),), "次序里“附件”在“正文”前面", "附件排在正文、署名的后面，版记的前面（7.3.7）"


CHECKS: tuple[tuple[Callable[[Layout, Values], Iterator[Fault]], Set[str]], ...] = (
    (_paper, set()),
    (_lines, set()),
    (_pitches, {"样式"}),
    (_title, {"样式"}),
    (_numbers, {"样式", "页码"}),
    (_rules, {"版头"}),
    (_mark, {"版头"}),
    (_marked, {"版头", "次序"}),
    (_bound, {"次序"}),
)
"""Checks, and the groups besides SIZES that they look at."""
