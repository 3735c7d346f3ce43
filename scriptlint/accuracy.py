"""How well findings agree with labelled scripts: precision, recall and false alarms. A pure calculation.

A finding meets a label of the same file and family when they share a character and the finding is not wider
than ``max(160, 6 x the label)``; one finding counts for one label. A further finding on a label that is met
is a duplicate, neither hit nor alarm. A missing warning has no exact place: any finding of that family in a
file with such labels meets one of them. Findings where reasonable readers differ are neutral.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from scriptlint import yamltree
from scriptlint.model.rule import FAMILIES
from scriptlint.model.span import LineIndex, Span

MISSING = "risk-warning"
_WIDEST = 160
_WIDEST_FACTOR = 6
_PARTS = ("develop", "check")


@dataclass(frozen=True, slots=True)
class Label:
    """One thing a reader marked in a script."""

    id: str
    family: str
    span: Span
    quote: str
    missing: str = ""
    difficulty: str = ""
    also: tuple[str, ...] = ()
    """Further families that may rightly claim these words."""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels of one script. Without any it is clean, and every finding in it a false alarm."""

    name: str
    labels: tuple[Label, ...]
    ignored: tuple[tuple[str, Span], ...] = ()
    """Families and places that are not scored."""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled scripts, and terms that are never counted as jargon."""

    scripts: tuple[Labelled, ...]
    neutral_terms: frozenset[str] = frozenset()

    def only(self, part: str) -> Corpus:
        """The scripts of one part."""
        return Corpus(tuple(script for script in self.scripts if script.part == part), self.neutral_terms)


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A finding, as far as it counts here."""

    family: str
    span: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """A label that nothing met."""

    script: str
    label: Label


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding that meets no label."""

    script: str
    claim: Claim
    words: str
    clean: bool


@dataclass(slots=True)
class Tally:
    """Counts for one family, one rule or everything."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0
    duplicates: int = 0
    neutral: int = 0
    clean_alarms: int = 0
    reached: Counter[str] = field(default_factory=Counter)
    """Labels met, by difficulty."""
    wanted: Counter[str] = field(default_factory=Counter)
    """Labels, by difficulty."""

    @property
    def precision(self) -> float:
        """Share of findings that are right."""
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 0.0

    @property
    def recall(self) -> float:
        """Share of labels that are found."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        for name in ("hits", "alarms", "misses", "duplicates", "neutral", "clean_alarms"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.reached.update(other.reached)
        self.wanted.update(other.wanted)


@dataclass(frozen=True, slots=True)
class Score:
    """The result for a corpus."""

    families: Mapping[str, Tally]
    rules: Mapping[str, Tally]
    misses: tuple[Miss, ...]
    alarms: tuple[Alarm, ...]
    scripts: int
    clean_scripts: int
    clean_characters: int

    @property
    def total(self) -> Tally:
        """All families together; its precision and recall are the micro averages."""
        whole = Tally()
        for tally in self.families.values():
            whole.add(tally)
        return whole

    def per_10k(self, tally: Tally) -> float:
        """False alarms per ten thousand characters of clean text."""
        return 1e4 * tally.clean_alarms / self.clean_characters if self.clean_characters else 0.0


class LabelError(Exception):
    """Labels that cannot be used; ``errors`` holds (line, column, message)."""

    def __init__(self, errors: Sequence[tuple[int, int, str]]) -> None:
        super().__init__("; ".join(message for _, _, message in errors))
        self.errors = tuple(errors)


def parse(text: str) -> Corpus:
    """Read a labels file. Raises LabelError with every mistake."""
    lines = LineIndex(text)
    errors: list[tuple[int, str]] = []
    try:
        tree = yamltree.parse(text)
    except yamltree.TreeError as error:
        raise _label_error(lines, error.errors) from None
    listed = tree.get("files") if isinstance(tree, yamltree.Mapping) else None
    if not isinstance(tree, yamltree.Mapping) or not isinstance(listed, yamltree.Mapping):
        raise _label_error(lines, [(tree.span.start, 'the key "files" with the labelled scripts is missing')])
    scripts = [_labelled(name.text, node, errors) for name, node in listed.entries]
    if errors:
        raise _label_error(lines, errors)
    neutral = tree.get("neutral_jargon")
    terms = _texts(neutral) if neutral is not None else ()
    return Corpus(tuple(sorted(scripts, key=lambda script: script.name)), frozenset(terms))


def _label_error(lines: LineIndex, errors: Iterable[tuple[int, str]]) -> LabelError:
    placed = [(lines.position(offset), message) for offset, message in sorted(errors)]
    return LabelError([(place.line, place.column, message) for place, message in placed])


def _labelled(name: str, node: yamltree.Node, errors: list[tuple[int, str]]) -> Labelled:
    labels: list[Label] = []
    ignored: list[tuple[str, Span]] = []
    for item in _entries(node, "findings"):
        family, span = _family(item, errors), _span(item, "quote", errors)
        if family and span:
            labels.append(
                Label(
                    id=_text(item, "id"),
                    family=family,
                    span=span,
                    quote=_text(item, "quote"),
                    missing=_text(item, "missing"),
                    difficulty=_text(item, "difficulty"),
                    also=_texts(item.get("also")),
                    rule=_text(item, "rule"),
                )
            )
    for item in _entries(node, "ignore"):
        family, span = _family(item, errors), _span(item, "text", errors)
        if family and span:
            ignored.append((family, span))
    part = _text(node, "part") if isinstance(node, yamltree.Mapping) else ""
    if part and part not in _PARTS:
        errors.append((node.span.start, f'part must be {" or ".join(_PARTS)}, not "{part}"'))
    return Labelled(name, tuple(labels), tuple(ignored), part or part_of(name))


def part_of(name: str) -> str:
    """The part a script belongs to when its labels do not say: two thirds develop, one third check.

    Scripts that differ only in a number at the end (a scene told rightly and wrongly) stay together.
    """
    scene = re.sub(r"[-_]?\d*(?:\.\w+)?$", "", name)
    return "check" if sha256(scene.encode()).digest()[0] % 3 == 0 else "develop"


def _entries(node: yamltree.Node, key: str) -> Iterator[yamltree.Mapping]:
    listed = node.get(key) if isinstance(node, yamltree.Mapping) else None
    for item in listed.items if isinstance(listed, yamltree.Sequence) else ():
        if isinstance(item, yamltree.Mapping):
            yield item


def _family(item: yamltree.Mapping, errors: list[tuple[int, str]]) -> str | None:
    family = _text(item, "family")
    if family in FAMILIES:
        return family
    errors.append((item.span.start, f'family must be one of {", ".join(FAMILIES)}, not "{family}"'))
    return None


def _span(item: yamltree.Mapping, key: str, errors: list[tuple[int, str]]) -> Span | None:
    quote, start = _text(item, key), item.get("start")
    offset = start.value if isinstance(start, yamltree.Scalar) else None
    if quote and isinstance(offset, int) and offset >= 0:
        return Span(offset, offset + len(quote))
    errors.append((item.span.start, f'a label needs "{key}" and "start"'))
    return None


def _text(node: yamltree.Mapping, key: str) -> str:
    value = node.get(key)
    return value.text if isinstance(value, yamltree.Scalar) else ""


def _texts(node: yamltree.Node | None) -> tuple[str, ...]:
    if isinstance(node, yamltree.Sequence):
        return tuple(item.text for item in node.items if isinstance(item, yamltree.Scalar))
    return (node.text,) if isinstance(node, yamltree.Scalar) and node.text else ()


def misplaced(corpus: Corpus, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Scripts and messages for labels whose quote does not stand at its start."""
    for script in corpus.scripts:
        text = texts.get(script.name, "")
        for label in script.labels:
            if text[label.span.start : label.span.end] != label.quote:
                yield script.name, f'label {label.id}: "{label.quote}" does not stand at {label.span.start}'


def score(corpus: Corpus, texts: Mapping[str, str], claims: Mapping[str, Iterable[Claim]]) -> Score:
    """Compare findings with labels. ``texts`` and ``claims`` go by the names of the scripts."""
    families = {family: Tally() for family in FAMILIES}
    rules: dict[str, Tally] = {}
    misses: list[Miss] = []
    alarms: list[Alarm] = []
    clean_characters = 0
    for script in corpus.scripts:
        text = texts[script.name]
        clean = not script.labels
        clean_characters += len(text) if clean else 0
        for family in FAMILIES:
            mine = sorted({claim for claim in claims.get(script.name, ()) if claim.family == family})
            outcome = _compare(script, family, mine, text, corpus.neutral_terms)
            _count(families[family], outcome, clean)
            misses.extend(Miss(script.name, label) for label in outcome.missed)
            for claim, fate in zip(mine, outcome.fates, strict=True):
                tally = rules.setdefault(claim.rule, Tally())
                _count_rule(tally, fate, clean)
                if fate == "alarm":
                    words = text[claim.span.start : claim.span.end]
                    alarms.append(Alarm(script.name, claim, words, clean))
    _recall_of_rules(corpus, rules)
    return Score(
        families,
        dict(sorted(rules.items())),
        tuple(misses),
        tuple(alarms),
        len(corpus.scripts),
        sum(not script.labels for script in corpus.scripts),
        clean_characters,
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    met: tuple[Label, ...]
    missed: tuple[Label, ...]
    fates: tuple[str, ...]


def _compare(
    script: Labelled, family: str, claims: Sequence[Claim], text: str, neutral_terms: frozenset[str]
) -> _Outcome:
    wanted = [label for label in script.labels if label.family == family]
    edges = [[index for index, claim in enumerate(claims) if _meets(claim, label)] for label in wanted]
    owner = _pair(edges)
    met = set(owner.values())
    near = {index for row in edges for index in row}
    fates: list[str] = []
    for index, claim in enumerate(claims):
        words = text[claim.span.start : claim.span.end].strip()
        if index in owner:
            fates.append("hit")
        elif index in near:
            fates.append("duplicate")
        elif _is_neutral(script, claim) or (family == "jargon" and words in neutral_terms):
            fates.append("neutral")
        else:
            fates.append("alarm")
    return _Outcome(
        tuple(label for index, label in enumerate(wanted) if index in met),
        tuple(label for index, label in enumerate(wanted) if index not in met),
        tuple(fates),
    )


def _meets(claim: Claim, label: Label) -> bool:
    if label.family == MISSING:
        return True
    return claim.span.overlaps(label.span) and len(claim.span) <= max(
        _WIDEST, _WIDEST_FACTOR * len(label.span)
    )


def _is_neutral(script: Labelled, claim: Claim) -> bool:
    if any(family == claim.family and claim.span.overlaps(span) for family, span in script.ignored):
        return True
    return any(claim.family in label.also and claim.span.overlaps(label.span) for label in script.labels)


def _pair(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """The largest pairing of labels with claims, one to one: for each paired claim its label."""
    owner: dict[int, int] = {}

    def place(label: int, tried: set[int]) -> bool:
        for claim in edges[label]:
            if claim in tried:
                continue
            tried.add(claim)
            if claim not in owner or place(owner[claim], tried):
                owner[claim] = label
                return True
        return False

    for label in range(len(edges)):
        place(label, set())
    return owner


def _count(tally: Tally, outcome: _Outcome, clean: bool) -> None:
    tally.hits += len(outcome.met)
    tally.misses += len(outcome.missed)
    tally.reached.update(label.difficulty for label in outcome.met)
    tally.wanted.update(label.difficulty for label in (*outcome.met, *outcome.missed))
    for fate in outcome.fates:
        tally.alarms += fate == "alarm"
        tally.duplicates += fate == "duplicate"
        tally.neutral += fate == "neutral"
        tally.clean_alarms += fate == "alarm" and clean


def _count_rule(tally: Tally, fate: str, clean: bool) -> None:
    # For one rule a duplicate is as right as a hit: which of two rules was paired with the label is chance.
    tally.hits += fate in ("hit", "duplicate")
    tally.duplicates += fate == "duplicate"
    tally.neutral += fate == "neutral"
    tally.alarms += fate == "alarm"
    tally.clean_alarms += fate == "alarm" and clean


def _recall_of_rules(corpus: Corpus, rules: Mapping[str, Tally]) -> None:
    """Labels that name their rule give that rule misses; where none does, recall of rules stays without meaning."""
    expected = Counter(label.rule for script in corpus.scripts for label in script.labels if label.rule)
    for name, count in expected.items():
        for full, tally in rules.items():
            if name in (full, full.split("/")[-1]):
                tally.misses += max(count - tally.hits, 0)
