"""The elements of a parsed page, in time linear in its size."""

from __future__ import annotations

from collections.abc import Iterator

from resiliparse.parse.html import ElementNode, Node


def elements(root: Node, tag: str) -> Iterator[ElementNode]:
    """Elements `tag` below `root`, in order. The parser's own selections take quadratic time."""
    node: Node | None = root.first_child
    while node is not None:
        if isinstance(node, ElementNode) and node.tag == tag:
            yield node
        following = node.first_child or node.next_sibling
        while following is None and node.parent is not None and node.parent != root:
            node = node.parent
            following = node.next_sibling
        node = following
