"""YAML: escapes as the quoting of the value asks; a plain value that needs quotes gets them."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from scriptlint import yamltree
from scriptlint.fixing._quotes import quoted
from scriptlint.fixing._writer import Writer
from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit
from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import Span

FORMATS = ("yaml",)
_NEEDS_QUOTES = lazy_re(r"^[\s*&!|>%@`'\"#{}\[\],?:-]|: | #|:$|^$")


def writer(source: str) -> Writer:
    """Writes edits as parts of YAML scalars."""
    try:
        scalars = sorted(
            (scalar for tree in yamltree.parse_all(source) for scalar in _scalars(tree)),
            key=lambda scalar: scalar.span,
        )
    except yamltree.TreeError:
        scalars = []
    starts = [scalar.span.start for scalar in scalars]

    def write(segment: Segment, edits: Sequence[Edit]) -> Sequence[Edit] | None:
        whole = segment.to_source(Span(0, len(segment.text)))
        index = bisect_right(starts, whole.start) - 1
        if index < 0 or not scalars[index].span.contains(whole):
            return list(edits)  # a comment
        scalar = scalars[index]
        if scalar.style == '"':
            return [edit._replace(text=json.dumps(edit.said, ensure_ascii=False)[1:-1]) for edit in edits]
        if scalar.style == "'":
            return [edit._replace(text=edit.said.replace("'", "''")) for edit in edits]
        if scalar.style in ("|", ">"):
            return None if any("\n" in edit.said for edit in edits) else list(edits)
        return _plain(source, scalar.span, edits)

    return write


def _plain(source: str, span: Span, edits: Sequence[Edit]) -> Sequence[Edit] | None:
    """Edits of a value without quotes, which gets double ones where the new text would not do without."""
    new, position = "", span.start
    for edit in edits:
        new += source[position : edit.span.start] + edit.said
        position = edit.span.end
    new += source[position : span.end]
    if not _NEEDS_QUOTES.search(new):
        return list(edits)
    if "\\" in new or '"' in new or "\n" in new:
        return None
    return quoted(edits, span)


def _scalars(node: yamltree.Node) -> Iterator[yamltree.Scalar]:
    if isinstance(node, yamltree.Scalar):
        yield node
    elif isinstance(node, yamltree.Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from _scalars(value)
