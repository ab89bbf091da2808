"""Drafting: facts + templates → text, outline and findings of one report. Pure but for reading through `Files`."""

from drafter.draft.builder import Builder
from drafter.draft.model import LEAVES_A_DRAFT, Draft, once

__all__ = ["LEAVES_A_DRAFT", "Builder", "Draft", "once"]
