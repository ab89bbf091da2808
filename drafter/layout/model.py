"""版式: page, fonts and spacing of a document as data. A layout is a YAML file; these are the shapes it is read into.

Units are those of OOXML: lengths in twips (1 pt = 20, 1 mm = 56.69), font sizes in half-points, indents in 1/100 字,
weights of lines in 1/8 pt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from drafter.source import Span

DASHES, DIGITS, NOTHING = "一字线", "数字", "无"
OUTER, CENTRE, RIGHT = "外侧", "居中", "右侧"
LITERAL, AUTOMATIC = "照写", "自动"


@dataclass(frozen=True, slots=True)
class Page:
    """纸张: A4, 天头 37 mm, 订口 28 mm, 版心 156×225 mm. Source: GB/T 9704-2012 5.1, 5.2.1.

    Why: bottom 35 mm and right 26 mm are what the 版心 leaves.
    """

    width: int = 11906
    height: int = 16838
    top: int = 2098
    right: int = 1474
    bottom: int = 1984
    left: int = 1588
    header: int = 851

    @property
    def text_width(self) -> int:
        """Width of the 版心 in twips."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of the 版心 in twips."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Look:
    """字体字号与段落: how one kind of paragraph, or of words inside one, looks."""

    font: str
    """Name of the Chinese font."""
    size: int = 32
    """Half-points; 二号 44, 三号 32, 四号 28, 小四 24."""
    align: str = "both"
    """both, left, center or right, as in w:jc."""
    first: int = 0
    """First-line indent in 1/100 字."""
    left: int = 0
    """Left indent in 1/100 字."""
    right: int = 0
    """Right indent in 1/100 字."""
    hanging: int = 0
    """Hanging indent in 1/100 字."""
    line: int = 579
    """Exact line pitch in twips. Why 579: the largest with 22 lines in the 版心 (580 leaves 21)."""
    blank: int = 0
    """前空行: blank lines of the body's pitch above it."""
    bold: bool = False
    color: str = ""
    """RRGGBB; empty: black."""
    latin: str = ""
    """Font of letters and digits; empty: the layout's."""
    squeeze: int | None = None
    """Character spacing in twips; None: the layout's for body-size text, else 0."""
    keep_next: bool = False
    """Whether the paragraph stays on the page of the next one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """分隔线: lines as wide as `length` twips; a `double` one has weights (upper, lower)."""

    weights: tuple[int, ...] = (8,)
    """In 1/8 pt; one, or upper and lower of a double line."""
    color: str = "FF0000"
    length: int = 8844
    gap: int = 227
    """From the ink above it to the (first) line, in twips."""


@dataclass(frozen=True, slots=True)
class Head:
    """版头: where the 发文机关标志 stands and what parts it from the text. Source: GB/T 9704-2012 7.2.4–7.2.7, 10.1–10.3."""

    top: int = 1984
    """From the upper edge of the 版心 (of the paper when `above`) to that of the 标志, in twips."""
    above: bool = False
    """信函: the 标志 stands above the 版心, and its rule right below it; 份号, 密级, 紧急程度 and 发文字号 follow the rule."""
    suffix: str = "文件"
    """What follows the name of the organ."""
    rule: Rule | None = Rule()
    foot: Rule | None = None
    """信函: the rule at the foot of the first page; its gap is that from the edge of the paper."""
    clear: int = 280
    """信函: between a rule and the element next to it, in twips (7/8 of a 三号 字)."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: lines above the first and below the last element, and between them. Source: GB/T 9704-2012 7.4.1."""

    edge: int = 8
    """首条、末条分隔线, recommended 0.35 mm, in 1/8 pt; 0: none (信函)."""
    inner: int = 6
    """中间分隔线, recommended 0.25 mm, in 1/8 pt; 0: none."""
    printed: bool = True
    """Whether 印发机关 and 印发日期 stand in it."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """页码: form (一字线, 数字, 无), side (外侧, 居中, 右侧), distance from the 版心. Source: GB/T 9704-2012 7.5."""

    form: str = DASHES
    side: str = OUTER
    gap: int = 397
    """From the lower edge of the 版心 to the 一字线, in twips (7 mm)."""
    inset: int = 100
    """How far from the edge of the 版心, in 1/100 字 of the number's size."""
    first: bool = True
    """Whether the first page shows it."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """版式: everything the writers ask about looks. Compared by identity: one file is one layout."""

    name: str
    looks: Mapping[str, Look]
    """Look by its name (LOOKS of drafter.layout.schema)."""
    order: tuple[str, ...]
    """The elements from above, names of ELEMENTS; what a document does not have is left out."""
    page: Page = Page()
    numbers: Numbers = Numbers()
    head: Head | None = None
    """None: no 版头."""
    imprint: Imprint = Imprint()
    seal: str = "不加盖印章"
    """One of drafter.document.SEALS."""
    title_width: int = 20
    """Most 字 in one line of the title."""
    latin: str = "Times New Roman"
    """Font of letters and digits everywhere but where a look names its own."""
    squeeze: int = -5
    """Character spacing of body-size text in twips. Why: 28 字 a line; -4 gives 27."""
    grid: str = "lines"
    """w:docGrid: lines, or linesAndChars (网格)."""
    numbering: str = LITERAL
    """编号: 照写 or 自动 (Word's own multilevel list)."""
    contents: int = 0
    """目录: levels; 0: none."""
    base: bytes | None = None
    """底稿: a .docx of one's own that gives styles, header and footer."""
    base_place: Span | None = None
    """Where it is said."""
    substitutes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Font → the name Word may take instead on a computer that lacks it."""

    @property
    def body(self) -> Look:
        """正文."""
        return self.looks["正文"]

    @property
    def pitch(self) -> int:
        """Width of one 字 of the body in twips."""
        return self.body.size * 10 + self.squeeze

    def spacing(self, look: Look) -> int:
        """Character spacing of a look in twips: only body-size text is squeezed."""
        if look.squeeze is not None:
            return look.squeeze
        return self.squeeze if look.size == self.body.size else 0

    def width(self, look: Look) -> int:
        """Width of one 字 of a look in twips."""
        return look.size * 10 + self.spacing(look)

    def level(self, depth: int) -> Look:
        """The look of a heading of level 1–5."""
        return self.looks[LEVELS[depth - 1]]


LEVELS = ("一级标题", "二级标题", "三级标题", "四级标题", "五级标题")
