"""版式: layouts as data. The built-in ones, and those of an office's own, read from YAML with located errors."""

from __future__ import annotations

from drafter.layout.model import Layout
from drafter.layout.read import NAMES, load, named, with_base

__all__ = ["NAMES", "Layout", "load", "named", "with_base"]
