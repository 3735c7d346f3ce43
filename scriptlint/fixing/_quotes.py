"""Quotation marks around a value that did without them until now."""

from __future__ import annotations

from collections.abc import Sequence

from scriptlint.model.finding import Edit, by_place
from scriptlint.model.span import Span


def quoted(edits: Sequence[Edit], span: Span, mark: str = '"') -> list[Edit]:
    """The edits of a value, and marks around all of it. Of two edits at one place nobody knows which comes first, so
    that a mark belongs to the edit at the end of the value if there is one."""
    done = sorted(edits, key=by_place)
    if done and done[0].span.start == span.start:
        done[0] = done[0]._replace(text=mark + done[0].text)
    else:
        done.insert(0, Edit(Span(span.start, span.start), mark, ""))
    if done[-1].span.end == span.end and done[-1].said:
        done[-1] = done[-1]._replace(text=done[-1].text + mark)
    else:
        done.append(Edit(Span(span.end, span.end), mark, ""))
    return done
