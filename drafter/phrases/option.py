"""Options of the filters: what may stand in the brackets, checked before anything is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from drafter.phrases.phrase import PhraseError

BASES = {"上年同期": "同比", "上期": "环比"}
"""What a figure is compared with, and the word for it."""
_YES = {True: True, False: False, "是": True, "否": False}
_MAX_PLACES = 12
MAX_CHARACTERS = 40
"""Characters that a word given as an option may have."""


def places(number: object, example: str) -> int:
    """小数: a count of decimals. Errors: PhraseError when it is none."""
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= _MAX_PLACES:
        return number
    raise PhraseError("小数位数要写0到12的整数", f"例：{example}")


def some_places(number: object, example: str) -> int | None:
    """小数, or None when it was not said. Errors: PhraseError when it is no count."""
    return None if number is None else places(number, example)


def verbs(said: object, example: str) -> tuple[str, str] | None:
    """动词: the words for up and down (上升、回落), or None when none were said. Errors: PhraseError."""
    if said is None:
        return None
    words = re.split(r"[、，,/]", said) if isinstance(said, str) else []
    if len(words) == 2 and all(w.strip() for w in words) and words[0].strip() != words[1].strip():
        return words[0].strip(), words[1].strip()
    raise PhraseError("动词要写两个，前一个说升，后一个说降，中间用顿号", f"例：{example}")


def ways(said: object, allowed: tuple[str, ...], example: str) -> frozenset[str]:
    """写法: the ways that were asked for, several joined by 、; empty when none. Errors: PhraseError for others."""
    if said is None or (isinstance(said, str) and not said):
        return frozenset()
    if not isinstance(said, str):
        raise PhraseError("写法要加引号", f"例：{example}")
    found = frozenset(word.strip() for word in re.split(r"[、，,]", said))
    if strange := sorted(found - set(allowed)):
        raise PhraseError(f"没有“{strange[0]}”这种写法，可写：{'、'.join(allowed)}", f"例：{example}")
    return found


def base(said: object, example: str, allowed: tuple[str, ...] = tuple(BASES)) -> str:
    """What to compare with: 上年同期 (also 同比) or 上期 (also 环比). Errors: PhraseError for others."""
    meant = {word: key for key, word in BASES.items()}.get(said, said) if isinstance(said, str) else None
    if meant in allowed:
        return meant
    raise PhraseError(f"要写同什么比：{'、'.join(allowed)}，加引号", f"例：{example}")


def than(said: object, example: str) -> str:
    """称: 较 or 比 and what it is compared with (较去年同期); empty when none was said. Errors: PhraseError."""
    if said is None:
        return ""
    if isinstance(said, str) and said[:1] in ("较", "比") and 1 < len(said) <= MAX_CHARACTERS:
        return said
    raise PhraseError("称要以“较”或“比”开头，加引号", f"例：{example}")


def yes(said: object, name: str, example: str) -> bool:
    """Whether it is true (是 or 否 in quotes). Errors: PhraseError for others."""
    if isinstance(said, (bool, str)) and said in _YES:
        return _YES[said]
    raise PhraseError(f"{name}要写true或false", f"例：{example}")


def text(said: object, name: str, example: str) -> str:
    """A word in quotes, or one of the facts. Errors: PhraseError when it is no text or too long."""
    if isinstance(said, str) and len(said) <= MAX_CHARACTERS:
        return said
    raise PhraseError(f"{name}要写不超过{MAX_CHARACTERS}字的文字，加引号", f"例：{example}")


def positive(said: object, name: str, example: str) -> Decimal:
    """A number above 0. Errors: PhraseError when it is none."""
    if isinstance(said, (int, float)) and not isinstance(said, bool) and 0 < said < 10**16:
        return Decimal(str(said))
    raise PhraseError(f"{name}要写大于0的数", f"例：{example}")


def columns(said: object, example: str) -> tuple[tuple[str, str], ...]:
    """列: (head, field) of every column, the head empty where none was given; empty when nothing was said.

    Shapes: names, or {head: name}, alone or in a list. Errors: PhraseError.
    """
    if said is None:
        return ()
    parts = said if isinstance(said, (list, tuple)) else [said]
    found = [pair for part in parts for pair in _pairs(part)]
    if found and all(_is_word(field) and isinstance(head, str) for head, field in found):
        return tuple((str(head).strip(), str(field).strip()) for head, field in found)
    raise PhraseError("列要写各列的名称，加引号；换个表头写成 {表头: 名称}", f"例：{example}")


def _pairs(part: object) -> list[tuple[object, object]]:
    if isinstance(part, Mapping):
        return list(part.items())
    return [("", word) for word in part.split("、")] if isinstance(part, str) else [("", part)]


def _is_word(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip()) and len(said) <= MAX_CHARACTERS


PLACES = ("首行", "末行")
"""Where the row of totals stands."""


def totals(said: object, example: str) -> tuple[tuple[str, ...] | None, str, bool]:
    """合计: (columns that were named, or None for all that add up; the word of its row, empty for no such row; 首行).

    Errors: PhraseError.
    """
    if said is None or (isinstance(said, (bool, str)) and said in ("否", False)):
        return None, "", False
    if isinstance(said, (list, tuple)) and said and all(map(_is_word, said)):
        return tuple(str(word).strip() for word in said), "合计", False
    if said is True or (isinstance(said, str) and said == "是"):
        return None, "合计", False
    words = [word.strip() for word in said.split("、")] if isinstance(said, str) and _is_word(said) else []
    labels = [word for word in words if word not in PLACES]
    if words and len(labels) <= 1 and all(words):
        return None, (labels or ["合计"])[0], PLACES[0] in words
    raise PhraseError("合计要写true、要合计的列的名称（列表），或“首行”“总计”这样的词", f"例：{example}")


def title(said: object, name: str, example: str) -> str:
    """A line of its own: one line, without a mark at its end; empty when nothing was said. Errors: PhraseError."""
    if said is None:
        return ""
    words = " ".join(said.split()) if isinstance(said, str) else ""
    if not words or len(words) > MAX_TITLE or words[-1] in "。；，":
        raise PhraseError(f"{name}要写不超过{MAX_TITLE}字的文字，加引号，末尾不加标点", f"例：{example}")
    return words


MAX_TITLE = 50
"""Characters of a caption that is still read as one."""
