"""HTML as text: elements, attributes, lengths; no character of a fact can break them."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from drafter.numeral import plain
from drafter.unseen import legal


def escaped(text: str) -> str:
    """The text as HTML: & < > and quotes as entities, U+FFFD for what no page can hold."""
    return escape(legal(text))


def element(name: str, content: str, /, **attributes: str) -> str:
    """An element around `content` (HTML); attributes are text, `class_` is class, `data_fact` data-fact; "" is left out."""
    return f"{opening(name, **attributes)}{content}</{name}>"


def opening(name: str, /, **attributes: str) -> str:
    """The start of an element."""
    told = (f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{''.join(told)}>"


def pt(twips: int) -> str:
    """A length in points: 579 → 28.95pt."""
    return f"{plain(Decimal(twips) / 20)}pt" if twips else "0"


def declared(**properties: str) -> str:
    """Declarations of CSS: font_size="16pt" → font-size:16pt; "" is left out."""
    return ";".join(f"{key.replace('_', '-')}:{value}" for key, value in properties.items() if value)


def quoted(text: str) -> str:
    """A text as a string of CSS. Why every sign: a font's name must not end the style sheet."""
    return '"' + "".join(c if c.isalnum() or c in " -_" else f"\\{ord(c):x} " for c in legal(text)) + '"'
