"""刷新: what was generated, what stands in the file, what is generated now: one file of the three (pure)."""

from drafter.merge.merge import merge
from drafter.merge.pairing import Paired, paired, pairs

__all__ = ["Paired", "merge", "paired", "pairs"]
