"""What is told about a file that is refused, and about a .docx that is read all the same: one table each."""

from __future__ import annotations

from drafter.diagnostic import Diagnostic, DraftError, error, note, warning
from drafter.source import Span
from drafter.word.sniff import LOCKED, OLD, WAYS, is_what

REFUSALS = {
    "D102": ("文件里有加了密码的部件", WAYS[LOCKED]),
    "D103": ("文件已损坏", "请重新取得这个文件，或用 Word 打开修复后另存"),
    "D104": ("文件太大或内容多得反常", "单个文件解压后不超过100MB、1000个部件，正文不超过100万个标记"),
    "D105": ("文件结构可疑，不予读取", "请用 Word 打开确认无误后另存为新文件"),
    "D106": ("文件里没有正文", "请确认这是一份 Word 文档，用 Word 打开后另存"),
}
"""Why a file is not read: code → (what is told, what to do). Files of other kinds: `stranger`."""

WARNINGS = {
    "D111": ("文件开头有多余的内容，已跳过", "建议用 Word 打开后另存"),
    "D112": ("文件带有宏，只读文字，宏不会运行", ""),
    "D113": ("文件的部件缺失或损坏，其余照常读出", "建议用 Word 打开后另存"),
    "D114": ("文件是 Strict Open XML 格式", "建议另存为普通的“Word 文档（*.docx）”"),
    "D115": ("隐藏文字没有读入", "需要时请先取消隐藏"),
    "D116": ("自动编号算不出来，没有写出", "请在 Word 中把自动编号转换为文本，或补上序数"),
    "D117": ("另有不在正文里的内容，单独列出", "drafter outline 列在提纲后面，drafter fmt 的结果里没有"),
    "D118": ("有内容没有读入", "需要时请在 Word 中打开，复制为普通文字"),
    "D120": ("上标的数字写成了 ²、³ 这样的字", ""),
    "D121": ("有修订{}处，按全部接受读", "有不该接受的，先在 Word 里拒绝，保存后再读"),
}
"""What is told about a file that is read all the same; {} is how many."""
_NOTES = ("D117", "D120", "D121")
_OWN_WAYS = {
    "插入的文件": "用 Word 打开，另存一次：插入的文件就成了正文，再读新的一份",
    "子文档": "在 Word 的大纲视图里展开子文档，取消链接，保存后再读；或一个一个地读",
}
"""What was left out → what to do, where that is not what D118 says."""


def refusal(code: str, name: str, detail: str = "") -> DraftError:
    """The error that refuses a file."""
    message, hint = REFUSALS[code]
    return DraftError(error(code, f"{message}（{detail}）" if detail else message, Span(name, 1, 1), hint))


def stranger(name: str, what: str) -> DraftError:
    """The error that refuses a file for what it is by its bytes (`sniff`): D102 for what Word opens, else D101."""
    way = WAYS.get(what, WAYS[""])
    return DraftError(error("D102" if what in OLD else "D101", f"读不了：{is_what(what)}", Span(name, 1, 1), way))


def remark(code: str, name: str, detail: str = "", line: int = 1, count: int = 0) -> Diagnostic:
    """The warning about a file that is read all the same; `line` is a paragraph number."""
    words, hint = WARNINGS[code]
    message = words.format(count)
    tell = note if code in _NOTES else warning
    return tell(code, f"{message}（{detail}）" if detail else message, Span(name, line, 1), hint)


def unread(name: str, what: str, count: int, line: int) -> Diagnostic:
    """The warning about what was left out, with the way to get it."""
    message, hint = WARNINGS["D118"]
    place = Span(name, line, 1)
    return warning("D118", f"{message}（{what}共{count}处）", place, _OWN_WAYS.get(what, hint))
