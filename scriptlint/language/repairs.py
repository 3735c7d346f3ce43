"""How a match is put right: changes of the text people read, and where they are in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scriptlint.language.fold import inserted, table
from scriptlint.language.matching import Change, Repair
from scriptlint.language.view import TextView
from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit, Fix, Tier, by_place
from scriptlint.model.span import Piece, Span

_WIDE = range(0xFF10, 0xFF5B)


def plain_spelling(view: TextView, segment: int, span: Span) -> Repair | None:
    """Write the words in a span as everybody does: without signs put between them, letters in one width.

    The words stay: what is wrong about them is only easier to see. None where they are written plainly.
    """
    text = view.segment.text
    changes = [Change(segment, gap, "") for gap in inserted(text) if span.contains(gap)]
    dropped = {place for change in changes for place in range(change.span.start, change.span.end)}
    for place in range(span.start, span.end):
        char = text[place]
        plain = _plain(char)
        if place not in dropped and plain != char:
            changes.append(Change(segment, Span(place, place + 1), plain))
    if not changes:
        return None
    return Repair(
        Tier.SAFE,
        tuple(sorted(changes, key=lambda change: change.span)),
        "去掉字间插入的字符，字母和数字改用通常写法",
        "take out signs put between the words; write letters and figures in the usual way",
    )


def _plain(char: str) -> str:
    """A full-width letter or digit in half width, a look-alike or a radical as the character it stands for."""
    code = ord(char)
    if code in _WIDE:
        narrow = chr(code - 0xFEE0)
        return narrow if narrow.isalnum() else char
    # Radicals (⼈) and letters of other alphabets; Traditional characters are no spelling to correct.
    if 0x2E80 <= code <= 0x2FDF or 0x0370 <= code <= 0x04FF:
        folded = table().get(code, char)
        return folded.upper() if char.isupper() else folded
    return char


def fix(repair: Repair, segments: Sequence[Segment]) -> Fix | None:
    """The same as edits of the source; None where a change falls inside of what the format writes as one."""
    edits: list[Edit] = []
    for change in repair.changes:
        found = list(_edits(segments[change.segment], change))
        if not found:
            return None
        edits.extend(found)
    return Fix(repair.tier, tuple(sorted(edits, key=by_place)), {"zh": repair.zh, "en": repair.en})


def _edits(segment: Segment, change: Change) -> Iterator[Edit]:
    span, text = change.span, change.text
    if not len(span):
        place = _after(segment, span.start)
        if place is not None:
            yield Edit(Span(place, place), text, text)
        return
    pieces = [piece for piece in segment.offsets.pieces if piece.text.overlaps(span)]
    if len(pieces) > 1 and text and len(text) != len(span):
        return
    for piece in pieces:
        start, end = max(piece.text.start, span.start), min(piece.text.end, span.end)
        new = text if len(pieces) == 1 or not text else text[start - span.start : end - span.start]
        yield _edit(segment, piece, Span(start, end), new)


def _edit(segment: Segment, piece: Piece, part: Span, new: str) -> Edit:
    if piece.verbatim:
        return Edit(part.shifted(piece.source.start - piece.text.start), new, new)
    # An entity or escape has no inside: what is not to change of it is written again.
    whole = segment.text[piece.text.start : part.start] + new + segment.text[part.end : piece.text.end]
    return Edit(piece.source, whole, whole)


def _after(segment: Segment, offset: int) -> int | None:
    """The place in the source right behind the character before ``offset``."""
    if offset == 0:
        return segment.to_source(Span(0, 0)).start
    before = segment.to_source(Span(offset - 1, offset))
    inside = any(not piece.verbatim and piece.text.start < offset < piece.text.end for piece in segment.offsets.pieces)
    return None if inside else before.end
