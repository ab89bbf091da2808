"""styles.xml and fontTable.xml of a layout: one style for every look, STYLES being the table of their names."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from drafter.layout.model import LEVELS, Layout, Look
from drafter.word.element import Element, w, xml

GRID = "TableGrid"
"""Id of the style of tables."""
STYLES = {
    "标题": ("Title", "Title"),
    "副标题": ("Subtitle", "Subtitle"),
    "主送机关": ("Addressee", "主送机关"),
    "正文": ("BodyText", "Body Text"),
    "附件说明": ("AttachmentList", "附件说明"),
    "署名": ("Signature", "署名"),
    "附注": ("Remark", "附注"),
    "附件": ("Attachment", "附件"),
    "附件标题": ("AttachmentTitle", "附件标题"),
    "份号": ("CopyNumber", "份号"),
    "密级": ("Secrecy", "密级"),
    "紧急程度": ("Urgency", "紧急程度"),
    "发文机关标志": ("IssuingOrgan", "发文机关标志"),
    "发文字号": ("DocumentNumber", "发文字号"),
    "签发人": ("Issuer", "签发人"),
    "签发人姓名": ("IssuerName", "签发人姓名"),
    "与会": ("Meeting", "与会"),
    "抄送": ("CopiesTo", "抄送"),
    "印发": ("Printing", "印发"),
    "表题": ("Caption", "caption"),
    "单位行": ("TableUnit", "表格单位"),
    "表头": ("TableHead", "表头"),
    "表文": ("TableText", "表格文字"),
    "图题": ("FigureCaption", "图题"),
    "目录标题": ("ContentsHeading", "目录标题"),
    "页码": ("Footer", "footer"),
}
"""Look → (style id, name that Word shows). Levels: Heading1–5; names Word knows itself are in English."""
_NEXT = {
    "标题": "主送机关",
    "副标题": "主送机关",
    "表头": "表头",
    "表文": "表文",
    "页码": "页码",
    "抄送": "抄送",
    "印发": "印发",
}
"""Look of the paragraph that follows where it is not 正文."""


def style(look: str) -> str:
    """Id of the paragraph style of a look."""
    return heading(LEVELS.index(look) + 1) if look in LEVELS else STYLES[look][0]


def face(look: str) -> str:
    """Id of the character style that sets words in the font of a look."""
    return run_in_head(LEVELS.index(look) + 1) if look in LEVELS else f"{STYLES[look][0]}Words"


def heading(depth: int) -> str:
    """Id of the style of a stand-alone heading, depth 1–5."""
    return f"Heading{depth}"


def run_in(depth: int) -> str:
    """Id of the style of a paragraph that begins with a heading: body font, but in the navigation pane."""
    return f"RunIn{depth}"


def run_in_head(depth: int) -> str:
    """Id of the character style of the heading in such a paragraph."""
    return f"RunInHead{depth}"


def entry(depth: int) -> str:
    """Id of the style of an entry of the 目录, depth 1–5."""
    return f"TOC{depth}"


def styles(layout: Layout) -> bytes:
    """styles.xml: defaults, Normal, and one style for every look of the layout."""
    parts = (_basic(layout), _plain(layout), _headings(layout), _entries(layout), _faces(layout))
    return xml(w("styles", _defaults(layout), *(made for part in parts for made in part), _grid()))


def fonts(layout: Layout) -> bytes:
    """fontTable.xml. Why: w:altName lets Word show 仿宋 where only 仿宋 and no 仿宋_GB2312 is installed."""
    chinese = (_font(name, other, "86") for name, other in layout.substitutes.items())
    return xml(w("fonts", *chinese, _font(layout.latin, "", "00")))


def _font(name: str, other: str, charset: str) -> Element:
    alternative = w("altName", val=other) if other else None
    return w("font", alternative, w("charset", val=charset), w("family", val="auto"), name=name)


def faces(font: str, latin: str) -> Element:
    """w:rFonts for a Chinese and a Latin font."""
    return w("rFonts", ascii=latin, eastAsia=font, hAnsi=latin, cs=latin)


def _defaults(layout: Layout) -> Element:
    body = layout.body
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    sizes = (w("sz", val=body.size), w("szCs", val=body.size))
    run = w("rPr", faces(body.font, layout.latin), *sizes, language)
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault"))


def _basic(layout: Layout) -> Iterator[Element]:
    """Normal and the three defaults that Word expects beside it.

    Why autoSpace off: the standard counts 28 字 a line and a digit as half a 字 (1.3, 1.6); automatic gaps between
    汉字 and digits would break both. Why widowControl off: else pages lose their 22 lines.
    """
    body = layout.body
    paragraph = w(
        "pPr",
        w("widowControl", val=0),
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("snapToGrid", val=0),
        _line(body),
        w("jc", val=body.align),
    )
    normal = w("style", w("name", val="Normal"), w("qFormat"), paragraph, _letters(layout, body), type="paragraph",
               default=1, styleId="Normal")  # fmt: skip
    yield normal
    yield _default("character", "DefaultParagraphFont", "Default Paragraph Font")
    margins = w("tblCellMar", *(w(side, w=108 if side in ("left", "right") else 0, type="dxa") for side in _SIDES))
    yield _default("table", "TableNormal", "Normal Table", w("tblPr", w("tblInd", w=0, type="dxa"), margins))
    yield _default("numbering", "NoList", "No List")


_SIDES = ("top", "left", "bottom", "right")


def _default(kind: str, key: str, name: str, *content: Element) -> Element:
    head = (w("name", val=name), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    return w("style", *head, *content, type=kind, default=1, styleId=key)


def _plain(layout: Layout) -> Iterator[Element]:
    """The styles of looks that are no headings."""
    for look, (key, name) in STYLES.items():
        if look in layout.looks:
            following = STYLES[_NEXT.get(look, "正文")][0]
            told = layout.looks[look]
            yield _style(key, name, "Normal", following, _paragraph(layout, told), _letters(layout, told))


def _headings(layout: Layout) -> Iterator[Element]:
    body = STYLES["正文"][0]
    for depth in range(1, len(LEVELS) + 1):
        look, level = layout.level(depth), w("outlineLvl", val=depth - 1)
        paragraph = w("pPr", w("keepNext") if look.keep_next else None, _line(look), _indent(layout, look),
                      w("jc", val=look.align), level)  # fmt: skip
        yield _style(heading(depth), f"heading {depth}", body, body, paragraph, _letters(layout, look))
        yield _style(run_in(depth), f"标题{depth}连正文", body, body, w("pPr", w("outlineLvl", val=depth - 1)))


def _entries(layout: Layout) -> Iterator[Element]:
    """Entries of the 目录: each level 1 字 further in, leader dots up to the page number at the edge, turned lines 1 字 in."""
    look = layout.looks["目录"]
    edge = w("tab", val="right", leader="dot", pos=layout.page.text_width)
    for depth in range(1, len(LEVELS) + 1):
        told = indent(layout.width(look), left=look.left + 100 * depth, hanging=100)
        paragraph = w("pPr", w("tabs", copy(edge)), _line(look), told, w("jc", val="left"))
        yield _style(entry(depth), f"toc {depth}", "Normal", STYLES["正文"][0], paragraph, _letters(layout, look))


def _faces(layout: Layout) -> Iterator[Element]:
    """Character styles: the font of a look for words inside a paragraph of another."""
    for depth, look in enumerate(LEVELS, start=1):
        yield _words(run_in_head(depth), f"标题{depth}连正文的标题", layout, layout.looks[look])
    for look in ("发文字号", "签发人", "签发人姓名", "与会"):
        if look in layout.looks:
            yield _words(face(look), f"{look}文字", layout, layout.looks[look])


def _words(key: str, name: str, layout: Layout, look: Look) -> Element:
    head = (w("name", val=name), w("basedOn", val="DefaultParagraphFont"), w("qFormat"))
    letters = w("rPr", faces(look.font, look.latin or layout.latin), *_marks(look))
    return w("style", *head, letters, type="character", customStyle=1, styleId=key)


def _style(key: str, name: str, based: str, following: str, *content: Element) -> Element:
    head = (w("name", val=name), w("basedOn", val=based), w("next", val=following), w("qFormat"))
    made = w("style", *head, *content, type="paragraph", styleId=key)
    if not name.isascii():
        made.set(f"{{{made.nsmap['w']}}}customStyle", "1")
    return made


def _paragraph(layout: Layout, look: Look) -> Element:
    keep = w("keepNext") if look.keep_next else None
    return w("pPr", keep, _line(look), _indent(layout, look), w("jc", val=look.align))


def _line(look: Look) -> Element:
    return w("spacing", before=0, after=0, line=look.line, lineRule="exact")


def _indent(layout: Layout, look: Look) -> Element | None:
    return indent(layout.width(look), left=look.left, right=look.right, first=look.first, hanging=look.hanging)


def indent(width: int, *, left: int = 0, right: int = 0, first: int = 0, hanging: int = 0) -> Element | None:
    """w:ind in 1/100 字 of so many twips, in both units; None where there is none.

    Why both: Word prefers firstLineChars and its kin, LibreOffice knows only firstLine (official-style.md 1.4).
    """
    given = {"left": left, "right": right, "hanging": hanging}
    if not (first or any(given.values())):
        return None
    values: dict[str, object] = {"left": 0}
    if first:
        given["firstLine"] = first
    for side, chars in given.items():
        if chars:
            values[f"{side}Chars"] = chars
            values[side] = chars * width // 100
    return w("ind", **values)


def _letters(layout: Layout, look: Look) -> Element:
    sizes = (w("sz", val=look.size), w("szCs", val=look.size))
    spacing = w("spacing", val=layout.spacing(look))
    return w("rPr", faces(look.font, look.latin or layout.latin), *_marks(look), spacing, *sizes)


def _marks(look: Look) -> Iterator[Element]:
    """Bold and colour of a look, where it has them."""
    if look.bold:
        yield w("b")
    if look.color:
        yield w("color", val=look.color)


def _grid() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="auto") for side in sides))
    names = (w("name", val="Table Grid"), w("basedOn", val="TableNormal"))
    return w("style", *names, w("tblPr", borders), type="table", styleId=GRID)
