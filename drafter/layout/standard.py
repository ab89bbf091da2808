"""GB/T 9704-2012 in numbers, held against a layout: what it leaves is told, not forbidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from drafter.diagnostic import Diagnostic, note
from drafter.layout.model import DASHES, OUTER, Head, Layout, Look
from drafter.layout.units import mm, plain, size_name
from drafter.source import Span

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋", "黑体", "楷体", "小标宋"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the standard: what it is of, its clause, what it must be, and how a layout's is read and shown."""

    name: str
    clause: str
    wanted: int
    slack: int
    read: Callable[[Layout], int | None]
    """None: the layout has no such element."""
    shown: Callable[[int], str] = str


def _characters(hundredths: int) -> str:
    return f"{plain(Decimal(hundredths) / 100)}字"


def _rows(layout: Layout) -> int:
    return layout.page.text_height // max(layout.body.line, 1)


def _columns(layout: Layout) -> int:
    return layout.page.text_width // max(layout.pitch, 1)


def _rule_gap(layout: Layout) -> int | None:
    return layout.head.rule.gap if layout.head and layout.head.rule else None


def _imprint(layout: Layout, weight: int) -> int | None:
    """A line of the 版记; a 信函 has none (10.1)."""
    return None if "版记" not in layout.order or (layout.head and layout.head.above) else weight


NUMBERS = (
    Number("纸宽", "5.1", 11906, 28, lambda x: x.page.width, mm),
    Number("纸高", "5.1", 16838, 28, lambda x: x.page.height, mm),
    Number("天头", "5.2.1", 2098, 57, lambda x: x.page.top, mm),
    Number("订口", "5.2.1", 1588, 57, lambda x: x.page.left, mm),
    Number("版心宽", "5.2.1", 8844, 28, lambda x: x.page.text_width, mm),
    Number("版心高", "5.2.1", 12756, 28, lambda x: x.page.text_height, mm),
    Number("每页行数", "5.2.3", 22, 0, _rows),
    Number("每行字数", "5.2.3", 28, 0, _columns),
    Number("每段左空", "7.3.3", 200, 0, lambda x: x.body.first, _characters),
    Number("主送机关前空行", "7.3.2", 1, 0, lambda x: x.looks["主送机关"].blank),
    Number("附件说明前空行", "7.3.4", 1, 0, lambda x: x.looks["附件说明"].blank),
    Number("分隔线距", "7.2.7、10.1", 227, 28, _rule_gap, mm),
    Number("版记首末线（八分之一磅）", "7.4.1", 8, 0, lambda x: _imprint(x, x.imprint.edge)),
    Number("版记中间线（八分之一磅）", "7.4.1", 6, 0, lambda x: _imprint(x, x.imprint.inner)),
    Number("页码距版心", "7.5", 397, 28, lambda x: x.numbers.gap, mm),
)
"""Numbers of any layout. The slack is that of the standard (±1 mm), or half a millimetre of reading."""
FACES = (
    ("正文", FANG, 32, "5.2.2"),
    ("一级标题", HEI, 32, "7.3.3"),
    ("二级标题", KAI, 32, "7.3.3"),
    ("三级标题", FANG, 32, "7.3.3"),
    ("四级标题", FANG, 32, "7.3.3"),
    ("标题", TITLE, 44, "7.3.1"),
    ("主送机关", FANG, 32, "7.3.2"),
    ("附件说明", FANG, 32, "7.3.4"),
    ("署名", FANG, 32, "7.3.5"),
    ("附件", HEI, 32, "7.3.7"),
    ("份号", FANG, 32, "7.2.1"),
    ("密级", HEI, 32, "7.2.2"),
    ("紧急程度", HEI, 32, "7.2.3"),
    ("发文字号", FANG, 32, "7.2.5"),
    ("签发人姓名", KAI, 32, "7.2.6"),
    ("与会", HEI, 32, "10.3"),
    ("抄送", FANG, 28, "7.4.2"),
    ("印发", FANG, 28, "7.4.3"),
    ("页码", SONG, 28, "7.5"),
)
"""Look, kind of its font, half-points, clause. Not bold, and black: 5.2.2 and the like name no other."""
MARKS = ((False, 1984, "7.2.4"), (True, 1701, "10.1"), (False, 1134, "10.2"))
"""Whether the 标志 stands above the 版心, how far down it begins, clause: 通用, 信函, 命令."""
_HEADED = {"份号", "密级", "紧急程度", "发文字号", "签发人姓名"}


def deviations(layout: Layout) -> tuple[str, ...]:
    """What of the standard a layout leaves, in words: 天头30毫米（国标37毫米，5.2.1）. Empty for the built-in layouts."""
    return (*_numbers(layout), *_faces(layout), *_marks(layout), *_page_numbers(layout))


def told(layout: Layout, span: Span) -> tuple[Diagnostic, ...]:
    """Y110 at `span`, one for all deviations; nothing when there is none."""
    found = deviations(layout)
    if not found:
        return ()
    message = f"“{layout.name}”和 GB/T 9704-2012 不同：{'；'.join(found)}"
    return (note("Y110", message, span, "本单位的规定就是这样，不用改"),)


def _numbers(layout: Layout) -> Iterator[str]:
    for row in NUMBERS:
        value = row.read(layout)
        if value is not None and abs(value - row.wanted) > row.slack:
            yield f"{row.name}{row.shown(value)}（国标{row.shown(row.wanted)}，{row.clause}）"


def _faces(layout: Layout) -> Iterator[str]:
    """Fonts, sizes, weight and colour of the elements."""
    for name, font, size, clause in FACES:
        look = layout.looks[name]
        if name in _HEADED and layout.head is None:
            continue
        if not _is_like(look.font, font) or look.size != size:
            wanted, found = f"{size_name(size)}{font}", f"{size_name(look.size)}{look.font}"
            yield f"{name}{found}（国标{wanted}，{clause}）"
        yield from _plain(name, look, clause)


def _plain(name: str, look: Look, clause: str) -> Iterator[str]:
    """What is not bold and black."""
    if look.bold:
        yield f"{name}加粗（国标不加粗，{clause}）"
    if look.color:
        yield f"{name}颜色{look.color}（国标黑色，5.2.4）"


def _is_like(font: str, kind: str) -> bool:
    """Whether a font is of a kind: 方正仿宋_GBK is 仿宋; 宋体 is neither 仿宋 nor 小标宋."""
    return font.endswith(kind) if kind == SONG else kind in font


def _marks(layout: Layout) -> Iterator[str]:
    """Place, colour and font of the 标志."""
    head = layout.head
    if head is None:
        return
    if not any(head.above == above and abs(head.top - top) <= 28 for above, top, _ in MARKS):
        yield f"标志距{_edge(head)}{mm(head.top)}（国标距版心上边35毫米，7.2.4；函距纸边30毫米，10.1；命令20毫米，10.2）"
    look = layout.looks["发文机关标志"]
    if not _is_like(look.font, TITLE):
        yield f"发文机关标志{look.font}（国标小标宋，7.2.4）"
    if look.color != "FF0000":
        yield f"发文机关标志颜色{look.color or '黑'}（国标红色，7.2.4）"


def _edge(head: Head) -> str:
    return "纸边" if head.above else "版心上边"


def _page_numbers(layout: Layout) -> Iterator[str]:
    if layout.numbers.form != DASHES:
        yield f"页码{layout.numbers.form}（国标一字线，7.5）"
    if layout.numbers.side != OUTER:
        yield f"页码{layout.numbers.side}（国标外侧，7.5）"
