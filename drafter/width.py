"""全半角: the width of marks, digits and letters, and the blanks around marks.

Source: GB/T 15834-2011 (marks in Chinese text are full-width), GB/T 15835-2011 5.1.7 (digits are half-width).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafter import blanks, shield, unseen
from drafter.blanks import BLANK, BLANKS, CLOSINGS, OPENINGS, STOPS
from drafter.shield import HAN

ROUNDS = 4
"""How often one line is gone through; two are enough for what people type."""
FULL_UNITS = "‰℃㎡㎥㎞"
"""Units that are one full-width character; marks behind them are those of Chinese text."""
FULL = str.maketrans(",;:!?.()", "，；：！？。（）")
_HALF = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for first, last in ("０９", "ＡＺ", "ａｚ") for code in range(ord(first), ord(last) + 1)},
        "％": "%",
        "｡": "。",
        "､": "、",
    }
)  # fmt: skip


def widths(text: str) -> str:
    """The text with marks of Chinese text full-width, digits and Latin letters half-width, no blanks around marks,
    and nothing that cannot be seen.

    Untouched: numbers (1,752 3.14 9:30 1:5000), addresses, file names, quotations and runs of Latin words, template
    tags, bars of table rows, letter-spaced 汉字. Brackets change in pairs. Linear in the length of the text.
    Source: official-style 5 (P-HALF, P-PAREN, P-DOT, P-SPACE, D-FULL).
    """
    safe = shield.tags(text)
    return safe.restored("\n".join(line(one) for one in safe.text.split("\n")))


def line(text: str) -> str:
    """One line (see `widths`); in a row of a pipe table every cell by itself."""
    text = unseen.without(text)
    if len(text) > 1 and text[0] == "|" == text[-1]:
        return "|".join(_cell(cell) for cell in re.split(r"(?<!\\)\|", text))
    return _stable(text)


def _cell(text: str) -> str:
    core = text.strip()
    start = text.find(core) if core else 0
    return text[:start] + _stable(core) + text[start + len(core) :]


def _stable(text: str) -> str:
    for _ in range(ROUNDS):
        safe = shield.tokens(text)
        done = safe.restored(_round(safe.text))
        if done == text:
            break
        text = done
    return text


def _round(text: str) -> str:
    folded = _BETWEEN_DIGITS.sub(".", text.translate(_HALF))
    if not _CHINESE.search(folded):
        return folded
    return blanks.closed_up(_marked(blanks.joined_units(folded)))


_BETWEEN_DIGITS = re.compile("(?<=[0-9])．(?=[0-9])")
_CHINESE = re.compile(f"[{HAN}{STOPS}]")
_IS_HAN = re.compile(f"[{HAN}]")
_IS_LATIN = re.compile("[A-Za-z]")
_IS_TAG = re.compile(f"[{shield.TAG}]")

# Marks and brackets.

_BRACKET = re.compile(rf"[()（）]|[。；]|[{HAN}“”《》]+")


@dataclass(slots=True)
class _Open:
    """A bracket not closed yet, and what had been seen before it."""

    at: int
    han: int
    stops: int


@dataclass(slots=True)
class _Marks:
    """A line whose marks are being widened from left to right; what is left of a mark is final when it is judged."""

    chars: list[str]
    closing: dict[int, int] = field(default_factory=dict)
    """Opening → closing place of pairs of half-width brackets that are judged by what stands around them."""

    def left(self, at: int) -> int:
        """Place of the character before `at`, blanks passed over; -1 when there is none."""
        at -= 1
        while at >= 0 and self.chars[at] in BLANKS:
            at -= 1
        return at

    def right(self, at: int) -> int:
        """Place of the character behind `at`, blanks passed over; -1 when there is none."""
        at += 1
        while at < len(self.chars) and self.chars[at] in BLANKS:
            at += 1
        return at if at < len(self.chars) else -1

    def get(self, at: int) -> str:
        """The character at a place, '' outside the line."""
        return self.chars[at] if 0 <= at < len(self.chars) else ""

    def before(self, at: int, length: int) -> str:
        """Up to `length` characters before `at`."""
        return "".join(self.chars[max(0, at - length) : at])

    def widen(self, at: int) -> None:
        """Make the mark at a place full-width."""
        self.chars[at] = self.chars[at].translate(FULL)


def _marked(text: str) -> str:
    marks = _Marks(list(text))
    _pair(marks, text)
    for found in _MARK.finditer(text):
        at = found.start()
        if found[0] == "(":
            if at in marks.closing and _is_chinese_bracket(marks, at):
                marks.widen(at)
                marks.widen(marks.closing[at])
        elif _is_chinese_stop(marks, at) if found[0] == "." else _is_chinese_mark(marks, at, found[0]):
            marks.widen(at)
    return "".join(marks.chars)


_MARK = re.compile("[,;:!?.(]")


def _pair(marks: _Marks, text: str) -> None:
    """Widen every pair that holds 汉字 or is half full-width already; keep the other half-width pairs for later."""
    opened: list[_Open] = []
    han = stops = 0
    for found in _BRACKET.finditer(text):
        sign = found[0]
        if sign in "(（":
            opened.append(_Open(found.start(), han, stops))
        elif sign in ")）":
            if opened:
                _close(marks, opened.pop(), found.start(), han, stops)
        elif sign in "。；":
            stops += 1
        else:
            han += 1


def _close(marks: _Marks, opening: _Open, at: int, han: int, stops: int) -> None:
    half = marks.chars[opening.at] == "(", marks.chars[at] == ")"
    mixed = any(half) and not all(half)
    if (mixed and stops == opening.stops) or (all(half) and han > opening.han):
        marks.widen(opening.at)
        marks.widen(at)
    elif all(half):
        marks.closing[opening.at] = at


def _is_chinese_bracket(marks: _Marks, at: int) -> bool:
    """Whether a bracket around digits or Latin text belongs to the Chinese text before it: 世界银行(WB), 第(2)项."""
    following = marks.get(marks.closing[at] + 1)
    if following and following in "×÷*/=^+<>":
        return False
    left = marks.get(marks.left(at))
    if not left or left in OPENINGS:
        return bool(_IS_HAN.match(following))
    return bool(_IS_HAN.match(left)) or left in CLOSINGS + STOPS


def _is_chinese_mark(marks: _Marks, at: int, mark: str) -> bool:
    """Whether , ; : ! or ? stands in Chinese text: 汉字 or full-width marks touch it."""
    left, right = marks.left(at), marks.right(at)
    before, after = marks.get(left), marks.get(right)
    if (mark == "!" and marks.get(at + 1) == "[") or (mark == ":" and after == "/" == marks.get(right + 1)):
        return False
    if mark == "?" and _is_lost_dot(marks, at):
        return False
    if _IS_HAN.match(after):
        return True
    if after and after in OPENINGS:
        return not (_IS_LATIN.match(before) and _IS_LATIN.match(marks.get(right + 1)))
    return _follows_chinese(marks, at, left, after)


def _follows_chinese(marks: _Marks, at: int, left: int, after: str) -> bool:
    """Whether the mark stands behind Chinese text, or behind a figure or word that stands behind Chinese text."""
    before = marks.get(left)
    if before and before in "\"'":
        before = marks.get(left - 1)
    if _IS_HAN.match(before) or (before and before in STOPS + FULL_UNITS):
        return True
    if before and before in CLOSINGS:
        latin = before in "”’" and _IS_LATIN.match(marks.get(left - 1))
        return not (latin and _IS_LATIN.match(after))
    if _IS_TAG.match(before) and marks.chars[at] in ",;":
        return not after.isdecimal()
    tail = marks.before(at, 32)
    if before == "%":
        return bool(_RATE_BEHIND_CHINESE.search(tail))
    return (not after or marks.chars[at] == ";") and bool(_WORD_BEHIND_CHINESE.search(tail))


_RATE_BEHIND_CHINESE = re.compile(rf"[{HAN}{STOPS}{CLOSINGS}][0-9xX×*.,+±~-]{{1,30}}%[{BLANK}]*\Z")
_WORD_BEHIND_CHINESE = re.compile(rf"[{HAN}{STOPS}{CLOSINGS}][!-~{shield.TAG}{shield.TOKEN}]{{1,30}}\Z")


def _is_lost_dot(marks: _Marks, at: int) -> bool:
    """Whether ? stands for a lost · inside a name (爱在青山?感恩有你): nothing in the quotation asks."""
    if not (_IS_HAN.match(marks.get(at - 1)) and _IS_HAN.match(marks.get(at + 1))):
        return False
    name = _QUOTED_TAIL.search(marks.before(at, 30))
    return name is not None and not _ASKS.search(name[0])


_QUOTED_TAIL = re.compile("[“《][^”》。；]*\\Z")
_ASKS = re.compile("[谁何怎哪几吗呢啥]|什么|是否|多少|能不能|有没有|可否|是不是|为么")


def _is_chinese_stop(marks: _Marks, at: int) -> bool:
    """Whether . ends a Chinese sentence: no decimal, ordinal (一.), file name, dots, or dot in a name (买买提.艾力)."""
    before, after = marks.get(at - 1), marks.get(at + 1)
    if before == "%":
        return (not after or bool(_IS_HAN.match(after))) and bool(_RATE_BEHIND_CHINESE.search(marks.before(at, 32)))
    if not before or not (_IS_HAN.match(before) or before in CLOSINGS) or _GOES_ON.match(after):
        return False
    head = marks.before(at, 8)
    if _ORDINAL.search(head):
        return False
    tail = "".join(marks.chars[at + 1 : at + 3])
    if _DOMAIN.match("".join(marks.chars[at + 1 : at + 4])):
        return False
    return not (_NAMED.fullmatch(head[-2:]) and _NAMED.fullmatch(tail)) and not (
        before in _NUMERALS and after and after in _NUMERALS
    )


_GOES_ON = re.compile(f"[0-9A-Za-z.{shield.TAG}{shield.TOKEN}]")
_DOMAIN = re.compile("(?:政务|公益|中国|公司|网络)(?![\u4e00-\u9fff])")
"""What stands behind the dot of a Chinese domain: 中国政府网.政务."""
_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"(?:\A|[{STOPS},;:第其])[（(]?[{_NUMERALS}]{{1,3}}[)）]?\Z")
_NAMED = re.compile(
    "[卜杜司马义玉素甫亚森肉热艾尼牙孜吾甫地沙吉阿艾买提吐尔逊依布拉江木卡热古丽克孜斯坦达瓦扎西洛桑尼玛次仁卓嘎多吉巴德勒格桑帕提曼努尔麦合里力哈萨那娜汗别赛义铁塔伊萨姆莎迪亚]{2}"
)
