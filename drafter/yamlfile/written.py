"""Trees as YAML text: plain where YAML and the reader of facts take a value as it is meant, quoted everywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drafter import numeral
from drafter.figure import OPERANDS
from drafter.yamlfile.slip import ODD_BLANKS, ZERO_WIDTH, folded
from drafter.yamlfile.tree import Mapping as Branch
from drafter.yamlfile.tree import Node, Scalar, Sequence

NUMBER_KEYS = frozenset((*OPERANDS, "第", "共", "上期", "上年同期"))
"""Keys whose value is a number, quoted or not."""
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`~=")
_OTHERWISE = re.compile(
    r"yes|no|on|off|true|false|null|y|n|<<|\.\.\..*"
    r"|[-+]?0\d[\d,.]*|[-+]?\d[\d,]*_[\d,_.]*|0[xob][\da-f_]+|[-+]?\d{1,4}(?::\d{1,2})+(?:\.\d*)?"
    r"|\d{4}-\d{1,2}(?:-\d{1,2}.*)?|[-+]?(?:\.\d+|\d+\.)|[-+]?\d+(?:\.\d+)?e[-+]?\d+|[-+]?\.(?:inf|nan)|[-+]?\d+\.\d{13,}",
    re.IGNORECASE,
)
"""Texts that some reader of YAML takes for a number, a day, a yes or nothing, or that ours remarks on."""
_INSIDE = re.compile(r":(?:\s|$)|\s#|[\n\t]")
_INSIDE_FLOW = re.compile(r"[,\[\]{}:#]")
_ODD_ENDS = re.compile(rf"[\s{ODD_BLANKS}{ZERO_WIDTH}]|.*[\s{ODD_BLANKS}{ZERO_WIDTH}]", re.DOTALL)
_WRAPPED = re.compile(r"[“”‘’＂＇].*[“”‘’＂＇]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def written(tree: Branch, head: str = "", comments: Mapping[str, str] | None = None) -> str:
    """A fresh facts file: `head` as it is, then a line for each fact, lists item by item; `comments` by key stand behind.

    Reading it gives the tree again (numbers, texts and empty values; a quoted text stays one).
    """
    lines = [head.rstrip("\n")] if head.strip() else []
    for key, node in tree.items:
        remark = (comments or {}).get(key.text, "").replace("\n", " ").strip()
        first, *rest = entry(key, node, "")
        lines += [f"{first}   # {remark}" if remark else first, *rest]
    return "\n".join([*lines, ""])


def entry(key: Scalar, node: Node, indent: str) -> list[str]:
    """The lines of a key and its value in a block: a list is a line for each item, anything else stands behind the key."""
    label = f"{indent}{spelled_key(key.text)}:"
    if isinstance(node, Sequence) and node.items:
        return [label, *items(node, f"{indent}  ")]
    if isinstance(node, Branch) and node.items and not fits_flow(node, key.text):
        return [label, *(line for k, v in node.items for line in entry(k, v, f"{indent}  "))]
    text = spelled(node, flow=False) if isinstance(node, Scalar) else flow(node, key.text)
    return [f"{label} {text}" if text else label]


def items(node: Sequence, indent: str) -> Iterator[str]:
    """The lines of a list's items, each behind its dash."""
    for item in node.items:
        if isinstance(item, Branch) and item.items and not fits_flow(item, ""):
            lines = [line for key, value in item.items for line in entry(key, value, f"{indent}  ")]
            yield f"{indent}- {lines[0].lstrip(' ')}"
            yield from lines[1:]
        else:
            text = spelled(item, flow=False) if isinstance(item, Scalar) else flow(item, "")
            yield f"{indent}- {text}".rstrip(" ") if text else f'{indent}- ""'


def fits_flow(node: Branch, key: str) -> bool:
    """Whether a mapping can stand in { } as it is: a number with a comma outside of a figure cannot."""
    for name, value in node.items:
        word = folded(name.text)
        if isinstance(value, Branch) and not fits_flow(value, word):
            return False
        if isinstance(value, Scalar) and not is_typed(word, key) and "," in value.text and _is_number(value):
            return False
    return True


def is_typed(key: str, inside: str) -> bool:
    """Whether the value of a key is read as a number even when it is quoted."""
    return key in NUMBER_KEYS or folded(inside) == "其中"


def _is_number(node: Scalar) -> bool:
    return not node.quoted and len(node.text) <= 60 and numeral.parse(node.text) is not None


def flow(node: Node, key: str) -> str:
    """A node inside { } or [ ]; `key` is the one it stands under.

    A number with a comma is quoted where a figure wants a number, and written without the comma elsewhere.
    """
    if isinstance(node, Scalar):
        return spelled(node, flow=True)
    if isinstance(node, Sequence):
        return f"[{', '.join(flow(item, '') or '~' for item in node.items)}]"
    return "{" + ", ".join(pair(name, value, key) for name, value in node.items) + "}"


def pair(key: Scalar, node: Node, inside: str) -> str:
    """键: 值 inside { }."""
    word = folded(key.text)
    text = spelled(node, flow=True, typed=is_typed(word, inside)) if isinstance(node, Scalar) else flow(node, word)
    return f"{spelled_key(key.text, flow=True)}: {text}"


def spelled(node: Scalar, *, flow: bool, typed: bool = True) -> str:
    """A value as YAML: plain when it is read as meant, else in quotes; nothing for an empty one.

    `typed` says that it is read as a number also in quotes.
    """
    text = node.text.removesuffix("\n") if node.style in ("|", ">") else node.text
    if node.empty or (not text and not node.quoted):
        return ""
    number = len(text) <= 60 and numeral.parse(text) is not None
    if number and not node.quoted:
        if not flow or "," not in text:
            return text if _plain(text, flow=flow) else quoted(text)
        return quoted(text) if typed else _without_commas(text)
    if number or not _plain(text, flow=flow) or _OTHERWISE.fullmatch(text) or _WRAPPED.fullmatch(text):
        return quoted(text)
    return text


def _without_commas(text: str) -> str:
    found = numeral.parse(text)
    return found.written.replace(",", "") + found.unit if found else text


def spelled_key(text: str, *, flow: bool = False) -> str:
    """A key as YAML."""
    text = text.strip()
    odd = text.lower() in ("~", "null", "<<") or _OTHERWISE.fullmatch(text)
    return text if text and _plain(text, flow=flow) and not odd else quoted(text)


def _plain(text: str, *, flow: bool) -> bool:
    """Whether YAML reads the plain text as this very text."""
    if not text or _ODD_ENDS.fullmatch(text) or _ODD_ENDS.fullmatch(text[0]) or not text.isprintable():
        return False
    if text[0] in _FIRST and not (text[0] == "-" and len(text) > 1 and text[1] not in " -" and _number_like(text)):
        return False
    return not _INSIDE.search(text) and not (flow and _INSIDE_FLOW.search(text))


def _number_like(text: str) -> bool:
    return numeral.parse(text[:80]) is not None


def quoted(text: str) -> str:
    """A text in quotes: double ones, single ones around quotes and backslashes, escapes where nothing else does."""
    if not re.search(r'["\\]', text) and text.isprintable():
        return f'"{text}"'
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(c, c if c.isprintable() else _escaped(c)) for c in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
