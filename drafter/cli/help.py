"""Help pages as a clerk reads them: Chinese words and marks, lines broken where Chinese may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from drafter.cli.output import width

OPTIONS, COMMANDS = "[选项]", "命令 [参数]..."
PIECE = re.compile(r"[（“]*(?:[!-~]+|[^ ])[、，。；：！？）”…]*\s*")
"""What stays on one line: a word or example of ASCII, or a 汉字, with the marks that belong to it."""
TERM_LIMIT = 24
"""Cells that options or commands take at most before their help begins on a line of its own."""


def wrapped(text: str, cells: int) -> list[str]:
    """Lines of at most so many cells; an example such as 2022-01..2022-05 is never broken."""
    return [line for given in text.splitlines() for line in _filled(given, cells)] or [""]


def _filled(text: str, cells: int) -> list[str]:
    lines = [""]
    for piece in PIECE.findall(text.strip()):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > cells:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


class Formatter(click.HelpFormatter):
    """Click's formatter with full-width marks; the lines of a docstring stay lines."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """用法：drafter build [选项] [部门[/报告]]..."""
        self.write(f"{prefix or '用法：'}{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """选项："""
        self.write(f"{heading}：\n")

    def write_text(self, text: str) -> None:
        """A description, line by line."""
        indent = " " * self.current_indent
        self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in wrapped(text, self.width - len(indent))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = TERM_LIMIT, col_spacing: int = 2) -> None:
        """Terms and what they mean, in two columns; a long term has a line of its own."""
        pairs = list(rows)
        column = min(max((width(term) for term, _ in pairs), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, said in pairs:
            first, *rest = wrapped(said, max(self.width - column - len(indent), 10))
            gap = f"\n{indent}{' ' * column}" if width(term) > column - col_spacing else " " * (column - width(term))
            self.write(f"{indent}{term}{gap}{first}".rstrip() + "\n")
            self.write("".join(f"{indent}{' ' * column}{line}\n" for line in rest))


class Context(click.Context):
    """A context whose pages are written by Formatter."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose usage line is Chinese."""

    context_class = Context

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": OPTIONS, **settings})


class Group(click.Group):
    """A group of such commands and groups."""

    context_class = Context
    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": OPTIONS, "subcommand_metavar": COMMANDS, **settings})
