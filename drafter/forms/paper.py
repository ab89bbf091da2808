"""An empty form as YAML text: units, offices and earlier values beside it as comments."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from drafter import period as periods
from drafter.forms.form import Form, Row
from drafter.yamlfile import Scalar
from drafter.yamlfile.written import entry

COMMENT_COLUMN = 40
"""Cells before a comment, unless the fact itself is longer."""


def yaml(form: Form, after: str) -> str:
    """The form as a facts file; `after` is the command that a clerk runs when it is filled."""
    lines = [
        f"# {form.department}{periods.name(form.period)}填报表",
        "# 冒号后面空一格填数；还没有的就空着，不写“暂无”“-”，0 就是真的为零；预计数写 {本期: 5, 预计: 是}",
        "# 井号后面是单位、责任单位和以前的数，供对照，不用删",
        f"# 填好后运行：{after}",
        f"期间: {form.period}",
    ]
    if form.elsewhere:
        lines.insert(4, f"# 由 data/公共/{form.period}.yaml 统一填写，这里不用填：{'、'.join(form.elsewhere)}")
    told = False
    for row in form.rows:
        if not row.wanted and not told:
            lines.append("# 下面各项这一期的报告没有用到，有就填")
            told = True
        lines += _row(row)
    return "\n".join(lines) + "\n"


def _row(row: Row) -> Iterator[str]:
    """The lines of one fact, the comment on the first; an empty item of a list is a bare dash."""
    first, *rest = entry(Scalar(row.name), row.node, "")
    yield _beside(first, row.comment)
    yield from (line.removesuffix(' ""') for line in rest)


def _beside(line: str, comment: str) -> str:
    cells = sum(2 if east_asian_width(c) in "WF" else 1 for c in line)
    clean = " ".join(comment.split())
    return f"{line}{' ' * max(COMMENT_COLUMN - cells, 2)}# {clean}" if clean else line
