"""文稿: read(Text) → Outline and write(Outline) → str, by the one style table; reading never fails, it reports."""

from __future__ import annotations

from drafter.text.pipes import table_lines
from drafter.text.rendered import read_body
from drafter.text.report import read
from drafter.text.write import block_lines, lines, write

__all__ = ["block_lines", "lines", "read", "read_body", "table_lines", "write"]
