"""One segment as the rules see it: folded, scanned once, with everything found in it remembered.

All spans here count in the folded text unless a name says otherwise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

from scriptlint.language.fold import Folded, fold
from scriptlint.language.hits import NO_HITS, Gaps, Hit, Hits, Language, Plan
from scriptlint.language.pattern import Concept, Either, Expression, Gap, Literal, Node, Optional, Series
from scriptlint.language.placeholders import atoms
from scriptlint.language.scan import Scanner
from scriptlint.language.sentences import Stops
from scriptlint.language.stored import StoredNodes
from scriptlint.model.document import Segment
from scriptlint.model.span import Span

T = TypeVar("T")


class TextView:
    """One segment, folded and scanned. Results are remembered, so asking twice costs nothing."""

    __slots__ = (
        "_atoms",
        "_concepts",
        "_folding",
        "_found",
        "_known",
        "_language",
        "_literals",
        "_nodes",
        "_present",
        "_recalled",
        "segment",
        "stops",
        "timeouts",
    )

    def __init__(self, segment: Segment, language: Language) -> None:
        self.segment = segment
        self._language = language
        self._folding: Folded = fold(segment.text)
        self._found: Mapping[str, list[int]] = language.scanner.scan(self._folding.text)
        self._concepts: dict[str, Hits] = {}
        self._nodes: dict[int, Hits] = {}
        self._literals: set[str] = set()
        self._present: set[int] = set()
        self._known = -1
        self._recalled: dict[object, object] = {}
        self._atoms = atoms(self._folding.text)
        self.stops = Stops(_blanked(self._folding.text, self._atoms))
        self.timeouts: list[str] = []

    @property
    def folded(self) -> str:
        """The folded text."""
        return self._folding.text

    @property
    def found(self) -> Mapping[str, list[int]]:
        """Literals of two or more characters that stand here, with their starts."""
        return self._found

    def to_text(self, span: Span, /) -> Span:
        """Carry a span to ``segment.text``."""
        return self._folding.to_original(span)

    def from_text(self, span: Span) -> Span:
        """Carry a span of ``segment.text`` here."""
        return self._folding.from_original(span)

    def is_evasion(self, span: Span) -> bool:
        """True when characters that break words up were taken out inside the span."""
        return len(self.to_text(span)) > len(span)

    def recall(self, key: object, make: Callable[[], T]) -> T:
        """What a verb worked out about this text before, so that several rules share it; ``key`` names it."""
        if key not in self._recalled:
            self._recalled[key] = make()
        return cast("T", self._recalled[key])

    # -- patterns -----------------------------------------------------------------------------------------

    def hits(self, node: Node) -> Hits:
        """Every place where a pattern matches."""
        if isinstance(node, Concept) and len(node.names) == 1:
            return self.concept(node.names[0])
        # By identity, because hashing a tree costs more than searching it; nodes outlive the view.
        known = self._nodes.get(id(node))
        if known is None:
            needs = self._language.needs(node)
            possible = self._presence().issuperset(needs)
            known = self._nodes[id(node)] = self._search(node) if possible else NO_HITS
        return known

    def possible(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Those of the nodes that can match here: most are told no by words that do not stand in the text at all."""
        if isinstance(nodes, StoredNodes):
            return nodes.possible(self._presence())
        needed = self._language.listed(nodes)
        present = self._presence()
        return (node for node, needs in needed if present.issuperset(needs))

    def _presence(self) -> set[int]:
        language = self._language
        if self._known < 0:
            self._literals = self._found.keys() | set(self._folding.text)
            self._present = language.present(self._literals)
        elif self._known != language.known:
            self._present.update(language.present_since(self._known, self._literals))
        self._known = language.known
        return self._present

    def concept(self, name: str) -> Hits:
        """Every place where a concept is said, harmless longer words excepted."""
        known = self._concepts.get(name)
        if known is not None:
            return known
        self._concepts[name] = NO_HITS
        plan, harmless = self._language.said(name)
        hits = self._any_of(plan)
        if hits and harmless:
            shields = [(start, start + len(word)) for word in harmless for start in self._literal(word)]
            if shields:
                hits = [hit for hit in hits if not any(a <= hit.start and hit.end <= b for a, b in shields)]
        self._concepts[name] = Hits(hits)
        return self._concepts[name]

    def _any_of(self, plan: Plan) -> list[Hit]:
        hits = [
            Hit(start, start + len(word)) for word in plan.literals & self._found.keys() for start in self._found[word]
        ]
        for word in plan.singles:
            if word in self._folding.text:
                hits.extend(Hit(start, start + 1) for start in self._literal(word))
        for way in self.possible(plan.others):
            hits.extend(self.hits(way).all)
        return hits

    def _literal(self, literal: str) -> list[int]:
        if len(literal) == 1:
            return Scanner.find_all(self._folding.text, literal)
        return self._found.get(literal, [])

    def _search(self, node: Node) -> Hits:
        if isinstance(node, Literal):
            width = len(node.text)
            return Hits(Hit(start, start + width) for start in self._literal(node.text))
        if isinstance(node, Concept):
            return Hits(hit for name in node.names for hit in self.concept(name).all)
        if isinstance(node, Either):
            return Hits(self._any_of(self._language.plan(node.ways)))
        if isinstance(node, Expression):
            try:
                spans = self._language.expression(node)(self._folding.text)
            except TimeoutError:
                self.timeouts.append(node.source)
                return NO_HITS
            return Hits(Hit(start, end) for start, end in spans if end > start)
        if isinstance(node, Series):
            return self._search_series(node.parts)
        if isinstance(node, Optional):
            return self.hits(node.body)
        return NO_HITS

    def _search_series(self, parts: tuple[Node, ...]) -> Hits:
        # A rule that needs three things is mostly told no by the first that is not there; expressions are
        # asked last because they cost most.
        needed = [part for part in parts if not isinstance(part, Gap | Optional)]
        for part in sorted(needed, key=_expense):
            if not self.hits(part):
                return NO_HITS
        first, rest = parts[0], parts[1:]
        if isinstance(first, Optional):
            without = _trim(rest)
            shorter = self.hits(without[0]) if len(without) == 1 else self._search_series(without)
            longer = self._follow((first.body, *rest)) if self.hits(first.body) else []
            return Hits((*shorter.all, *longer))
        return Hits(self._follow(parts))

    def _follow(self, parts: tuple[Node, ...]) -> list[Hit]:
        found: list[Hit] = []
        for hit in self.hits(parts[0]).all:
            # End so far, furthest place where the next part may begin -> where the last part began, gaps.
            states: _States = {(hit.end, self._past_spaces(hit.end)): (hit.start, hit.gaps)}
            for part in parts[1:]:
                states = self._step(part, states)
                if not states:
                    break
            if states:
                found.append(_closest(hit.start, states))
        return found

    def _step(self, part: Node, states: _States) -> _States:
        if isinstance(part, Gap):
            widened: _States = {}
            for (end, limit), value in states.items():
                stop = self.stops.clause_end(end) if part.clause else self.stops.sentence_end(end)
                # What begins at the stop belongs to the next sentence or clause.
                widened[end, max(min(self._reach(limit, part.longest), stop - 1), end)] = value
            return widened
        if isinstance(part, Optional):
            return {**self._step_body(part.body, states), **states}
        return self._step_body(part, states)

    def _step_body(self, part: Node, states: _States) -> _States:
        if isinstance(part, Series):
            for inner in part.parts:
                states = self._step(inner, states)
            return states
        hits = self.hits(part)
        result: _States = {}
        for (end, limit), (_, gaps) in states.items():
            starts = hits.starts
            for start in starts[bisect_left(starts, end) : bisect_right(starts, limit)]:
                bridged = (*gaps, (end, start)) if start > end else gaps
                for hit in hits.by_start[start]:
                    key = (hit.end, self._past_spaces(hit.end))
                    value = (start, (*bridged, *hit.gaps))
                    if key not in result or _bridged(value) < _bridged(result[key]):
                        result[key] = value
        return result

    def _reach(self, limit: int, longest: int) -> int:
        """How far a gap goes: a template variable in it counts as one character, whatever its name is."""
        reach = limit + longest
        for start, end in self._atoms:
            if limit <= start < reach:
                reach += end - start - 1
        return reach

    def _past_spaces(self, offset: int) -> int:
        text = self._folding.text
        end = offset
        while end < len(text) and end - offset < 2 and text[end] == " ":
            end += 1
        return end


_States = dict[tuple[int, int], tuple[int, Gaps]]


def _bridged(value: tuple[int, Gaps]) -> int:
    return sum(end - start for start, end in value[1])


def _closest(start: int, states: _States) -> Hit:
    """Of the ways to go on from ``start`` the one with the least between its parts, whole words included.

    全市最 is found first in 全市最高; the words that begin inside or right behind it still belong to it.
    """
    ways = sorted(((end, value) for (end, _), value in states.items()), key=lambda way: (_bridged(way[1]), -way[0]))
    end, (_, gaps) = ways[0]
    for further, (last, _) in sorted(ways):
        if further > end and last <= end:
            end = further
    return Hit(start, end, gaps)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with template variables struck out at equal length: no sentence ends inside of one."""
    for start, end in spans:
        text = f"{text[:start]}{'_' * (end - start)}{text[end:]}"
    return text


def _expense(node: Node) -> int:
    if isinstance(node, Literal):
        return 0
    return 2 if isinstance(node, Expression) else 1


def _trim(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    index = 0
    while index < len(parts) and isinstance(parts[index], Gap):
        index += 1
    return parts[index:]
