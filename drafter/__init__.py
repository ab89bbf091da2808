"""drafter: structured facts and templates in the official numbered style, merged into Word reports."""

__version__ = "0.1.0"
