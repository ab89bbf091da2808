"""What is wrong with a template, before and while it runs, in Chinese and with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from drafter.diagnostic import Diagnostic, did_you_mean, error
from drafter.missing import ComparisonError, Missing, UndecidedError
from drafter.phrases import PhraseError
from drafter.source import Span
from drafter.template.marks import lacking
from drafter.template.sandbox import BudgetError
from drafter.template.scan import WIDE, Scan, Tag, scan

UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, line separators and the noncharacters that carry marks."""


def problems(environment: Any, source: str, file: str, seen: frozenset[str] = frozenset()) -> list[Diagnostic]:
    """Everything that can be said of a template and of those it includes, without facts; empty when it can be run."""
    found = scan(source, file)
    told = [*_characters(found), *_wide_braces(found)]
    if found.unclosed is not None:
        told.append(_unclosed(found, found.unclosed))
        return told
    try:
        tree = environment.parse(source, file, file)
    except TemplateSyntaxError as stop:
        return [*told, *_syntax(environment, found, stop)]
    except RecursionError:
        return [*told, error("T101", "模板嵌套太深", Span(file, 1, 1), "拆成几个小模板")]
    return [*told, *_names(environment, found, tree), *_includes(environment, found, tree, seen | {file})]


def _characters(found: Scan) -> Iterator[Diagnostic]:
    for odd in UNSEEN.finditer(found.source):
        yield error("T106", f"有不能用的字符 U+{ord(odd[0]):04X}", found.span(odd.start()), "删掉这个字符")


def _wide_braces(found: Scan) -> Iterator[Diagnostic]:
    inside = [(t.start, t.end) for t in found.tags]
    for wide in WIDE.finditer(found.source):
        if not any(start <= wide.start() < end for start, end in inside):
            yield error(
                "T106", f"花括号“{wide[0]}”是全角的", found.span(wide.start()), "改成半角 {{ }} 或 {% %}", wide[0]
            )


def _unclosed(found: Scan, tag: Tag) -> Diagnostic:
    closing = {"{{": "}}", "{%": "%}", "{#": "#}"}[tag.opening]
    quote = found.source[tag.start : tag.start + 20].split("\n")[0]
    return error(
        "T101", f"“{tag.opening}”没有收尾", found.span(tag.start), f"补上“{closing}”，并核对里面的引号和括号成对", quote
    )


def _syntax(environment: Any, found: Scan, stop: TemplateSyntaxError) -> list[Diagnostic]:
    """Every expression that cannot be read, each at its place; else the error of the whole. Those that can are checked."""
    told = [d for tag in found.tags if tag.opening == "{{" for d in _expression(environment, found, tag)]
    if any(d.code == "T101" for d in told):
        return told
    message, hint = _said(stop.message or "")
    return [error("T101", message, _place(found, stop), hint, _line(found, stop.lineno)), *told]


def _expression(environment: Any, found: Scan, tag: Tag) -> Iterator[Diagnostic]:
    text = found.source[tag.start : tag.end]
    try:
        tree = environment.overlay(extensions=[]).parse("\n" * (found.line_of(tag.start) - 1) + text)
    except TemplateSyntaxError as stop:
        name = text[2:-2].strip("-+ \n").split("|")[0].strip()
        message, hint = _said(stop.message or "")
        if _is_odd_name(name):
            name = re.sub('"([^"]*)"', r"“\1”", name)
            message, hint = f"“{name}”不能直接作名称", f'写成 {{{{ 事实("{name}") }}}}'
        yield error("T101", message, found.span(tag.start), hint, text)
        return
    yield from _names(environment, found, tree)


def _is_odd_name(name: str) -> bool:
    """Whether it looks like a fact's name that is no identifier (PM2.5浓度, R&D经费, “双招双引”项目)."""
    return bool(re.search("[\u4e00-\u9fff]", name)) and not name.isidentifier() and not re.search(r"[()\[\],{}]", name)


_SAYINGS = (
    (r"[Ee]xpected token .*, got '='", "判断相等要写两个等号", "写成 =="),
    (r"unknown tag 'end'", "不认识的标签“end”", "写成 endif 或 endfor，中间不空格"),
    (r"unknown tag '(?P<a>end\w+|else|elif)'", "“{a}”没有对应的开头", "核对前面的 {{% if %}} 或 {{% for %}}"),
    (r"unknown tag '(?P<a>\w+)'", "不认识的标签“{a}”", "可用：if、elif、else、endif、for、endfor、set、include、macro"),
    (r"[Uu]nexpected end of template.*'(?P<a>end\w+)'", "模板到头了还缺“{a}”", "补上 {{% {a} %}}"),
    (r"[Uu]nexpected end of template", "模板没有写完", "核对花括号和标签成对"),
    (r"unexpected char '、' at", "名称之间写了顿号", "改成逗号，如 [事故起数, 死亡人数]"),
    (r"unexpected char (?P<a>.+) at", "有不该出现的字符{a}", "核对这个花括号里的写法"),
    (r"unexpected '(?P<a>.+)'", "“{a}”不该出现在这里", "核对括号、引号和运算符"),
    (r"[Ee]xpected token '(?P<a>.+)', got '(?P<b>.+)'", "这里应是“{a}”，却写了“{b}”", "核对这个花括号里的写法"),
    (r"[Ee]xpected an expression", "花括号里是空的", "写上事实的名称"),
    (r"too many|nest", "嵌套太深", "拆成几个小模板"),
)


def _said(message: str) -> tuple[str, str]:
    """Jinja's message in Chinese, and what to do."""
    for pattern, words, hint in _SAYINGS:
        found = re.search(pattern, message)
        if found:
            return words.format(**found.groupdict()), hint.format(**found.groupdict())
    return "模板的写法不对", "核对这一行花括号里的写法"


def _place(found: Scan, stop: TemplateSyntaxError) -> Span:
    tags = [t for t in found.tags_on(stop.lineno) if t.opening == "{%"] or found.tags_on(stop.lineno)
    quoted = re.findall("'([^']+)'", stop.message or "")
    named = [t for t in tags if any(q in found.source[t.start : t.end] for q in quoted)]
    tags = named or tags
    return found.span(tags[0].start) if tags else Span(found.file, min(stop.lineno, len(found.starts)), 1)


def _line(found: Scan, number: int) -> str:
    return found.source.split("\n")[min(number, len(found.starts)) - 1].strip()[:40]


_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Concat: "~",
    nodes.Import: "{% import %}",
    nodes.FilterBlock: "{% filter %}",
    nodes.CallBlock: "{% call %}",
    nodes.Extends: "{% extends %}",
    nodes.Block: "{% block %}",
    nodes.ScopedEvalContextModifier: "{% autoescape %}",
}


def _names(environment: Any, found: Scan, tree: nodes.Template) -> Iterator[Diagnostic]:
    """Unknown filters and tests with a suggestion, and tags that are not for reports."""
    for kind, known, word, code in (
        (nodes.Filter, environment.filters, "过滤器", "T103"),
        (nodes.Test, environment.tests, "判断", "T103"),
    ):
        for node in tree.find_all(kind):
            if node.name not in known and node.name not in ("_steps", "_missing"):
                hint = did_you_mean(node.name, [n for n in known if not n.isascii()]) or "可用：" + "、".join(
                    n for n in known if not n.isascii()
                )
                yield error(code, f"不认识的{word}“{node.name}”", found.find(node.name, node.lineno), hint, node.name)
    yield from _always(found, tree)
    for refused, tag in _REFUSED.items():
        for other in tree.find_all(refused):
            yield error(
                "T101",
                f"模板里不用 {tag}",
                found.find("", other.lineno),
                "直接连着写；标签用 if、for、set、include 就够了",
            )


def _always(found: Scan, tree: nodes.Template) -> Iterator[Diagnostic]:
    """Conditions on a list or a text as typed: they come out the same whatever the facts are."""
    told = "这个条件和事实无关，结果总是一样"
    tests: list[nodes.Node] = [node.test for node in tree.find_all(nodes.If)]
    tests += [node.test for node in tree.find_all(nodes.CondExpr)]
    while tests:
        test = tests.pop()
        if isinstance(test, (nodes.And, nodes.Or)):
            tests += [test.left, test.right]
        elif isinstance(test, nodes.Not) or (isinstance(test, nodes.Test) and isinstance(test.node, nodes.Const)):
            tests.append(test.node)
        elif isinstance(test, (nodes.List, nodes.Tuple, nodes.Dict)):
            yield error("T104", told, found.find("", test.lineno), "几个事实一起判断用 and 连接，如 {% if 甲 and 乙 %}")
        elif isinstance(test, nodes.Const) and isinstance(test.value, str):
            place = found.find(test.value, test.lineno)
            yield error("T104", told, place, "事实的名称不加引号", test.value)


def _includes(environment: Any, found: Scan, tree: nodes.Template, seen: frozenset[str]) -> Iterator[Diagnostic]:
    kinds: tuple[type[Any], ...] = (nodes.Include, nodes.Import, nodes.FromImport)
    for node in tree.find_all(kinds):
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        place = found.find(str(name or ""), node.lineno)
        if not isinstance(name, str):
            yield error("T108", "要引用的模板名必须直接写出来", place, '例：{% include "公共/下步打算.txt" %}')
            continue
        source, file = environment.loader.source(name), f"{environment.loader.folder}/{name}"
        if source is None:
            hint = f"核对 {environment.loader.folder}/ 下有没有这个文件"
            yield error("T108", f"找不到要引用的模板“{name}”", place, hint)
        elif file not in seen:
            yield from problems(environment, source, file, seen)


def lacking_names(environment: Any, source: str, file: str, get: Callable[[str], object]) -> list[Diagnostic]:
    """Facts that nobody knows or nobody filled in, of a template that could not be run: told together with the rest."""
    from jinja2.meta import find_undeclared_variables

    found = scan(source, file)
    told = []
    for tag in (t for t in found.tags if t.opening == "{{"):
        try:
            tree = environment.overlay(extensions=[]).parse(found.source[tag.start : tag.end])
            names = find_undeclared_variables(tree)
        except (TemplateSyntaxError, RecursionError):
            continue
        for name in sorted(names - _set_names(found) - set(environment.globals)):
            value = get(name)
            if isinstance(value, Missing) and not value.fault:
                place = found.span(max(found.source.find(name, tag.start, tag.end), tag.start))
                told.append(lacking(value, place, name))
    return told


def _set_names(found: Scan) -> set[str]:
    """Names that the template sets itself, in {% for %}, {% set %} and {% macro %}."""
    tags = "".join(found.source[t.start : t.end] for t in found.tags if t.opening == "{%")
    return {"loop", *re.findall(r"\w+", tags)}


def stopped(environment: Any, stop: BaseException, source: str, file: str) -> Diagnostic:
    """Why a section could not be rendered, at the place in the template where it stopped."""
    where, line = _last_place(stop, environment, file)
    text = (
        source
        if where == file
        else (environment.loader.source(where.removeprefix(environment.loader.folder + "/")) or "")
    )
    found = scan(text, where)
    if isinstance(stop, TemplateSyntaxError):
        message, hint = _said(stop.message or "")
        return error("T101", message, _place(scan(text, stop.name or where), stop), hint)
    if isinstance(stop, UndecidedError):
        return _undecided(found, line, stop.missing)
    for kind, code, message, usual in _STOPS:
        if isinstance(stop, kind):
            hint = getattr(stop, "hint", "") or usual
            return error(code, message.format(stop), found.find("", line), hint, _line(found, line))
    hint = "数据之间只能加减和比较，单位要相同；同比、占比用过滤器，如 {{ 数据|同比 }}"
    return error("T104", "这里的运算或用法不对", found.find("", line), hint, _line(found, line))


def _undecided(found: Scan, line: int, lacking: Missing) -> Diagnostic:
    place = found.find(lacking.name.split("的")[0], line)
    if lacking.fault:
        return error("T104", lacking.fault, place, lacking.hint, _line(found, line))
    if lacking.unknown:
        return error("T102", f"没有叫“{lacking.name}”的事实或指标", place, lacking.hint, _line(found, line))
    hint = f"填上这个事实，或先问 {{% if {_asked(found, line, lacking)} is 已填 %}}"
    return error("T105", f"“{lacking.name}”还没有填，不能用来判断或运算", place, hint, _line(found, line))


_DOTTED = re.compile(r"""\w+(?:\([^()]*\)|\[\d+\])?(?:\.\w+)+""")
"""A name with dots behind it, as a template writes it: 项.人次, 期("上期").起数."""


def _asked(found: Scan, line: int, lacking: Missing) -> str:
    """How the template itself names what is missing, else how one would ask for it."""
    texts = (found.source[tag.start : tag.end] for tag in found.tags_on(line))
    dotted = (name for text in texts for name in _DOTTED.findall(text))
    said = next((name for name in dotted if lacking.name.endswith(name.rpartition(".")[2])), "")
    return lacking.asked or said or lacking.name


_STOPS: tuple[tuple[type[BaseException], str, str, str], ...] = (
    (PhraseError, "T104", "{}", "核对用法"),
    (ComparisonError, "T104", "{}", "核对单位"),
    (BudgetError, "T109", "{}太多，超过了上限", "核对循环有没有套错"),
    (RecursionError, "T109", "模板互相引用，没有尽头", "核对 include 有没有绕回自己"),
    (MemoryError, "T109", "内容太大", "核对循环有没有套错"),
    (SecurityError, "T110", "模板里不能这样用", "模板只能读事实；能调用的只有 事实(…)、期(…)、部门(…) 和自己的宏"),
    (TemplateNotFound, "T108", "找不到要引用的模板“{}”", "核对 templates/ 下有没有这个文件"),
    (SyntaxError, "T109", "模板嵌套太深", "拆成几个小模板"),
    (UndefinedError, "T102", "用了还没有设定的名称", "核对 {{% set %}} 和循环里的名称"),
)


STOPS: tuple[type[BaseException], ...] = (
    TemplateSyntaxError,
    UndecidedError,
    *(row[0] for row in _STOPS),
    TypeError,
    ArithmeticError,
    LookupError,
    ValueError,
)
"""What a template can run into; anything else is our own fault and is not told as the user's."""


def _last_place(stop: BaseException, environment: Any, file: str) -> tuple[str, int]:
    """(file, line) of the innermost template frame of a traceback."""
    where, line = file, 1
    trace = stop.__traceback__
    folder = environment.loader.folder + "/"
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name == file or name.startswith(folder):
            where, line = name, trace.tb_lineno
        trace = trace.tb_next
    return where, line
