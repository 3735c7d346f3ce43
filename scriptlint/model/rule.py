"""Rules and the instruments they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum, StrEnum

from scriptlint.model.document import Scope
from scriptlint.model.record import dataclass, field
from scriptlint.model.span import Span

FAMILIES = ("return-claim", "risk-warning", "jargon", "privacy", "conduct")


class Level(IntEnum):
    """How loud a finding is. ``OFF`` switches a rule off."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The level as people write it."""
        return self.name.lower()


class Verdict(StrEnum):
    """Who can decide whether the words offend."""

    VIOLATION = "violation"
    EVIDENCE = "evidence"
    REVIEW = "review"
    ADVICE = "advice"


DEFAULT_LEVELS: Mapping[Verdict, Level] = {
    Verdict.VIOLATION: Level.ERROR,
    Verdict.EVIDENCE: Level.WARNING,
    Verdict.REVIEW: Level.WARNING,
    Verdict.ADVICE: Level.INFO,
}


@dataclass(frozen=True, slots=True)
class KnownClause:
    """A clause of an instrument that matters to what is said: what it asks, and why no rule checks it, if so."""

    clause: str
    about: str
    unchecked: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, notice or code as data. ``verified`` is V1, V2 or V3 as the dossier marks it."""

    id: str
    title: str
    number: str
    issuer: str
    in_force: date | None
    ends: date | None
    status: str
    verified: str
    url: str = ""
    note: str = ""
    clauses: tuple[KnownClause, ...] = ()
    unchecked: str = ""
    """Why no rule rests on it, where none does."""

    def active(self, day: date) -> bool:
        """True when the instrument binds on that day."""
        return binds(self.status, self.in_force, self.ends, day)


def binds(status: str, in_force: date | None, ends: date | None, day: date) -> bool:
    """True when an instrument of this status and between these days binds on a day."""
    if status not in ("in-force", "guidance", "self-regulation", "standard"):
        return False
    return (in_force is None or in_force <= day) and (ends is None or day <= ends)


@dataclass(frozen=True, slots=True)
class Basis:
    """One clause a rule rests on. ``clause`` is empty when only the instrument may be named."""

    source: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Applies:
    """The contexts a rule is for. A key that is absent does not matter to the rule.

    ``only`` needs a known value among those listed; ``never`` excludes a text whose known values all are.
    """

    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the spans a rule must find in it (none for a passing example)."""

    text: str
    marks: tuple[Span, ...]
    expect: str
    """``fail``, ``pass``, ``known-miss`` or ``known-alarm``."""
    context: Mapping[str, tuple[str, ...]]
    format: str
    line: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack as evidence names it. ``digest`` is over all its files; ``version`` is empty where it states none."""

    name: str
    version: str
    digest: str
    rules: int


class Unit(StrEnum):
    """How much text a rule sees at once."""

    SEGMENT = "segment"
    SECTION = "section"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Text:
    """A wording in the languages of the interface."""

    zh: str
    en: str = ""

    def get(self, lang: str) -> str:
        """The wording in ``lang``, or in Chinese where there is none."""
        return (self.en or self.zh) if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to check, as loaded from one YAML file."""

    id: str
    """Full name with the pack: ``cn/guaranteed-principal``."""
    title: Text
    family: str
    verdict: Verdict
    verb: str
    message: Text
    suggest: Text
    basis: tuple[Basis, ...]
    """Empty when the rule rests on practice."""
    applies: Applies
    speakers: tuple[str, ...]
    scopes: frozenset[Scope]
    guards: tuple[str, ...]
    despite: tuple[str, ...]
    """Default guards that do not excuse this rule's words."""
    where: tuple[str, ...]
    """Guards of which one must hold, so that the words offend at all (an answer to a wrong question)."""
    status: str
    aliases: tuple[str, ...]
    examples: tuple[Example, ...]
    path: str
    note: str = ""
    hint: bool = False
    """True when its findings count only in a document in which another rule finds something."""
    yields_to: tuple[str, ...] = ()
    """Rules, or families of rules, whose finding on the same words makes this one superfluous."""
    locked: bool = False
    """True when nothing but a waiver may silence it: no setting, flag, comment or baseline."""

    @property
    def level(self) -> Level:
        """The level a finding has unless the settings say otherwise."""
        return DEFAULT_LEVELS[self.verdict]
