"""Where in the main part of a Word file a comment begins and ends, and the changes of its bytes that say so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from scriptlint.model.record import dataclass
from scriptlint.model.span import Span
from scriptlint.readers._docxpage import Place
from scriptlint.readers._docxstyles import W
from scriptlint.readers._ooxml import local
from scriptlint.reviewers._rawxml import Edit, Found, as_utf8, characters, find, spliced, tag_name

_TRANSPARENT = frozenset(("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo"))
"""Elements between a paragraph and a run that may hold the ends of a comment."""
_BLANKS = b" \t\r\n"
_PRESERVE = b'xml:space="preserve"'


@dataclass(slots=True)
class _Wrap:
    """Marks around a whole element, or around what a paragraph holds; ``points`` are those of no extent."""

    points: bytes = b""
    begin: bytes = b""
    end: bytes = b""


class Marks:
    """Marks comments in the main part, first all of them, then ``written`` at once."""

    def __init__(self, root: Element, data: bytes, places: Sequence[Place], namespace: str) -> None:
        self._root = root
        self._data = as_utf8(data)
        self._places = sorted(places, key=lambda place: (place.span.start, place.span.end))
        self._starts = [place.span.start for place in self._places]
        self._parents: Mapping[Element, Element] = {child: parent for parent in root.iter() for child in parent}
        self._cuts: dict[Element, dict[int, list[tuple[int, bytes]]]] = {}
        """Marks inside a ``w:t`` by their offset, each with a rank that puts ends before beginnings."""
        self._wraps: dict[Element, _Wrap] = {}
        paragraphs = root.iter(W + "p")
        self._first = next((one for one in paragraphs if _has_words(one)), next(root.iter(W + "p"), None))
        self._prefix, self._declared = _prefix(self._data, namespace)

    def mark(self, number: int, span: Span | None) -> bool:
        """Put the comment of that number on the words of a span; False when it had to stand elsewhere.

        What has no words in the body (a header) is marked at the first paragraph, what hangs on something (a note, a
        text box) around that.
        """
        places = self._over(span) if span is not None else []
        texts = [place for place in places if place.skip is not None and place.element is not None]
        if span is not None and texts:
            # A comment may run over paragraphs, not over cells of a table.
            texts = [place for place in texts if self._holder(place) is self._holder(texts[0])]
            first, last = texts[0], texts[-1]
            begin = max(span.start, first.span.start) - first.span.start + (first.skip or 0)
            end = min(max(span.end, span.start), last.span.end) - last.span.start + (last.skip or 0)
            self._words(number, first.element, begin, last.element, max(end, begin) if first is last else end)
            return True
        held = next((place.element for place in places if place.element is not None), None)
        outer = self._outer(held) if held is not None else None
        if outer is not None:
            self._wrap(outer, self._begin(number), self._end(number))
        else:
            self._at_start(number)
        return span is None

    def written(self) -> bytes:
        """The main part with all marks."""
        wanted = {*self._cuts, *self._wraps, *(self._parents[element] for element in self._cuts)}
        wanted |= {first for element in wanted if (first := _properties(element)) is not None}
        numbers = {element: number for number, element in enumerate(self._root.iter()) if element in wanted}
        found = find(self._data, set(numbers.values()))
        where = {element: found[number] for element, number in numbers.items()}
        edits: list[Edit] = []
        for element, cuts in self._cuts.items():
            edits += self._divided(element, cuts, where)
        for element, wrap in self._wraps.items():
            edits += self._wrapped(element, wrap, where)
        return spliced(self._data, edits)

    # -- finding the place --------------------------------------------------------------------------------

    def _over(self, span: Span) -> list[Place]:
        """The places that a span touches; for an empty one, what it stands in or behind."""
        index = max(bisect_right(self._starts, span.start) - 1, 0)
        # Places of one start (a label and its words) are few; go back over them.
        while index and self._places[index - 1].span.end > span.start:
            index -= 1
        touched: list[Place] = []
        for place in self._places[index:]:
            if place.span.start > span.end or (place.span.start == span.end and len(span)):
                break
            if place.span.overlaps(span) or (not len(span) and place.span.start <= span.start <= place.span.end):
                touched.append(place)
        return touched

    def _holder(self, place: Place) -> Element | None:
        """What the paragraph of a place stands in: the body, a cell."""
        element = place.element
        while element is not None and element.tag != W + "p":
            element = self._parents.get(element)
        return self._parents.get(element) if element is not None else None

    def _words(self, number: int, first: Element | None, begin: int, last: Element | None, end: int) -> None:
        assert first is not None
        assert last is not None
        if self._splits(first) and self._splits(last):
            collapsed = first is last and begin == end
            self._cuts.setdefault(first, {}).setdefault(begin, []).append((1, self._begin(number)))
            self._cuts.setdefault(last, {}).setdefault(end, []).append((2 if collapsed else 0, self._end(number)))
            return
        start, stop = self._outer(first), self._outer(last)
        if start is None or stop is None:
            self._at_start(number)
            return
        self._wrap(start, self._begin(number), b"")
        self._wrap(stop, b"", self._end(number))

    def _splits(self, element: Element) -> bool:
        """True when the run of a ``w:t`` can be divided, and comments may begin and end beside it."""
        run = self._parents.get(element)
        if run is None or run.tag != W + "r":
            return False
        parent = self._parents.get(run)
        while parent is not None and parent.tag != W + "p":
            if not parent.tag.startswith(W) or local(parent) not in _TRANSPARENT:
                return False
            parent = self._parents.get(parent)
        return parent is not None

    def _outer(self, element: Element) -> Element | None:
        """What a comment about an element can stand around: a paragraph, or a child of one."""
        if element.tag == W + "p":
            return element
        inner, parent = element, self._parents.get(element)
        while parent is not None and parent.tag != W + "p":
            inner, parent = parent, self._parents.get(parent)
        return inner if parent is not None else next(element.iter(W + "p"), None)

    def _wrap(self, element: Element, begin: bytes, end: bytes) -> None:
        wrap = self._wraps.setdefault(element, _Wrap())
        wrap.begin += begin
        wrap.end += end

    def _at_start(self, number: int) -> None:
        if self._first is not None:
            self._wraps.setdefault(self._first, _Wrap()).points += self._begin(number) + self._end(number)

    # -- writing ------------------------------------------------------------------------------------------

    def _begin(self, number: int) -> bytes:
        return f'<{self._prefix}commentRangeStart{self._declared} {self._prefix}id="{number}"/>'.encode()

    def _end(self, number: int) -> bytes:
        p, declared = self._prefix, self._declared
        return (
            f'<{p}commentRangeEnd{declared} {p}id="{number}"/>'
            f'<{p}r{declared}><{p}commentReference {p}id="{number}"/></{p}r>'
        ).encode()

    def _divided(
        self, element: Element, cuts: Mapping[int, Sequence[tuple[int, bytes]]], where: Mapping[Element, Found]
    ) -> list[Edit]:
        """The edits that divide the run of a ``w:t`` at some places and put marks there."""
        data, run = self._data, self._parents[element]
        text, around = where[element], where[run]
        raw, length = data[text.inside : text.close], len(element.text or "")
        marks = {
            offset: b"".join(mark for _, mark in sorted(at, key=lambda item: item[0])) for offset, at in cuts.items()
        }
        places = characters(raw)
        if places is None or len(places) != length + 1:
            # More than plain text inside (a CDATA section): marks go before it.
            marks, places = {0: b"".join(marks[offset] for offset in sorted(marks))}, []
        style = where[first] if (first := _properties(run)) is not None else None
        again = data[around.start : around.inside] + (data[style.start : style.end] if style else b"")
        closing = b"</" + tag_name(data, around.start) + b">"
        content = [child for child in run if child.tag != W + "rPr"]
        edits: list[Edit] = []
        if 0 in marks:
            alone = element is content[0]
            at = around.start if alone else text.start
            edits.append(Edit(at, at, 1, marks[0] if alone else closing + marks[0] + again))
        if length and length in marks:
            alone = element is content[-1]
            at = around.end if alone else text.end
            edits.append(Edit(at, at, 0, marks[length] if alone else closing + marks[length] + again))
        inner = sorted(offset for offset in marks if 0 < offset < length)
        if inner:
            name = tag_name(data, text.start)
            tag, ending = b"<" + name + b" " + _PRESERVE + b">", b"</" + name + b">"
            ends = [0, *inner, length]
            pieces = [raw[places[ends[at]] : places[ends[at + 1]]] for at in range(len(ends) - 1)]
            if _PRESERVE not in data[text.start : text.inside].replace(b"'", b'"'):
                # Blanks at the ends were not shown and must not be now.
                pieces[0], pieces[-1] = pieces[0].lstrip(_BLANKS), pieces[-1].rstrip(_BLANKS)
            new = tag + pieces[0]
            for offset, piece in zip(inner, pieces[1:], strict=True):
                new += ending + closing + marks[offset] + again + tag + piece
            edits.append(Edit(text.start, text.close, 0, new))
        return edits

    def _wrapped(self, element: Element, wrap: _Wrap, where: Mapping[Element, Found]) -> list[Edit]:
        """The edits that put marks around an element, or around what a paragraph holds."""
        place = where[element]
        if element.tag != W + "p":
            return [Edit(place.start, place.start, 1, wrap.begin), Edit(place.end, place.end, 0, wrap.end)]
        if place.inside == place.end:  # <w:p/>
            name = tag_name(self._data, place.start)
            inside = wrap.points + wrap.begin + wrap.end
            return [Edit(place.end - 2, place.end, 0, b">" + inside + b"</" + name + b">")]
        first = _properties(element)
        start = where[first].end if first is not None else place.inside
        return [
            Edit(start, start, 1, wrap.points + wrap.begin),
            Edit(place.close, place.close, 0, wrap.end),
        ]


def _has_words(paragraph: Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter(W + "t"))


def _properties(element: Element) -> Element | None:
    """The look of a run or paragraph, which has to come first in it."""
    first = next(iter(element), None)
    return first if first is not None and first.tag in (W + "rPr", W + "pPr") else None


def _prefix(data: bytes, namespace: str) -> tuple[str, str]:
    """The prefix (with its colon) that the root gives Word's namespace, or one to be declared on each mark."""
    root = find(data, {0})[0]
    tag = data[root.start : root.inside].decode("utf-8", "replace")
    match = re.search(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(namespace)}[\"']", tag)
    if match:
        return f"{match[1]}:", ""
    return "w:", f' xmlns:w="{namespace}"'
