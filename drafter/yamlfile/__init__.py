"""YAML as located nodes: parser events → a tree with places, typing slips explained in Chinese."""

from drafter.yamlfile.read import load, read
from drafter.yamlfile.tree import Mapping, Node, Scalar, Sequence

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "load", "read"]
