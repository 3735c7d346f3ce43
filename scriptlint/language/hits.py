"""Places where patterns match, and the compiled language that text is looked at with.

All spans here count in folded text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from scriptlint.language.pattern import Expression, Literal, Node, Optional, Series
from scriptlint.language.scan import Scanner
from scriptlint.language.vocabulary import Vocabulary
from scriptlint.model.record import dataclass
from scriptlint.model.regexes import REGEXES

EXPRESSION_SECONDS = 0.25
"""How long one regular expression may work on one segment before it is given up and reported."""

Gaps = tuple[tuple[int, int], ...]
Listed = tuple[tuple[Node, tuple[int, ...]], ...]
"""Nodes, each with the numbers of the sets of literals of which it needs one each."""


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One place where a pattern matches, with the runs inside that only bridge a gap."""

    start: int
    end: int
    gaps: Gaps = ()


class Hits:
    """The hits of one node in one view, in order, and by where they start."""

    __slots__ = ("all", "by_start", "starts")

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.all = tuple(sorted(set(hits), key=_order))
        self.by_start: dict[int, list[Hit]] = {}
        for hit in self.all:
            self.by_start.setdefault(hit.start, []).append(hit)
        self.starts = sorted(self.by_start)

    def __bool__(self) -> bool:
        return bool(self.all)


def _order(hit: Hit) -> tuple[int, int, Gaps]:
    return (hit.start, hit.end, hit.gaps)


NO_HITS = Hits(())


@dataclass(frozen=True, slots=True)
class Plan:
    """Alternatives by how they are looked up: scanned literals, single characters, the rest."""

    literals: frozenset[str]
    singles: tuple[str, ...]
    others: Sequence[Node]


class Language:
    """A compiled vocabulary with its scanner: what is needed to look at text. Shared by all views of a run."""

    __slots__ = (
        "_expressions", "_first", "_listed", "_needs", "_numbers", "_plans", "_required", "_sets", "scanner", "vocabulary",
    )  # fmt: skip

    def __init__(self, vocabulary: Vocabulary, scanner: Scanner) -> None:
        self.vocabulary = vocabulary
        self.scanner = scanner
        self._first = 0
        self._expressions: dict[str, Callable[[str], list[tuple[int, int]]]] = {}
        self._listed: dict[int, tuple[Sequence[Node], Listed]] = {}
        self._needs: dict[int, tuple[int, ...]] = {}
        self._numbers: dict[frozenset[str], int] = {}
        self._required: list[frozenset[str]] = []
        self._sets: dict[str, set[int]] = {}
        self._plans: dict[int, Plan] = {}

    @property
    def known(self) -> int:
        """How many sets of literals are known; what is ``present`` in a text holds for as many."""
        return self._first + len(self._required)

    def needs(self, node: Node) -> tuple[int, ...]:
        """Numbers of the sets of literals of each of which one must stand where the node matches. Kept by identity."""
        needs = self._needs.get(id(node))
        if needs is None:
            needs = self._needs[id(node)] = tuple(dict.fromkeys(self._needed(node)))
        return needs

    def listed(self, nodes: Sequence[Node]) -> Listed:
        """These nodes with their needs. Kept by identity, together with the nodes, so that no other takes their place."""
        kept = self._listed.get(id(nodes))
        if kept is None:
            kept = self._listed[id(nodes)] = (nodes, tuple((node, self.needs(node)) for node in nodes))
        return kept[1]

    @property
    def literals(self) -> Set[str]:
        """All that the known sets hold."""
        return self._sets.keys()

    def present(self, literals: Iterable[str]) -> set[int]:
        """Numbers of the known sets of literals that have one of these."""
        sets = self._sets
        return set().union(*[sets[literal] for literal in literals if literal in sets])

    def present_since(self, known: int, literals: Set[str]) -> Iterator[int]:
        """The same for the sets that have become known since there were so many."""
        for number, required in enumerate(self._required[known - self._first :], known):
            if not required.isdisjoint(literals):
                yield number

    def _needed(self, node: Node) -> Iterator[int]:
        if isinstance(node, Series):
            for part in node.parts:
                yield from self.needs(part)
            return
        required = None if isinstance(node, Optional) else self.vocabulary.required(node)
        if required is None:
            return
        number = self._numbers.get(required)
        if number is None:
            number = self._numbers[required] = self.known
            self._required.append(required)
            for literal in required:
                self._sets.setdefault(literal, set()).add(number)
        yield number

    def plan(self, ways: tuple[Node, ...]) -> Plan:
        """How to look for alternatives. Kept by identity: the tuple belongs to a rule or a concept and lives on."""
        plan = self._plans.get(id(ways))
        if plan is None:
            words = [way.text for way in ways if isinstance(way, Literal)]
            plan = Plan(
                frozenset(word for word in words if len(word) > 1),
                tuple(word for word in words if len(word) == 1),
                tuple(way for way in ways if not isinstance(way, Literal)),
            )
            self._plans[id(ways)] = plan
        return plan

    def said(self, concept: str) -> tuple[Plan, tuple[str, ...]]:
        """How to look for a concept, and the longer harmless words it may stand in."""
        definition = self.vocabulary[concept]
        return self.plan(definition.ways), definition.harmless

    def expression(self, node: Expression) -> Callable[[str], list[tuple[int, int]]]:
        """A finder for a regular expression; raises TimeoutError when one text takes too long."""
        finder = self._expressions.get(node.source)
        if finder is None:
            finder = _plain(node.source) if node.plain else _limited(node.source)
            self._expressions[node.source] = finder
        return finder


def _plain(source: str) -> Callable[[str], list[tuple[int, int]]]:
    compiled = REGEXES.compile(source)
    return lambda text: [match.span() for match in compiled.finditer(text)]


def _limited(source: str) -> Callable[[str], list[tuple[int, int]]]:
    import regex  # only for expressions that a text might keep busy

    compiled = regex.compile(source)
    return lambda text: [match.span() for match in compiled.finditer(text, timeout=EXPRESSION_SECONDS)]
