"""序数重排: levels and chains numbered by position, and what rendering leaves of a chain."""

from __future__ import annotations

from drafter.chain.captions import Reference, dangling, numbered
from drafter.chain.numbers import Lists, is_excerpt, plain_lines, renumber
from drafter.chain.runs import point_at, runs
from drafter.chain.settle import settle, without_empty

__all__ = [
    "Lists",
    "Reference",
    "dangling",
    "is_excerpt",
    "numbered",
    "plain_lines",
    "point_at",
    "renumber",
    "runs",
    "settle",
    "without_empty",
]
