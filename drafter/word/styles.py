"""styles.xml and fontTable.xml of a layout."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.word.element import Element, w, xml
from drafter.word.layout import Layout, Look

TITLE, ADDRESSEE, BODY = "Title", "Addressee", "BodyText"
SIGNATURE, DATE, CAPTION, HEAD, CELL, GRID, FOOTER = (
    "Signature", "Date", "Caption", "TableHead", "TableText", "TableGrid", "Footer",
)  # fmt: skip
"""Ids of our styles: what write puts into w:pStyle. Headings: heading(), run_in(), run_in_head()."""


def heading(depth: int) -> str:
    """Id of the style of a stand-alone heading, depth 1–5."""
    return f"Heading{depth}"


def run_in(depth: int) -> str:
    """Id of the style of a paragraph that begins with a heading: body font, but in the navigation pane."""
    return f"RunIn{depth}"


def run_in_head(depth: int) -> str:
    """Id of the character style of the heading in such a paragraph."""
    return f"RunInHead{depth}"


def styles(layout: Layout) -> bytes:
    """styles.xml: defaults, Normal, and one style for every kind of paragraph of the layout."""
    root = w("styles", _defaults(layout), *_basic(layout), *_plain(layout), *_headings(layout), _grid())
    return xml(root)


def fonts(layout: Layout) -> bytes:
    """fontTable.xml. Why: w:altName lets Word show 仿宋 where only 仿宋 and no 仿宋_GB2312 is installed."""
    chinese = (_font(name, other, "86") for name, other in layout.substitutes)
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
    """The styles that are no headings, as (id, name in Word, look, id of the next paragraph's style)."""
    rows = (
        (TITLE, "Title", layout.title, ADDRESSEE),
        (ADDRESSEE, "主送机关", layout.addressee, BODY),
        (BODY, "Body Text", layout.body, BODY),
        (SIGNATURE, "署名", layout.signature, DATE),
        (DATE, "成文日期", layout.signature, BODY),
        (CAPTION, "caption", layout.caption, BODY),
        (HEAD, "表头", layout.head, HEAD),
        (CELL, "表格文字", layout.cell, CELL),
        (FOOTER, "footer", layout.number, FOOTER),
    )
    for key, name, look, following in rows:
        latin = look.font if key == FOOTER else layout.latin
        yield _style(key, name, "Normal", following, _paragraph(layout, look), _letters(layout, look, latin))


def _headings(layout: Layout) -> Iterator[Element]:
    for depth, look in enumerate(layout.levels, start=1):
        level = w("outlineLvl", val=depth - 1)
        face = w("rPr", faces(look.font, layout.latin))
        alone = w("pPr", w("keepNext") if look.keep_next else None, level)
        yield _style(heading(depth), f"heading {depth}", BODY, BODY, alone, face)
        inside = w("pPr", w("outlineLvl", val=depth - 1))
        yield _style(run_in(depth), f"标题{depth}连正文", BODY, BODY, inside)
        name = w("name", val=f"标题{depth}连正文的标题")
        yield w("style", name, w("basedOn", val="DefaultParagraphFont"), w("qFormat"),
                w("rPr", faces(look.font, layout.latin)),
                type="character", customStyle=1, styleId=run_in_head(depth))  # fmt: skip


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
    """First-line indent in both units. Why: Word prefers firstLineChars, LibreOffice knows only firstLine (1.4)."""
    if not look.first:
        return None
    return w("ind", left=0, firstLineChars=look.first * 100, firstLine=look.first * layout.pitch)


def _letters(layout: Layout, look: Look, latin: str = "") -> Element:
    sizes = (w("sz", val=look.size), w("szCs", val=look.size))
    return w("rPr", faces(look.font, latin or layout.latin), w("spacing", val=layout.spacing(look)), *sizes)


def _grid() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="auto") for side in sides))
    names = (w("name", val="Table Grid"), w("basedOn", val="TableNormal"))
    return w("style", *names, w("tblPr", borders), type="table", styleId=GRID)
