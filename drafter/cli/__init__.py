"""The commands. Bodies are thin and import their room inside, so that --help loads Click alone."""

from drafter.cli import facts, files, forms, reports
from drafter.cli.group import main

__all__ = ["facts", "files", "forms", "main", "reports"]
