"""公文: an outline and the elements of GB/T 9704-2012 that stand around its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from drafter.outline import EMPTY, Outline
from drafter.source import Line

SEALED, UNSEALED, STAMPED = "加盖印章", "不加盖印章", "加盖签名章"
SEALS = (SEALED, UNSEALED, STAMPED)
"""The three geometries of 署名 and 成文日期. Source: GB/T 9704-2012 7.3.5.1–7.3.5.3."""
AT_MEETING = ("出席", "请假", "列席")
"""Who a 纪要 names, in this order. Source: GB/T 9704-2012 10.3."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: its name as 附件说明 gives it, and its own text (None: not bound in). Source: 7.3.4, 7.3.7."""

    name: Line
    outline: Outline | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """公文: the outline and what stands around it; an element that is empty is absent.

    Source: GB/T 9704-2012 7.2 (版头), 7.3 (主体), 7.4 (版记). Title, 主送, 署名 and 成文日期 stand in the outline.
    """

    outline: Outline
    copy_number: Line = EMPTY
    """份号."""
    secrecy: Line = EMPTY
    """密级和保密期限: 秘密★1年."""
    urgency: Line = EMPTY
    """紧急程度."""
    organs: tuple[Line, ...] = ()
    """发文机关 as the 标志 names them, the first being 主办; without 文件."""
    number: Line = EMPTY
    """发文字号 or 令号."""
    issuers: tuple[Line, ...] = ()
    """签发人 of an 上行文: names."""
    title_lines: tuple[Line, ...] = ()
    """The title as it was parted into lines by hand; empty: it is parted by its width."""
    subtitle: Line = EMPTY
    """The line under the title: （2022年10月8日）."""
    office: Line = EMPTY
    """签名章: the office of who signs (县长); his name is the 署名."""
    attachments: tuple[Attachment, ...] = ()
    note: Line = EMPTY
    """附注, without its （）."""
    meeting: tuple[tuple[str, Line], ...] = ()
    """(出席, units and names), (请假, …), (列席, …)."""
    copies: Line = EMPTY
    """抄送: the organs, without the word and without the closing 。"""
    printer: Line = EMPTY
    """印发机关."""
    printed: Line = EMPTY
    """印发日期, without 印发."""
    seal: str = ""
    """One of SEALS; empty: that of the layout."""
    contents: int | None = None
    """Levels of the 目录; 0: none; None: as the layout says."""
    pictures: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """Images of outline and attachments: path as typed → content; one that is not here is not there yet."""

    @property
    def signed(self) -> tuple[tuple[Line, ...], Line]:
        """署名 and 成文日期 of the outline; EMPTY where it has no date. A lone line is a date only if it ends like one."""
        lines = self.outline.signature
        ends = ("日", "】") if len(lines) > 1 else ("日",)
        return (lines[:-1], lines[-1]) if lines and lines[-1].text.endswith(ends) else (lines, EMPTY)
