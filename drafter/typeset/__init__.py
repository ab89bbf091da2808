"""排版: where everything of a document stands, by its layout. Pure: Document → Sheet, written by word and page."""

from __future__ import annotations

from drafter.typeset.compose import compose

__all__ = ["compose"]
