"""What clerks mistype in YAML: the parser's words in Chinese, and the slip that most likely caused them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

from drafter.diagnostic import Diagnostic, error, warning
from drafter.source import Span

ODD_BLANKS = "\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f"
"""Blanks that look like one and are none to YAML (inside a regex class)."""
ZERO_WIDTH = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Characters that nobody sees (inside a regex class)."""
_ZERO = re.compile(f"[{ZERO_WIDTH}]")
_KEY = r"[ ]*(?:-[ ]+)*[^\s:：#\"'{}\[\],，]{1,40}"


@dataclass(frozen=True, slots=True)
class Slip:
    """One row: a line that matches `pattern` (place: group `at`) was most likely meant otherwise."""

    pattern: re.Pattern[str]
    message: str
    hint: str


SLIPS = (
    Slip(re.compile(rf"[ \t]*(?P<at>[{ODD_BLANKS}{ZERO_WIDTH}])"), "行首有不是半角空格的空白（如全角空格）",
         "缩进只用半角空格，每层两格"),
    Slip(re.compile(r" *(?P<at>\t)"), "缩进用了制表符（Tab）", "缩进只用半角空格，每层两格"),
    Slip(re.compile(r"[^#\"']*?[:\[,{-] *(?P<at>\{\{)"), "值里的 {{ }} 没有加引号",
         '整个值加半角引号，如 标题: "{{ 单位 }}总结"'),
    Slip(re.compile(rf"{_KEY}(?P<at>：)"), "冒号是全角的", "冒号要用半角，后面空一格，如 单位: 民政局"),
    Slip(re.compile(rf"{_KEY}:(?P<at>[{ODD_BLANKS}])"), "冒号后面不是半角空格",
         "冒号后面空一个半角空格，如 单位: 民政局"),
    Slip(re.compile(rf"{_KEY}(?P<at>:)[^\s:/]"), "冒号后面缺一个空格", "冒号后面空一格，如 单位: 民政局"),
    Slip(re.compile(rf"{_KEY}: +(?P<at>-) *(?:#.*)?$"), "“-”不能当值", "还不知道就留空；要印出来就加半角引号"),
    Slip(re.compile(r"[^:\"'{\[#]+: +(?P<at>[^\s\"'{\[|>#][^#]*?: )"), "值里又有一个“: ”", "整个值加半角引号"),
    Slip(re.compile(r"[^:\"'#]+: +(?P<at>[@`%*&!])"), "值的第一个字符在 YAML 里另有意思", "整个值加半角引号"),
    Slip(re.compile(r"[^:\"'#]+: +(?P<at>[\"'])[^\"']*[\"'] *[^\s#,}\]]"), "引号后面还有文字",
         "把整个值放进一对引号；文字里的引号用“ ”"),
)  # fmt: skip
"""The common slips, most telling first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One row: the parser's words, ours, and whether the construct's start is the better place."""

    pattern: re.Pattern[str]
    message: str
    hint: str
    at_start: bool = False
    code: str = "F101"


_INDENT = "看这一行和上一行的缩进：同一层的键要左对齐，每层两个半角空格"
PROBLEMS = (
    Problem(re.compile("could not find expected ':'"), "这一行没有冒号，不成“键: 值”",
            "写成 键: 值；接着上一行的文字要缩进", at_start=True),
    Problem(re.compile("mapping values are not allowed"), "这里不能再有冒号",
            f"值里有冒号时整个值加半角引号；或者{_INDENT}"),
    Problem(re.compile("sequence entries are not allowed"), "这里不能有“- ”", "“- ”另起一行，缩进两格"),
    Problem(re.compile("alias|anchor"), "用了 YAML 的引用（& 或 *）", "如果是文字，整个值加半角引号", at_start=True, code="F106"),
    Problem(re.compile("tag"), "用了 YAML 的类型标签（!）", "如果是文字，整个值加半角引号", at_start=True, code="F106"),
    Problem(re.compile("directive|document start"), "用了 YAML 指令（%）或多个文档（---、...）",
            "去掉这一行；一个文件只写一份事实", code="F106"),
    Problem(re.compile("quoted scalar.*end of stream"), "引号没有闭合", "在值的末尾补上同样的半角引号", at_start=True),
    Problem(re.compile("flow mapping"), "花括号里缺逗号或没有闭合",
            "写成 {本期: 6, 上年同期: 12}，逗号、冒号都用半角", at_start=True),
    Problem(re.compile("flow sequence"), "方括号里缺逗号或没有闭合", "写成 [甲, 乙]，逗号用半角", at_start=True),
    Problem(re.compile("Unicode character escape"), "引号里的 \\u 转义不是字符", "去掉转义，直接写文字", code="F108"),
    Problem(re.compile("escape"), "双引号里有不认识的反斜杠转义", "反斜杠写两个（\\\\），或改用单引号"),
    Problem(re.compile("cannot start any token"), "值的第一个字符在 YAML 里另有意思", "整个值加半角引号"),
    Problem(re.compile("block mapping|block end|expected key"), "这里应当是“键: 值”", _INDENT),
    Problem(re.compile("block collection|'-' indicator"), "这里应当是“- ”开头的一项", _INDENT),
    Problem(re.compile("block scalar"), "| 或 > 后面的写法不对", "| 后面换行，文字缩进两格"),
    Problem(re.compile(""), "YAML 写法有误", _INDENT),
)  # fmt: skip
"""The parser's complaints (context and problem in one string), first match wins; the last row takes everything."""


class Broken(Exception):
    """A syntax error as the parser tells it; lines and columns from 0, start None when it names none."""

    def __init__(self, words: str, place: tuple[int, int], start: tuple[int, int] | None) -> None:
        super().__init__(words)
        self.words = words
        self.place = place
        self.start = start


def syntax(broken: Broken, lines: list[str], file: str) -> Diagnostic:
    """The F101 (F106, F108) of a syntax error: at the slip that explains it, else where the parser points."""
    row = next(p for p in PROBLEMS if p.pattern.search(broken.words))
    place = broken.start if row.at_start and broken.start else broken.place
    span = clamped(place, lines, file)
    found = next((s for n in _suspects(broken, lines) if (s := slip(lines[n], Span(file, n + 1, 1)))), None)
    if found and row.code == "F101":
        return found
    return error(row.code, row.message, span, row.hint, lines[span.line - 1][:40])


def slip(line: str, start: Span) -> Diagnostic | None:
    """The first slip of SLIPS on a line that begins at `start`, None when it has none."""
    for row in SLIPS:
        found = row.pattern.match(line)
        if found:
            span = Span(start.file, start.line, start.column + found.start("at"))
            return error("F101", row.message, span, row.hint, line.strip()[:40])
    return None


def _suspects(broken: Broken, lines: list[str]) -> list[int]:
    """Lines that may hold the slip: the construct's start, the place itself, the written line before it."""
    here = min(broken.place[0], len(lines) - 1)
    before = here - 1
    while before >= 0 and (not lines[before].strip() or lines[before].lstrip().startswith("#")):
        before -= 1
    start = broken.start[0] if broken.start and "simple key" in broken.words else here
    return list(dict.fromkeys(n for n in (start, here, before) if 0 <= n < len(lines)))


def clamped(place: tuple[int, int], lines: list[str], file: str) -> Span:
    """A place from 0 as a Span inside the existing lines: the end of the file is behind its last written line."""
    line, column = place
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    return Span(file, line + 1, min(column, len(lines[line])) + 1)


def folded(name: str) -> str:
    """The form in which names are compared: NFKC, without zero-width characters and blanks around.

    Why the test: what is printable has no zero-width character, and most names are in that form already.
    """
    if name.isascii() or (name.isprintable() and is_normalized("NFKC", name)):
        return name.strip()
    return normalize("NFKC", _ZERO.sub("", name)).strip()


_NEVER = "\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffc" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}-{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_REFUSED = re.compile(f"[{_NEVER}]")
_SUSPECT = re.compile(f"[{ZERO_WIDTH}\ufffd]")
_ODD_KEY = re.compile(f"[{ODD_BLANKS}{ZERO_WIDTH}]")
_QUOTES = "“”‘’＂＇"
_WRAPPED = re.compile(f"[{_QUOTES}].*[{_QUOTES}]")
_KEY_IN_VALUE = re.compile(r"[^\s:：，。；“]{1,20}(?:：|:(?=\S))")
_NAMES = {0: "NUL", 7: "响铃", 8: "退格", 0x1A: "DOS 文件结束符", 0x1B: "ESC", 0x2028: "行分隔符", 0x2029: "段分隔符"}
MAX_UNREADABLE = 20


def unreadable(lines: list[str], file: str) -> tuple[Diagnostic, ...]:
    """F108 for the characters that no file may hold, each at its place, the first MAX_UNREADABLE of them."""
    odd = ((n, line) for n, line in enumerate(lines, start=1) if not line.isprintable() or "\ufffc" in line)
    found = ((n, match) for n, line in odd for match in _REFUSED.finditer(line))
    return tuple(
        error("F108", f"文件里有{_named(match[0])}", Span(file, n, match.start() + 1), "删去这个看不见的字符")
        for (n, match), _ in zip(found, range(MAX_UNREADABLE), strict=False)
    )


def _named(character: str) -> str:
    code = ord(character)
    words = _NAMES.get(code, "")
    kind = "控制字符" if code < 0xA0 or words else "不是文字的字符"
    return f"{kind} U+{code:04X}" + (f"（{words}）" if words else "")


def ordinary(text: str) -> bool:
    """Whether a text has none of the characters that key_findings and value_findings look for.

    Why: one look at a text instead of five searches. Python's printable is what has a glyph, and the blank: none of
    _NEVER, ZERO_WIDTH and ODD_BLANKS is, but for U+FFFC, which stands for a drawing.
    """
    if not text.isprintable():
        return False
    return text.isascii() or (text[0] not in _QUOTES and "\ufffd" not in text and "\ufffc" not in text)


def key_findings(text: str, span: Span, *, quoted: bool) -> list[Diagnostic]:
    """What is wrong with a key: characters that cannot be (F108), are not seen (F101), or mean something (F106)."""
    if text.isascii() and text.isprintable() and text.strip() not in ("<<", ""):
        return []
    if bad := _REFUSED.search(text):
        return [error("F108", f"键“{text}”里有{_named(bad[0])}", span, "删去这个看不见的字符")]
    if odd := _ODD_KEY.search(text.strip() if quoted else text):
        hint = "缩进和空格都用半角空格；名称中间不留空"
        return [error("F101", f"键“{text}”里有看不见的或全角的空白 U+{ord(odd[0]):04X}", span, hint, text[:40])]
    if not text.strip():
        return [error("F101", "键是空的", span, "冒号前面写上名称")]
    return [error("F106", "用了 YAML 的合并键（<<）", span, "把内容写出来")] if text == "<<" and not quoted else []


def value_findings(text: str, span: Span, key: str, *, quoted: bool, same_line: bool) -> list[Diagnostic]:
    """What is wrong with the text of `key`: F108 for characters, F101 for a key that was meant, or for “ ” around."""
    if bad := _REFUSED.search(text):
        return [error("F108", f"“{key}”的值里有{_named(bad[0])}", span, "删去这个看不见的字符")]
    if text.isascii() and (quoted or same_line):
        return []
    found: list[Diagnostic] = []
    if odd := _SUSPECT.search(text):
        name = "认不出的字（�）" if odd[0] == "\ufffd" else f"看不见的字符 U+{ord(odd[0]):04X}"
        found.append(warning("F108", f"“{key}”的值里有{name}", span, "删去它，或补上原来的字", text[:40]))
    if not quoted and _WRAPPED.fullmatch(text):
        hint = "不要引号就去掉；要印就不用改"
        found.append(warning("F101", f"“{key}”的引号是全角的，会原样印出", span, hint, text[:40]))
    return found if quoted or same_line else found + swallowed(text, span, key)


def swallowed(text: str, span: Span, key: str) -> list[Diagnostic]:
    """F101 for a line of plain text below `key` that was meant as 键: 值."""
    if not _KEY_IN_VALUE.match(text):
        return []
    hint = "冒号要用半角，后面空一格，如 本期: 6；是文字就加半角引号"
    return [error("F101", f"“{key}”下面的一行不成“键: 值”", span, hint, text[:40])]


_THOUSANDS = re.compile(r"\d+(?:\.\d+)?[^\d\s:：]{0,6}", re.ASCII)


def lonely_key(text: str, span: Span) -> list[Diagnostic]:
    """F101 for a key without a value inside { } that was meant otherwise: 本期：6, 本期:6, or the 234 of 1,234."""
    if _KEY_IN_VALUE.match(text):
        return [error("F101", f"“{text}”的冒号写得不对", span, "冒号要用半角，后面空一格，如 {本期: 6}", text[:40])]
    if _THOUSANDS.fullmatch(text):
        return [error("F101", f"“{text}”没有值", span, '千分位的逗号在 { } 里要加引号，如 {本期: "1,234"}', text[:40])]
    return []
