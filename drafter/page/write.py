"""Document → one page of HTML: the door. Pure; nothing in the page is fetched from anywhere, nothing in it runs."""

from __future__ import annotations

from drafter.document import Document
from drafter.layout.model import Layout
from drafter.outline import Outline
from drafter.page.looks import stylesheet
from drafter.page.markup import element, escaped, opening
from drafter.page.note import note
from drafter.page.press import Press
from drafter.page.sheets import sheets
from drafter.typeset import compose
from drafter.unseen import legal

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Content-Security-Policy: whatever a fact says, the page loads nothing and runs nothing."""
NAMELESS = "报告"


def write(
    document: Document | Outline,
    layout: Layout,
    *,
    author: str = "",
    period: str = "",
) -> bytes:
    """The document as one self-contained page, UTF-8; same inputs, same bytes.

    Never fails on text: characters that no page can
    hold become U+FFFD.
    """
    whole = document if isinstance(document, Document) else Document(document)
    told = compose(whole, layout)
    press = Press(layout, whole.pictures)
    body = sheets(told, press)
    css = stylesheet(layout, above=bool(told.first_head))
    head = _head(_title(document), author, period) + element("style", f"\n{css}")
    main = element("main", body)
    inside = f"{element('head', head)}\n{element('body', f'{note(press, period)}{main}')}"
    return f"<!DOCTYPE html>\n{element('html', inside, lang='zh-CN')}\n".encode()


def _head(title: str, author: str, period: str) -> str:
    metas = (
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        {"name": "generator", "content": "drafter"},
        {"name": "author", "content": author},
        {"name": "period", "content": period},
        {"http_equiv": "Content-Security-Policy", "content": POLICY},
    )
    told = (opening("meta", **given) for given in metas if given["content"])
    return f'<meta charset="utf-8">\n{"".join(told)}\n{element("title", escaped(title))}\n'


def _title(document: Document | Outline) -> str:
    """The title of the page: of the document, else the name of the organ with its 文号, else 报告."""
    told = document if isinstance(document, Document) else Document(document)
    organ = told.organs[0].text if told.organs else ""
    names = (told.outline.title.text, organ + told.number.text)
    return next((name for text in names if (name := " ".join(legal(text).split()))), NAMELESS)
