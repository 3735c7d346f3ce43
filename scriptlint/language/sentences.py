"""Where sentences and clauses end in folded text, and what stands in quotation marks.

3.5% and 1,000 hold together; the list comma 、 ends nothing.
"""

from __future__ import annotations

from bisect import bisect_right

from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import Span

_SENTENCE_END = lazy_re(r"[。!?;\n]+[”」』\"')\]】]*|…+|(?<=[a-z])\.(?=\s|$)")
_CLAUSE_END = lazy_re(r"(?<![0-9]),|,(?![0-9])|(?<![0-9]):|:(?![0-9])|[—–]+")
_QUESTION = lazy_re(r"\?|[吗呢么](?:[,。!;…~”」』\"']|$)")
_QUOTES = lazy_re(
    r"“[^“”\n]{1,120}”|「[^「」\n]{1,120}」|『[^『』\n]{1,120}』|‘[^‘’\n]{1,120}’"
    r"|\"[^\"\n]{1,120}\"|'[^'\n]{2,120}'"
)


class Stops:
    """The ends of sentences and clauses of one text, and its quotations; found once, when first asked for."""

    __slots__ = ("_clauses", "_quotes", "_sentences", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences: list[int] | None = None
        self._clauses: list[int] | None = None
        self._quotes: list[tuple[int, int]] | None = None

    def _sentence_stops(self) -> list[int]:
        if self._sentences is None:
            self._sentences = [match.end() for match in _SENTENCE_END.finditer(self._text)]
        return self._sentences

    def _clause_stops(self) -> list[int]:
        if self._clauses is None:
            ends = (match.end() for match in _CLAUSE_END.finditer(self._text))
            self._clauses = sorted({*self._sentence_stops(), *ends})
        return self._clauses

    def sentence_end(self, offset: int) -> int:
        """Where the sentence around ``offset`` ends, its stop included."""
        return self._end(self._sentence_stops(), offset)

    def clause_end(self, offset: int) -> int:
        """Where the clause around ``offset`` ends, its stop included."""
        return self._end(self._clause_stops(), offset)

    def sentence(self, offset: int) -> Span:
        """The sentence around an offset."""
        return self._around(self._sentence_stops(), offset)

    def clause(self, offset: int) -> Span:
        """The clause around an offset."""
        return self._around(self._clause_stops(), offset)

    def is_question(self, offset: int) -> bool:
        """True when the sentence asks something at or after the offset."""
        return bool(_QUESTION.search(self._text, offset, self.sentence(offset).end))

    def in_quotes(self, span: Span) -> Span | None:
        """The quotation marks the span stands in, with what they enclose."""
        if self._quotes is None:
            self._quotes = [match.span() for match in _QUOTES.finditer(self._text)]
        for start, end in self._quotes:
            if start <= span.start and span.end <= end:
                return Span(start, end)
        return None

    def _end(self, stops: list[int], offset: int) -> int:
        index = bisect_right(stops, offset)
        return stops[index] if index < len(stops) else len(self._text)

    def _around(self, stops: list[int], offset: int) -> Span:
        index = bisect_right(stops, offset)
        return Span(stops[index - 1] if index else 0, max(self._end(stops, offset), offset))
