"""字体: the fonts of a look for browsers, with what other systems have in their place. KINDS is the table."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.layout.model import Layout, Look
from drafter.page.markup import declared, quoted

TITLE = "小标宋代用"
"""A face made of bold or heavy 宋体. Why: no system ships 小标宋, and a plain 宋体 is no title."""
KINDS = (
    ("小标宋", ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", TITLE), "serif"),
    ("仿宋", ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "STFangsong", "FandolFang", "FandolFang R",
             "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun"), "serif"),
    ("楷", ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "Kaiti SC", "STKaiti", "FandolKai",
            "AR PL UKai CN"), "serif"),
    ("黑", ("黑体", "SimHei", "方正黑体_GBK", "Heiti SC", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC",
            "WenQuanYi Zen Hei", "Microsoft YaHei"), "sans-serif"),
    ("宋", ("宋体", "SimSun", "方正书宋_GBK", "Songti SC", "STSong", "Noto Serif CJK SC", "Source Han Serif SC"), "serif"),
)  # fmt: skip
"""(what the name of a font holds, names of that kind on Windows, macOS and Linux, the generic family)."""
_TITLES = (
    "华文中宋", "STZhongsong", "STSongti-SC-Bold", "Songti SC Bold", "NotoSerifCJKsc-Bold", "Noto Serif CJK SC Bold",
    "SourceHanSerifSC-Bold", "Source Han Serif SC Bold", "FZShuSong_GB18030", "SimSun", "宋体",
)  # fmt: skip
_LATINS = {
    "Times New Roman": ("TimesNewRomanPSMT", "Liberation Serif", "LiberationSerif", "Tinos", "Nimbus Roman", "Times"),
    "Arial": ("ArialMT", "Liberation Sans", "LiberationSans", "Arimo", "Helvetica"),
}
_LETTERS = "U+20-7E,U+A0-A6,U+B8-D6,U+D8-F6,U+F8-36F"
"""Letters and digits. Why not “ ” — … · × and their kin: Latin fonts have them too, narrow (official-style.md 1.12)."""


def declarations(layout: Layout) -> Iterator[str]:
    """@font-face of the Latin fonts, for letters and digits alone, and of the title's; all of this computer's own."""
    for latin in dict.fromkeys((layout.latin, *(look.latin for look in layout.looks.values() if look.latin))):
        yield _face(_latin(latin), (latin, *_kind(latin)[0], *_LATINS.get(latin, ())), _LETTERS)
    yield _face(TITLE, _TITLES)


def _face(name: str, fonts: tuple[str, ...], letters: str = "") -> str:
    source = ",".join(f"local({quoted(font)})" for font in dict.fromkeys(fonts) if font != TITLE)
    return f"@font-face{{{declared(font_family=quoted(name), src=source, unicode_range=letters)}}}"


def family(look: Look, layout: Layout) -> str:
    """font-family of a look: letters in the Latin font, the rest in its own, its substitute, or one of its kind."""
    kind, generic = _kind(look.font)
    names = (_latin(look.latin or layout.latin), look.font, layout.substitutes.get(look.font, ""), *kind)
    return ",".join([*map(quoted, dict.fromkeys(name for name in names if name)), generic])


def _latin(font: str) -> str:
    return f"西文 {font}"


def _kind(font: str) -> tuple[tuple[str, ...], str]:
    return next(((names, generic) for word, names, generic in KINDS if word in font), ((), "serif"))
