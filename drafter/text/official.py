"""Document → text: the elements of a 公文 in the order of its layout, one paragraph a line, around the numbered text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from drafter.document import STAMPED, Document
from drafter.outline import EMPTY, Outline
from drafter.source import Line
from drafter.text.write import lines

UNDER = "　　　"
"""Before the second name of 附件说明 and those that follow: it stands under the first one's number."""


def write(document: Document, order: Iterable[str], *, suffix: str = "", seal: str = "", printing: bool = True) -> str:
    """The document as text. A document of title, 主送, text and signature is what `text.write` makes of its outline.

    `order` names the elements from above (a layout's 次序); a 目录 leads nowhere in a text and is left out. `suffix`
    follows the last organ of the 发文机关标志 (文件; "" where the layout has none); `seal` and `printing` are the
    layout's, for what the document leaves to it.
    """
    organs = (*document.organs[:-1], *(organ.then(Line(suffix)) for organ in document.organs[-1:]))
    whole = replace(document, organs=organs, seal=document.seal or seal)
    shown = whole if printing else replace(whole, printer=EMPTY, printed=EMPTY)
    told = (line for name in order if name in ELEMENTS for line in ELEMENTS[name](shown))
    return "".join(f"{line}\n" for line in told)


def _field(name: str) -> Callable[[Document], Iterator[str]]:
    """What writes a field of the document as its own line; nothing where it is empty."""

    def writer(document: Document) -> Iterator[str]:
        line = getattr(document, name)
        if line:
            yield line.text

    return writer


def _organs(document: Document) -> Iterator[str]:
    yield from (organ.text for organ in document.organs)


def _number(document: Document) -> Iterator[str]:
    """发文字号, with 签发人 behind it on the same line. Source: GB/T 9704-2012 7.2.6."""
    names = "　".join(name.text for name in document.issuers)
    parts = (document.number.text, f"签发人：{names}" if names else "")
    if any(parts):
        yield "　".join(part for part in parts if part)


def _title(document: Document) -> Iterator[str]:
    if document.outline.title:
        yield document.outline.title.text


def _addressee(document: Document) -> Iterator[str]:
    if document.outline.addressee:
        yield document.outline.addressee.text


def _text(document: Document) -> Iterator[str]:
    yield from _body(document.outline)


def _body(outline: Outline) -> Iterator[str]:
    return lines(replace(outline, title=EMPTY, addressee=EMPTY, signature=()), guard=False)


def _list(document: Document) -> Iterator[str]:
    """附件说明: one without a number, several numbered one below another. Source: GB/T 9704-2012 7.3.4."""
    names = [attachment.name.text for attachment in document.attachments if attachment.name]
    for at, name in enumerate(names, start=1):
        number = f"{at}." if len(names) > 1 else ""
        yield f"{'附件：' if at == 1 else UNDER}{number}{name}"


def _signature(document: Document) -> Iterator[str]:
    """署名 and 成文日期; before a name that is stamped stands the office. Source: GB/T 9704-2012 7.3.5."""
    names, date = document.signed
    office = f"{document.office.text}　　" if document.seal == STAMPED and document.office else ""
    yield from (office + name.text for name in names)
    yield from (line.text for line in (date,) if line)


def _note(document: Document) -> Iterator[str]:
    if document.note:
        yield f"（{document.note.text}）"


def _meeting(document: Document) -> Iterator[str]:
    yield from (f"{word}：{names.text}" for word, names in document.meeting if names)


def _attached(document: Document) -> Iterator[str]:
    """Every 附件 that is bound in: 附件1, its title, its text. Source: GB/T 9704-2012 7.3.7."""
    for at, attachment in enumerate(document.attachments, start=1):
        if attachment.outline is not None:
            yield f"附件{at}" if len(document.attachments) > 1 else "附件"
            if attachment.outline.title:
                yield attachment.outline.title.text
            yield from _body(attachment.outline)


def _imprint(document: Document) -> Iterator[str]:
    """抄送, 印发机关 and 印发日期. Source: GB/T 9704-2012 7.4."""
    if document.copies:
        yield f"抄送：{document.copies.text.removesuffix('。')}。"
    printed = f"{document.printed.text}印发" if document.printed else ""
    if document.printer or printed:
        yield "　".join(part for part in (document.printer.text, printed) if part)


ELEMENTS: dict[str, Callable[[Document], Iterator[str]]] = {
    "份号": _field("copy_number"),
    "密级": _field("secrecy"),
    "紧急程度": _field("urgency"),
    "发文机关标志": _organs,
    "发文字号": _number,
    "标题": _title,
    "副标题": _field("subtitle"),
    "主送机关": _addressee,
    "正文": _text,
    "附件说明": _list,
    "署名": _signature,
    "附注": _note,
    "与会": _meeting,
    "附件": _attached,
    "版记": _imprint,
}
"""Every element that a text shows, and what writes it."""
