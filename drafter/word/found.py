"""What a .docx holds: its lines, and what stands apart from them."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.diagnostic import Diagnostic
from drafter.source import Span, Text

EDGES = ("页眉", "页脚")
"""What belongs to pages and has no place in the body."""
ELEMENTS = ("版头", "副标题", "目录", "与会", "附件说明", "职务", "附注", "附件", "版记")
"""Elements of 公文 around the text, in a file that drafter wrote."""
KINDS = (*ELEMENTS, *EDGES, "脚注", "尾注", "批注", "图示", "图表", "隐藏文字", "注音", "域代码里的文字")
"""Every kind of what stands apart, in Chinese."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Text that is no part of the body, and where it is called; `kind` is one of KINDS."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Found:
    """A .docx that was read."""

    text: Text
    apart: tuple[Apart, ...]
    diagnostics: tuple[Diagnostic, ...]
