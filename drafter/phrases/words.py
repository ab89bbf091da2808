"""What a dot after a figure says besides its operands: {{ 事故起数.单位 }}; a note that was not written is missing."""

from __future__ import annotations

from collections.abc import Callable

from drafter.figure import Figure
from drafter.missing import Missing

WORDS: dict[str, Callable[[Figure], str | Missing]] = {
    "单位": lambda f: f.unit,
    "名称": lambda f: f.name,
    "责任单位": lambda f: f.office or f.lacks("责任单位"),
    "来源": lambda f: f.notes.get("来源", "") or f.indicator.source or f.lacks("来源"),
    "口径": lambda f: f.notes.get("口径", "") or f.lacks("口径"),
    "备注": lambda f: f.notes.get("备注", "") or f.lacks("备注"),
}
"""The words and what they say."""
