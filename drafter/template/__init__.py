"""Section templates: sandboxed Jinja whose every piece of output knows its place."""

from drafter.template.asking import Asking
from drafter.template.render import Rendered, Templates

__all__ = ["Asking", "Rendered", "Templates"]
