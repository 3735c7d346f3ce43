"""The text of one file with its findings marked in place, and their notes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scriptlint.model.document import Role, Scope
from scriptlint.model.report import Quoted
from scriptlint.model.span import Span, merge_spans
from scriptlint.reporters._html.escaping import Html, joined, shown, tag, text
from scriptlint.reporters._html.notes import Numbered, note
from scriptlint.reporters._html.words import LEVELS, Words

_AROUND = 2
"""Passages that stay in sight on both sides of a finding."""
_LONG = 3000
"""Characters from which a passage is cut down to the surroundings of its findings."""
_NEAR = 400

Marks = list[tuple[Span, Numbered]]


class Allowance:
    """How many characters of text without findings a report may still hold, so that it stays usable."""

    def __init__(self, characters: int) -> None:
        self.left = characters

    def take(self, parts: Sequence[Quoted]) -> bool:
        """True when these may be shown; they are counted then."""
        size = sum(len(part.text) for part in parts)
        if size > self.left:
            return False
        self.left -= size
        return True


def text_of(parts: Sequence[Quoted], found: Sequence[Numbered], words: Words, allowance: Allowance) -> Html:
    """The whole text. Notes about words stand beside them; those about the file come first."""
    marks: list[Marks] = [[] for _ in parts]
    homeless: list[Numbered] = []
    starts = _starts(parts)
    for item in found:
        places = _places(item, parts, starts)
        for index, span in places:
            marks[index].append((span, item))
        if not places:
            homeless.append(item)
    rows: list[Html] = []
    if homeless:
        notes = joined(*(note(item, words, marked=False) for item in homeless))
        rows.append(_row(tag("p", words["whole"], cls="where"), notes, "row whole"))
    noted: set[int] = set()
    for indices, is_gap in _grouped(marks):
        if is_gap:
            rows.append(_gap([parts[index] for index in indices], words, allowance))
            continue
        for index in indices:
            here = {item.number: item for _, item in marks[index] if item.number not in noted}
            new = [here[number] for number in sorted(here)]
            rows.append(_passage(parts[index], marks[index], new, noted, words))
            noted.update(item.number for item in new)
    return tag("div", joined(*rows), cls="text")


def plain_text(parts: Sequence[Quoted], words: Words) -> Html:
    """The text of a file in which nothing was found."""
    return tag("div", joined(*(_passage(part, [], [], set(), words) for part in parts)), cls="text")


def _starts(parts: Sequence[Quoted]) -> list[tuple[int, int]]:
    """Where each segment begins and ends in the source."""
    found = []
    for part in parts:
        pieces = part.offsets.pieces
        found.append((min(piece.source.start for piece in pieces), max(piece.source.end for piece in pieces)))
    return found


def _places(item: Numbered, parts: Sequence[Quoted], starts: Sequence[tuple[int, int]]) -> list[tuple[int, Span]]:
    span = item.finding.span
    if span is None:
        return []
    if span.start == span.end:  # something is missing here: the passage it follows is where to look
        span = Span(max(span.start - 1, 0), span.end + 1)
    found: list[tuple[int, Span]] = []
    for index, (start, end) in enumerate(starts):
        if start < span.end and span.start < end:
            inside = parts[index].offsets.from_source(span)
            if inside is not None:
                found.append((index, inside))
    return found


def _grouped(marks: Sequence[Marks]) -> Iterator[tuple[list[int], bool]]:
    """Runs of passages near findings, and the gaps between them. A gap of a few passages is none."""
    near = [False] * len(marks)
    for index, each in enumerate(marks):
        if each:
            low, high = max(0, index - _AROUND), min(len(marks), index + _AROUND + 1)
            near[low:high] = [True] * (high - low)
    groups: list[tuple[list[int], bool]] = []
    for index, close in enumerate(near):
        if groups and groups[-1][1] is not close:
            groups[-1][0].append(index)
        else:
            groups.append(([index], not close))
    for indices, is_gap in groups:
        yield indices, is_gap and len(indices) > _AROUND


def _gap(parts: Sequence[Quoted], words: Words, allowance: Allowance) -> Html:
    if not allowance.take(parts):
        return tag("p", words["gap_cut"].format(count=len(parts)), cls="gap")
    inner = joined(*(_passage(part, [], [], set(), words) for part in parts))
    summary = tag("summary", words["gap"].format(count=len(parts)))
    return tag("details", joined(summary, inner), cls="gap")


def _row(said: Html, notes: Html, cls: str) -> Html:
    return tag("div", joined(tag("div", said, cls="said"), tag("div", notes, cls="notes")), cls=cls)


def _passage(part: Quoted, marks: Marks, new: Sequence[Numbered], known: set[int], words: Words) -> Html:
    labels: list[Html] = []
    if part.role is not Role.UNKNOWN:
        labels.append(tag("span", words.get(f"role_{part.role}", str(part.role)), cls=f"role {part.role}"))
    if part.scope in (Scope.COMMENT, Scope.HEADER, Scope.FOOTER, Scope.NOTE):
        labels.append(tag("span", words.get(f"scope_{part.scope}", str(part.scope)), cls="role"))
    if part.label:
        labels.append(tag("span", shown(part.label, words["invisible"]), cls="label"))
    place = part.locator or str(part.place.line)
    where = tag("span", place, cls="where", title=part.locator or words["line"].format(line=part.place.line))
    body = tag("div", _marked(part.text, marks, known, words), cls=f"words in-{part.scope}")
    said = joined(where, tag("div", joined(tag("p", joined(*labels), cls="labels") if labels else "", body)))
    if not marks:
        return tag("div", tag("div", said, cls="said"), cls="row")
    return _row(said, joined(*(note(item, words, marked=True) for item in new)), "row found")


def _marked(source: str, marks: Marks, known: set[int], words: Words) -> Html:
    """The text with its findings marked. Where several overlap, the loudest one gives the colour."""
    edges = sorted({0, len(source), *(edge for span, _ in marks for edge in (span.start, span.end))})
    kept = _kept(source, marks)
    edges = sorted({*edges, *(edge for span in kept for edge in (span.start, span.end))})
    parts: list[Html] = []
    begun = set(known)
    ends = {item.number: span.end for span, item in marks}
    for start, end in pairwise(edges):
        if not any(span.start <= start and end <= span.end for span in kept):
            if not parts or parts[-1] != _CUT:
                parts.append(_CUT)
            continue
        inside = shown(source[start:end], words["invisible"])
        here = [item for span, item in marks if span.start <= start and end <= span.end]
        if not here:
            parts.append(inside)
            continue
        first = [item for item in here if item.number not in begun]
        begun.update(item.number for item in first)
        last = [item for item in here if ends[item.number] == end and item.number not in known]
        loudest = min(here, key=lambda item: (not item.is_open, LEVELS.index(item.finding.level.word), item.number))
        settled = "" if any(item.is_open for item in here) else " settled"
        # The first piece of each finding is where its note leads back to, the last one carries its number.
        anchors = [tag("span", "", id=f"m{item.number}") for item in first]
        numbers = " ".join(str(item.number) for item in last)
        parts.append(
            joined(
                *anchors,
                tag(
                    "a",
                    joined(inside, tag("sup", numbers) if numbers else ""),
                    href=f"#f{loudest.number}",
                    cls=f"mark {loudest.finding.level.word}{settled}",
                    data_f=" ".join(f"{item.number}" for item in here),
                    title=words["to_note"],
                ),
            )
        )
    return joined(*parts)


_CUT = tag("span", text("…"), cls="cut")


def _kept(source: str, marks: Marks) -> Sequence[Span]:
    if len(source) <= _LONG:
        return [Span(0, len(source))]
    if not marks:
        return [Span(0, _LONG)]
    around = (Span(max(0, span.start - _NEAR), min(len(source), span.end + _NEAR)) for span, _ in marks)
    return merge_spans(around)
