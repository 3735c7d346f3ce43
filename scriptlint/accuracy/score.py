"""How well findings agree with labelled scripts: precision, recall and false alarms. A pure calculation.

A finding meets a label of the same file and family when they share a character and the finding is not wider
than ``max(160, 6 x the label)``; one finding counts for one label. A further finding on a label that is met
is a duplicate, neither hit nor alarm. A missing warning has no exact place: any finding of that family in a
file with such labels meets one of them. Findings where reasonable readers differ are neutral.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from scriptlint.accuracy.labels import Corpus, Label, Labelled
from scriptlint.model.record import dataclass, field
from scriptlint.model.rule import FAMILIES
from scriptlint.model.span import Span

MISSING = "risk-warning"
_WIDEST = 160
_WIDEST_FACTOR = 6


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


@dataclass(slots=True)
class RuleTally:
    """Counts for one rule. Findings and labels are counted apart: several findings may meet one label."""

    family: str
    right: int = 0
    alarms: int = 0
    neutral: int = 0
    clean_alarms: int = 0
    met: int = 0
    """Labels the rule meets when it is alone."""
    wanted: int = 0
    """Labels that name the rule; where no label of the family names one, all labels of the family."""

    @property
    def precision(self) -> float:
        """Share of the rule's findings that meet a label."""
        return self.right / (self.right + self.alarms) if self.right + self.alarms else 0.0

    @property
    def recall(self) -> float:
        """Share of the labels it should meet that it meets."""
        return min(self.met / self.wanted, 1.0) if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The result for a corpus."""

    families: Mapping[str, Tally]
    rules: Mapping[str, RuleTally]
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


def score(corpus: Corpus, texts: Mapping[str, str], claims: Mapping[str, Iterable[Claim]]) -> Score:
    """Compare findings with labels. ``texts`` and ``claims`` go by the names of the scripts."""
    families = {family: Tally() for family in FAMILIES}
    rules: dict[str, RuleTally] = {}
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
                _count_rule(rules.setdefault(claim.rule, RuleTally(family)), fate, clean)
                if fate == "alarm":
                    words = text[claim.span.start : claim.span.end]
                    alarms.append(Alarm(script.name, claim, words, clean))
            for rule in dict.fromkeys(claim.rule for claim in mine):
                wanted = [label for label in script.labels if label.family == family]
                rules[rule].met += len(_pair(_edges([claim for claim in mine if claim.rule == rule], wanted)))
    _set_wanted(corpus, rules)
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
    edges = _edges(claims, wanted)
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


def _edges(claims: Sequence[Claim], wanted: Sequence[Label]) -> list[list[int]]:
    return [[index for index, claim in enumerate(claims) if _meets(claim, label)] for label in wanted]


def _meets(claim: Claim, label: Label) -> bool:
    if label.family == MISSING:
        return True
    return claim.span.overlaps(label.span) and len(claim.span) <= max(_WIDEST, _WIDEST_FACTOR * len(label.span))


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


def _count_rule(tally: RuleTally, fate: str, clean: bool) -> None:
    # For one rule a duplicate is as right as a hit: which of two rules was paired with the label is chance.
    tally.right += fate in ("hit", "duplicate")
    tally.neutral += fate == "neutral"
    tally.alarms += fate == "alarm"
    tally.clean_alarms += fate == "alarm" and clean


def _set_wanted(corpus: Corpus, rules: Mapping[str, RuleTally]) -> None:
    labels = [label for script in corpus.scripts for label in script.labels]
    naming = {label.family for label in labels if label.rule}
    for name, tally in rules.items():
        mine = [label for label in labels if label.family == tally.family]
        if tally.family in naming:
            mine = [label for label in mine if label.rule in (name, name.split("/")[-1])]
        tally.wanted = len(mine)
