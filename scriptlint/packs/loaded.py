"""What packs hold whatever the day, before it is decided which rules are in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scriptlint.language.ruleset import RuleSet
from scriptlint.model.record import dataclass
from scriptlint.model.rule import binds


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides whether a rule takes part."""

    name: str
    status: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """When an instrument binds."""

    status: str
    in_force: date | None
    ends: date | None

    def holds(self, day: date) -> bool:
        """True when it binds on that day."""
        return binds(self.status, self.in_force, self.ends, day)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Every rule of some packs, with the facts of each in order of name and the periods of their instruments."""

    ruleset: RuleSet
    facts: tuple[Facts, ...]
    periods: Mapping[str, Period]
