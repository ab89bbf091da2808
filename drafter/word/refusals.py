"""What is told about a .docx that is refused, and about one that is read all the same: one table each."""

from __future__ import annotations

from drafter.diagnostic import Diagnostic, DraftError, error, note, warning
from drafter.source import Span

REFUSALS = {
    "D101": ("不是 Word 文档（.docx）", "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"),
    "D102": ("是旧版 .doc 或加了密码的文件", "请用 Word 或 WPS 打开、去掉密码，另存为“Word 文档（*.docx）”"),
    "D103": ("文件已损坏", "请重新取得这个文件，或用 Word 打开修复后另存"),
    "D104": ("文件太大或内容多得反常", "单个文件解压后不超过100MB、1000个部件，正文不超过100万个标记"),
    "D105": ("文件结构可疑，不予读取", "请用 Word 打开确认无误后另存为新文件"),
    "D106": ("文件里没有正文", "请确认这是一份 Word 文档，用 Word 打开后另存"),
}
"""Why a file is not read: code → (what is told, what to do)."""

WARNINGS = {
    "D111": ("文件开头有多余的内容，已跳过", "建议用 Word 打开后另存"),
    "D112": ("文件带有宏，只读文字，宏不会运行", ""),
    "D113": ("文件的部件缺失或损坏，其余照常读出", "建议用 Word 打开后另存"),
    "D114": ("文件是 Strict Open XML 格式", "建议另存为普通的“Word 文档（*.docx）”"),
    "D115": ("隐藏文字没有读入", "需要时请先取消隐藏"),
    "D116": ("自动编号算不出来，没有写出", "请在 Word 中把自动编号转换为文本，或补上序数"),
    "D117": ("另有不在正文里的内容，单独列出", ""),
    "D118": ("有内容没有读入", "需要时请在 Word 中打开，复制为普通文字"),
    "D120": ("上标的数字写成了 ²、³ 这样的字", ""),
}
"""What is told about a file that is read all the same."""
_NOTES = ("D117", "D120")


def refusal(code: str, name: str, detail: str = "") -> DraftError:
    """The error that refuses a file."""
    message, hint = REFUSALS[code]
    return DraftError(error(code, f"{message}（{detail}）" if detail else message, Span(name, 1, 1), hint))


def remark(code: str, name: str, detail: str = "", line: int = 1) -> Diagnostic:
    """The warning about a file that is read all the same; `line` is a paragraph number."""
    message, hint = WARNINGS[code]
    tell = note if code in _NOTES else warning
    return tell(code, f"{message}（{detail}）" if detail else message, Span(name, line, 1), hint)
