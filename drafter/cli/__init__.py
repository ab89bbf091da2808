"""The commands. Bodies are thin and import their room inside, so that --help loads Click alone."""

from drafter.cli import adopt, diff, facts, files, forms, layouts, new, refresh, reports, templates, trace
from drafter.cli.group import main

__all__ = [
    "adopt",
    "diff",
    "facts",
    "files",
    "forms",
    "layouts",
    "main",
    "new",
    "refresh",
    "reports",
    "templates",
    "trace",
]
