"""目录: a TOC field over the headings, and the bookmarks and TC fields it finds them by.

Why TC fields: a run-in heading shares its paragraph with text, and a TOC of styles or outline levels would take the
whole paragraph; a TC field says what the entry is (ECMA-376 Part 1, 17.16.5.66, 17.16.5.68).
"""

from __future__ import annotations

from collections.abc import Iterator

from drafter.source import Line
from drafter.style import before
from drafter.typeset.contents import bare
from drafter.typeset.sheet import Contents, Para, Sheet
from drafter.word.element import SPACE, Element, W, legal, run, w
from drafter.word.multilevel import ATTACHMENT
from drafter.word.paragraph import blank, paragraph
from drafter.word.styles import entry, style

TITLE = "目  录"
TINY = 20
"""Pitch of the paragraph behind the entries, in twips. Why one: LibreOffice counts no pages of a section that ends
inside the field."""
MAIN = "_MainText"
"""Bookmark around the text without 附件, whose headings are none of the 目录."""
FIRST_ID = 100_000
"""The least w:id of these bookmarks, beyond those of figures."""
ROMAN, ARABIC = "upperRoman", "decimal"
"""Page numbers of the 目录 and of the text behind it."""


def name(number: int) -> str:
    """The hidden bookmark of the heading of an entry, from 1."""
    return f"_Toc{number:09d}"


def _page(number: int) -> tuple[Element, ...]:
    return sign("begin"), instruction(f" PAGEREF {name(number)} \\h "), sign("separate"), sign("end")


def sign(kind: str, *looks: Element, **told: object) -> Element:
    """A w:r with a w:fldChar: begin, separate, end."""
    return w("r", w("rPr", *looks) if looks else None, w("fldChar", fldCharType=kind, **told))


def instruction(code: str, *looks: Element) -> Element:
    """A w:r with the code of a field."""
    made = w("instrText")
    made.text = legal(code)
    made.set(SPACE, "preserve")
    return w("r", w("rPr", *looks) if looks else None, made)


class Headings:
    """The 目录 of a sheet, and the marks of the paragraphs it names; nothing where there is none."""

    def __init__(self, sheet: Sheet, *, live: bool = True) -> None:
        """`live`: the 目录 is a TOC field that Word fills in when it opens the file. Otherwise it is plain lines whose
        page numbers are fields of their own: LibreOffice counts those, but shows a TOC as it finds it.
        """
        self.live = live
        found = next((item for item in sheet.items if isinstance(item, Contents)), None)
        self.levels = found.levels if found else 0
        self.left = len(found.entries) if found else 0
        """Headings still to come."""
        self.bounded = self.left > 0 and any(isinstance(p, Para) and p.look == ATTACHMENT for p in sheet.items)
        self.seen = 0
        self.pages = iter((ROMAN, ARABIC) if found else ())
        """How the pages of the next sections are counted from 1; behind them they go on."""

    def contents(self, item: Contents) -> Iterator[Element]:
        """目录 and its entries with leader dots."""
        yield paragraph(style("目录标题"), [run(TITLE)])
        for number, (depth, line) in enumerate(item.entries, start=1):
            opening = self._opening() if self.live and number == 1 else ()
            closing = (sign("end"),) if self.live and number == len(item.entries) else ()
            link = w("hyperlink", run(line.text), run("\t"), *_page(number), anchor=name(number), history=1)
            yield paragraph(entry(depth), (*opening, link, *closing))
        yield blank(line=TINY)

    def _opening(self) -> tuple[Element, ...]:
        """Why dirty: Word then fills in the page numbers when it opens the file, which nobody can know before."""
        within = f"\\b {MAIN} " if self.bounded else ""
        code = f' TOC \\o "1-{self.levels}" \\f \\h \\z {within}'
        return sign("begin", dirty="true"), instruction(code), sign("separate")

    def counted(self, setup: Element) -> Element:
        """The page set-up of the next section: that of the 目录 counts Ⅰ, Ⅱ, the text behind it from 1.

        Why not on one page: the 目录 grows when Word fills it in, and must not move the pages it names.
        """
        form = next(self.pages, "")
        margins = setup.find("{*}pgMar")
        own = setup.find("{*}pgNumType")
        if form and margins is not None:
            if own is not None:
                setup.remove(own)
            given = own.get(f"{{{W}}}fmt") if own is not None and form == ARABIC else None
            margins.addnext(w("pgNumType", fmt=given or form, start=1))
        return setup

    def marked(self, item: Para, made: Element) -> Element:
        """The paragraph with its bookmarks and, for a run-in heading, its TC field."""
        if self.bounded and item.look == ATTACHMENT and self.seen:
            made.insert(1, w("bookmarkEnd", id=FIRST_ID))
            self.bounded = False
        if self.left and 1 <= item.depth <= self.levels:
            self.left, self.seen = self.left - 1, self.seen + 1
            self._mark(item, made)
        return made

    def _mark(self, item: Para, made: Element) -> None:
        key = FIRST_ID + self.seen
        front = [w("bookmarkStart", id=key, name=name(self.seen))]
        if self.bounded and self.seen == 1:
            front.insert(0, w("bookmarkStart", id=FIRST_ID, name=MAIN))
        made[1:1] = [*front, *(_entry(item) if item.run_in else ())]
        made.append(w("bookmarkEnd", id=key))


_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in '\\"“”'})
"""What would end the text of a field, or its quotation."""


def _entry(item: Para) -> list[Element]:
    """The TC field of a run-in heading, in hidden text, as Word itself writes it."""
    heading = item.runs[0].line
    text = (Line(before(item.marker, heading.text)) if item.marker else Line("")).then(bare(heading)).text
    words = " ".join(text.split()).translate(_ESCAPED)
    code = instruction(f' TC "{words}" \\f C \\l "{item.depth}" ', w("vanish"))
    return [sign("begin", w("vanish")), code, sign("end", w("vanish"))]
