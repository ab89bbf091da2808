"""看不见的字符: what text from web pages has between its characters; no clerk has typed it, and none can see it."""

from __future__ import annotations

import re

_SCRIPTS = "\u0590-\u0fff\u1000-\u109f\u1780-\u18af\u1a00-\u1aaf\ua880-\uabff"
"""Scripts in which a sign between letters joins, parts or breaks them: Uighur, Tibetan, those of India and others."""
UNSEEN = re.compile(f"[\u00ad\ufeff]|[\u200b\u200c\u2060](?!(?<=[{_SCRIPTS}].)[{_SCRIPTS}])")
"""Soft hyphen, zero-width blanks and non-joiner, word joiner. The joiner U+200D stays: emoji are made with it."""


def without(text: str) -> str:
    """The text without what cannot be seen; the same object where there is none."""
    return UNSEEN.sub("", text) if UNSEEN.search(text) else text


def offsets(text: str) -> list[int]:
    """Where each character of `without(text)` stands in the text, and the length of the text behind the last."""
    unseen = {found.start() for found in UNSEEN.finditer(text)}
    return [at for at in range(len(text)) if at not in unseen] + [len(text)]


ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that neither XML nor a page of HTML can hold. Source: XML 1.0, 2.2 (Char)."""


def legal(text: str) -> str:
    """The text with U+FFFD for every character XML cannot hold. Why: one bad byte in a fact must not stop a report."""
    return ILLEGAL.sub("\ufffd", text)


def printable(text: str) -> str:
    """`legal` text without U+FFFC too. Why: what reads a file again takes it for a drawing, and it prints nothing."""
    return legal(text).replace("\ufffc", "\ufffd")
