"""What is said of conflicts: in the comment at the place, and as a finding."""

from __future__ import annotations

from drafter.diagnostic import Diagnostic, warning
from drafter.plan import CLASHED, EDITED, GONE, UNKNOWN, Conflict
from drafter.refresh.model import CODES, short
from drafter.source import Span
from drafter.trace import OBJECT, Traced

_HEADS = {
    EDITED: "数字是手改的，没有动。",
    CLASHED: "这里手改过，事实也变了，没有动。",
    GONE: "事实里已经没有这一处，因为手改过，没有删。",
    UNKNOWN: "这里的数字没有书签，没有动。",
}
_HINTS = {
    EDITED: "照事实就改过来；照手改就改事实文件",
    CLASHED: "照现在的写法改过来，或保留手写的",
    GONE: "不要了就删去",
    UNKNOWN: "照现在的改过来",
}


def comment(conflict: Conflict, value: Traced | None) -> str:
    """The comment at the place of a conflict."""
    lines = [_HEADS[conflict.kind]]
    if conflict.now:
        lines.append(f"按现在的事实应为：{_bare(conflict.now)}")
    if value is not None and value.origin.span is not None:
        lines.append(f"出处：{value.origin.fact}，{value.origin.span.file}:{value.origin.span.line}")
    lines.append(f"{_HINTS[conflict.kind]}；处理完删去这条批注。")
    return "\n".join(lines)


def finding(conflict: Conflict, address: str, span: Span) -> Diagnostic:
    """R202–R205: a conflict, at its place."""
    where = f"{address}的" if address else ""
    now = f"，按现在的事实应为“{short(_bare(conflict.now))}”" if conflict.now else ""
    message = f"{where}“{short(_bare(conflict.here))}”{_TOLD[conflict.kind]}{now}"
    return warning(CODES[conflict.kind], message, span, _HINTS[conflict.kind], short(_bare(conflict.here)))


_TOLD = {
    EDITED: "是手改的，没有动",
    CLASHED: "手改过，事实也变了，没有动",
    GONE: "在事实里已经没有了，因为手改过，没有删",
    UNKNOWN: "没有书签，没有动",
}


def _bare(text: str) -> str:
    return text.replace(OBJECT, "（图）")
