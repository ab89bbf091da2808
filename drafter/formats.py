"""What a draft may be written as: .docx, .txt, .html, .pdf. FORMATS is the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from drafter.draft import Draft
from drafter.source import Span


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a .docx is for; other formats are the same for all."""

    traced: bool = True
    """It carries where its figures come from."""
    review: bool = False
    """Every derived figure has a Word comment that says so."""


def docx(draft: Draft, wishes: Wishes = Wishes()) -> bytes:
    """Word."""
    from drafter.word.write import write

    assert draft.document is not None
    traced = (draft.report.target, str(draft.period)) if wishes.traced else None
    made = write(draft.document, draft.layout, author=draft.author, date=draft.date, traced=traced)
    if not wishes.review:
        return made
    from drafter.word.trace.review import annotated

    return annotated(made)


def txt(draft: Draft) -> bytes:
    """Numbered text, the elements of a 公文 around it; 体例 原样 without such elements is as its templates print it."""
    from drafter.text import official

    assert draft.document is not None
    assert draft.layout is not None
    look = draft.layout
    suffix = look.head.suffix if look.head else ""
    told = official.write(draft.document, look.order, suffix=suffix, seal=look.seal, printing=look.imprint.printed)
    around = draft.report.elements or draft.report.attachments or look.head
    return (told if around else draft.verbatim or told).encode()


def html(draft: Draft) -> bytes:
    """One page that looks like the paper, every figure with its source."""
    from drafter.page import write

    assert draft.document is not None
    assert draft.layout is not None
    return write(draft.document, draft.layout, author=draft.author, period=str(draft.period))


def pdf(draft: Draft) -> bytes:
    """What LibreOffice makes of the .docx. Errors: DraftError (P121) where it is not installed, or fails."""
    from drafter import office
    from drafter.word.write import write

    assert draft.document is not None
    made = write(draft.document, draft.layout, author=draft.author, date=draft.date, live=False)
    return office.pdf(made, draft.report.layout.span or Span(draft.report.file, 1, 1))


FORMATS: dict[str, Callable[[Draft], bytes]] = {"docx": docx, "txt": txt, "html": html, "pdf": pdf}
"""Format name → bytes of a draft."""


def wished(wishes: Wishes) -> Mapping[str, Callable[[Draft], bytes]]:
    """FORMATS as they are wished for."""
    return FORMATS if wishes == Wishes() else {**FORMATS, "docx": partial(docx, wishes=wishes)}
