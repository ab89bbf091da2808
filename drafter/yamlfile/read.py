"""YAML from the disk as a located tree: every mistake said in Chinese at its place, nothing silent, nothing guessed."""

from __future__ import annotations

from drafter.charset import EncodingUnknown
from drafter.diagnostic import Diagnostic, error, note
from drafter.source import MAX_TEXT_BYTES, Files, Span, TooLarge
from drafter.yamlfile.slip import Broken, slip, syntax, unreadable
from drafter.yamlfile.sweep import unswept
from drafter.yamlfile.tree import Builder, Enough, Mapping, Node, Page, Scalar, Sequence


def load(files: Files, name: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """The mapping that a file holds, and what is wrong with it; None when it cannot be read. Never raises.

    An empty file is an empty mapping. GB 18030 is read with a note. Errors are F101–F109.
    """
    start = Span(name, 1, 1)
    try:
        text, encoding = files.text(name)
    except EncodingUnknown as bad:
        line = files.bytes(name)[: bad.offset].count(b"\n") + 1
        message = f"第{bad.offset + 1}个字节起读不出文字：不是 UTF-8，也不是 GB 18030"
        return None, (error("F107", message, Span(name, line, 1), "用记事本打开，另存为 UTF-8"),)
    except TooLarge:
        return None, (error("F109", f"文件超过 {MAX_TEXT_BYTES >> 20} MB", start, "拆成几个文件，附表另放 xlsx"),)
    except (OSError, ValueError) as bad:
        return None, (error("F107", f"文件打不开（{type(bad).__name__}）", start, "看文件在不在、有没有被占用"),)
    node, findings = read(text, name)
    if encoding in _TOLD:
        message, hint = _TOLD[encoding]
        findings = (note("F107", message, start, hint), *findings)
    if isinstance(node, Mapping | None):
        return node, findings
    return None, (*findings, *_not_mapping(node, text))


_TOLD = {
    "gb18030": ("文件是 GB 18030 编码，已照此读入", "建议另存为 UTF-8"),
    "utf-8-sig": ("文件是带 BOM 的 UTF-8，已照此读入", "不用改；想去掉就另存为不带 BOM 的 UTF-8"),
    "utf-16": ("文件是 UTF-16 编码，已照此读入", "建议另存为 UTF-8"),
    "utf-32": ("文件是 UTF-32 编码，已照此读入", "建议另存为 UTF-8"),
}
"""Encodings that are read and said."""


def _not_mapping(node: Scalar | Sequence, text: str) -> tuple[Diagnostic, ...]:
    """Why the file is no list of 键: 值; the slip on its first line says it best."""
    line = _lines(text)[node.span.line - 1]
    found = slip(line, Span(node.span.file, node.span.line, 1))
    return (found or error("F101", "文件不是“键: 值”的写法", node.span, "每行写成 键: 值，如 单位: 民政局", line[:40]),)


@unswept()
def read(text: str, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The located tree of a YAML text and all findings; None when it ends in the middle. Never raises.

    A text without content is an empty mapping. Anchors, aliases, tags and merge keys are findings and not followed.
    Why events: PyYAML's composer dies on deep nesting, hangs on merge keys, and forgets duplicate keys and digits.
    """
    text = text.removeprefix("\ufeff")
    start = Span(file, 1, 1)
    if len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
        return None, (error("F109", f"文件超过 {MAX_TEXT_BYTES >> 20} MB", start, "拆成几个文件"),)
    lines = _lines(text)
    refused = unreadable(lines, file)
    if refused:
        return None, refused
    told: list[Diagnostic] = []
    try:
        root = _tree(text, Page(file, lines), told)
    except Broken as broken:
        told.append(syntax(broken, lines, file))
    except Enough:
        pass
    except Exception as bad:  # noqa: BLE001 whatever a parser does on hostile bytes, reading ends with a finding
        told.append(error("F101", f"YAML 解析出错（{type(bad).__name__}）", start, "按 键: 值 重新写"))
    else:
        return root or Mapping(span=start), _in_order(told)
    return None, _in_order(told)


def _in_order(findings: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by place, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda d: d.span))


def _lines(text: str) -> list[str]:
    """The lines as YAML counts them; the one behind the last line end is none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _tree(text: str, page: Page, told: list[Diagnostic]) -> Node | None:
    """The tree of a text, C parser when there; findings go to `told`. Errors: Enough; Broken for the parser's own.

    Why not yaml.parse: it asks twice for every event.
    """
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        return Builder(page, loader.get_event, told).root()
    except yaml.MarkedYAMLError as bad:
        at, start = bad.problem_mark, bad.context_mark
        place = (at.line, at.column) if at else (0, 0)
        words = f"{bad.context or ''} {bad.problem or ''}"
        raise Broken(words, place, (start.line, start.column) if start else None) from bad
    except yaml.YAMLError as bad:
        raise Broken(str(bad), (0, 0), None) from bad
