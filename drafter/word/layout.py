"""版式: page, fonts and spacing of a report as data. A new layout is a new row here, not new code.

Units are those of OOXML: lengths in twips (1 pt = 20, 1 mm = 56.69), font sizes in half-points.
Source: GB/T 9704-2012; the integers and why they are these: official-style.md 1.2–1.12.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """纸张: A4, 天头 37 mm, 订口 28 mm, 版心 156×225 mm. Source: GB/T 9704-2012 5.1, 5.2.1.

    Why: bottom 35 mm and right 26 mm are what the 版心 leaves; `footer` puts the dash of the page number 7 mm below
    the 版心 (7.5), measured from the paper's edge as Word does.
    """

    width: int = 11906
    height: int = 16838
    top: int = 2098
    right: int = 1474
    bottom: int = 1984
    left: int = 1588
    header: int = 851
    footer: int = 1452

    @property
    def text_width(self) -> int:
        """Width of the 版心 in twips."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Look:
    """字体字号与段落: how one kind of paragraph looks."""

    font: str
    """Name of the Chinese font."""
    size: int = 32
    """Half-points; 二号 44, 三号 32, 四号 28, 小四 24."""
    align: str = "both"
    """both, left, center or right, as in w:jc."""
    first: int = 0
    """First-line indent in 字."""
    line: int = 579
    """Exact line pitch in twips. Why 579: the largest with 22 lines in the 版心 (580 leaves 21)."""
    keep_next: bool = False
    """Whether the paragraph stays on the page of the next one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """版式: everything the writer asks about looks."""

    name: str
    title: Look
    addressee: Look
    body: Look
    levels: tuple[Look, ...]
    """Headings of level 1 to 5, stand-alone and run-in."""
    signature: Look
    caption: Look
    head: Look
    """Header row of a table."""
    cell: Look
    number: Look
    """Page number."""
    page: Page = Page()
    latin: str = "Times New Roman"
    """Font of letters and digits everywhere but in the page number."""
    squeeze: int = -5
    """Character spacing of body-size text in twips. Why: 28 字 a line; -4 gives 27."""
    substitutes: tuple[tuple[str, str], ...] = (
        ("方正小标宋简体", "华文中宋"),
        ("楷体_GB2312", "楷体"),
        ("仿宋_GB2312", "仿宋"),
        ("黑体", "SimHei"),
        ("宋体", "SimSun"),
    )
    """Font → the name Word may take instead on a computer that lacks it."""

    @property
    def pitch(self) -> int:
        """Width of one 字 of the body in twips."""
        return self.body.size * 10 + self.squeeze

    def spacing(self, look: Look) -> int:
        """Character spacing of a look in twips: only body-size text is squeezed."""
        return self.squeeze if look.size == self.body.size else 0


_FANG = "仿宋_GB2312"
_HEI = "黑体"
_KAI = "楷体_GB2312"
_SONG = "宋体"


def _heading(font: str) -> Look:
    return Look(font, first=2, keep_next=True)


SUMMARY = Layout(
    name="总结",
    title=Look("方正小标宋简体", size=44, align="center", keep_next=True),
    addressee=Look(_FANG),
    body=Look(_FANG, first=2),
    levels=(_heading(_HEI), _heading(_KAI), _heading(_FANG), _heading(_FANG), _heading(_FANG)),
    signature=Look(_FANG, align="right"),
    caption=Look(_HEI, size=28, align="center", keep_next=True),
    head=Look(_HEI, size=24, align="center", line=400, keep_next=True),
    cell=Look(_FANG, size=24, align="left", line=400),
    number=Look(_SONG, size=28, line=280),
)
"""总结: the plain report without red head and 版记. Source: official-style.md 1.11; levels GB/T 9704-2012 7.3.3."""

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (SUMMARY,)}
"""The layouts that 版式 in 报告.yaml may name."""
