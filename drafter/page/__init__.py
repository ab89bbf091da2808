"""网页: a document as one page of HTML that looks like the paper and tells where every figure comes from."""

from __future__ import annotations

from drafter.page.write import write

__all__ = ["write"]
