"""What is said of conflicts: in the comment at the place, and as a finding."""

from __future__ import annotations

import hashlib

from drafter import style
from drafter.diagnostic import Diagnostic, warning
from drafter.plan import CLASHED, EDITED, GONE, PASTED, SUMS, UNKNOWN, Conflict
from drafter.refresh.model import CODES, short
from drafter.source import Span
from drafter.trace import OBJECT, Traced

_WAS, _FROM = "生成时：", "出处："
_HEADS = {
    EDITED: "这一处手改过，没有动。",
    CLASHED: "这里手改过，事实也变了，没有动。",
    GONE: "事实里已经没有这一处，因为手改过，没有删。",
    UNKNOWN: "这里重打过，程序不再跟着换，没有动。",
    PASTED: "这是从别的报告或别的一期粘贴来的数，程序没有换。",
    SUMS: "这张表的行手加、手删、手改过，合计是照事实算的，和现在的各行对不上。",
}
_HINTS = {
    EDITED: "照事实就改过来；照手改就改事实文件",
    CLASHED: "照现在的写法改过来，或保留手写的",
    GONE: "不要了就删去",
    UNKNOWN: "照现在的改过来，或保留重打的",
    PASTED: "核对是不是这一期的数",
    SUMS: "照现在的各行改合计，或把手加手删的写进事实文件",
}
_TOLD = {
    EDITED: "是手改的，没有动",
    CLASHED: "手改过，事实也变了，没有动",
    GONE: "在事实里已经没有了，因为手改过，没有删",
    UNKNOWN: "是重打的，程序不再跟着换，没有动",
    PASTED: "是从别的报告或别的一期粘贴来的，没有换",
    SUMS: "：合计是照事实算的，和现在的各行对不上",
}


def key(conflict: Conflict) -> str:
    """A digest of a conflict: the same one is known again."""
    told = "|".join((conflict.kind, _said(conflict.here), conflict.now, conflict.name))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def comment(conflict: Conflict, value: Traced | None, now: Traced | None = None) -> str:
    """The comment at the place of a conflict; `value` is the figure as it was generated, `now` as it is generated now."""
    lines = [_HEADS[conflict.kind], f"稿子里：{_said(conflict.here)}"]
    if value is not None and not value.drawn and conflict.kind in (EDITED, UNKNOWN) and value.text != conflict.now:
        lines.append(f"{_WAS}{value.text}")
    if conflict.now:
        lines.append(f"按现在的事实：{_bare(conflict.now)}")
    origin = now.origin if now is not None and now.origin.span is not None else value.origin if value else None
    if origin is not None and origin.span is not None:
        office = f"，责任单位：{origin.office}" if origin.office else ""
        lines.append(f"{_FROM}{origin.fact}，{origin.span.file}:{origin.span.line}{office}")
    lines.append(f"{_HINTS[conflict.kind]}。处理完删去这条批注，就不再提醒。")
    return "\n".join(lines)


def essence(said: str) -> str:
    """A comment without what changes though the conflict does not: what was generated once, the line of the fact."""
    return "\n".join(line for line in said.split("\n") if not line.startswith((_WAS, _FROM)))


def finding(conflict: Conflict, address: str, span: Span) -> Diagnostic:
    """R202–R205, R212: a conflict, at its place."""
    where = f"{address}的" if address else ""
    now = f"，按现在的事实应为“{short(_bare(conflict.now))}”" if conflict.now else ""
    message = f"{where}“{short(_bare(conflict.here))}”{_TOLD[conflict.kind]}{now}"
    return warning(CODES[conflict.kind], message, span, _HINTS[conflict.kind], short(_bare(conflict.here)))


def _said(text: str) -> str:
    """What stands in the file, without the number in front: that may be another one when all is done."""
    found = style.read(text)
    return _bare(text[found[1] :] if found else text)


def _bare(text: str) -> str:
    return text.replace(OBJECT, "（图）")
