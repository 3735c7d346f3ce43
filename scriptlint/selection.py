"""Which rules of a set take part in a run and how loud they are, by the settings and flags; locked rules stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint import packs, triage
from scriptlint.config import Settings, SettingsError
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.finding import Problem
from scriptlint.model.record import dataclass
from scriptlint.model.rule import FAMILIES, Level

_CURE = "only a waiver silences a locked rule: see `scriptlint waivers add`"


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that take part, levels that differ from their own, and what was asked for in vain."""

    rules: frozenset[str]
    levels: Mapping[str, Level]
    notes: tuple[Problem, ...]


def choose(ruleset: RuleSet, settings: Settings) -> Selection:
    """Apply the settings to a rule set. Raises SettingsError for names of rules that do not exist, all at once."""
    return _Choice(ruleset, settings).made()


def resolve(ruleset: RuleSet, name: str) -> tuple[str, ...]:
    """The rules a name stands for, among them those about our own comments. Raises packs.UnknownRule."""
    own = tuple(rule for rule in triage.OWN_RULES if name in (rule, rule.split("/")[1], triage.FAMILY))
    return own or packs.resolve(ruleset, name)


class _Choice:
    """The working state of one selection."""

    def __init__(self, ruleset: RuleSet, settings: Settings) -> None:
        self.ruleset = ruleset
        self.settings = settings
        self.wrong: list[Problem] = []
        self.notes: list[Problem] = []
        self.locked = ruleset.locked & ruleset.rules.keys()

    def made(self) -> Selection:
        selected = self._resolved("select", self.settings.select)
        ignored = self._resolved("ignore", self.settings.ignore)
        levels = [(f"levels.{name}", name, self._rules(f"levels.{name}", name)) for name in self.settings.levels]
        if self.wrong:
            raise SettingsError(self.wrong)
        wanted = {rule for _, _, rules in selected for rule in rules} if selected else set(self.ruleset.rules)
        if selected:
            wanted |= self._kept(wanted)
        off: dict[str, Level] = {}
        for key, name, rules in ignored:
            off.update(dict.fromkeys(set(rules) & triage.OWN_RULES.keys(), Level.OFF))
            wanted -= set(rules) - self._in_vain(key, f'ignoring "{name}"', set(rules) & self.locked & wanted)
        # A level for one rule beats a level for its family, whatever their order in the file.
        for key, name, rules in sorted(levels, key=lambda item: (-len(item[2]), item[1])):
            level = self.settings.levels[name]
            lower = {rule for rule in rules if rule in self.locked & wanted and level < self.ruleset.rules[rule].level}
            self._in_vain(key, f'level {level.word} for "{name}"', lower)
            off.update(dict.fromkeys((rule for rule in rules if rule not in lower), level))
        return Selection(frozenset(wanted), off, tuple(self.notes))

    def _kept(self, wanted: set[str]) -> set[str]:
        """Locked rules that a selection does not name. Choosing packs is free, choosing among their rules is not.

        A flag asks a narrower question of the moment and is free too, but the report says that it did.
        """
        families = any(name in FAMILIES for name in self.settings.select)
        touched = {_pack(rule) for rule in (self.ruleset.rules if families else wanted)}
        dropped = {rule for rule in self.locked - wanted if _pack(rule) in touched}
        if not dropped:
            return set()
        if "select" in self.settings.places:
            return self._in_vain("select", "selecting other rules", dropped)
        message = f"this run leaves out locked rules: {_listed(dropped)}"
        self.notes.append(Problem("--select", message, "no full check: run it without --select", severity="note"))
        return set()

    def _in_vain(self, key: str, what: str, rules: set[str]) -> set[str]:
        if rules:
            message = f"{what} leaves what is locked as it is: {_listed(rules)}"
            self.notes.append(self._problem(key, message, _CURE, "note"))
        return rules

    def _resolved(self, key: str, names: Sequence[str]) -> list[tuple[str, str, tuple[str, ...]]]:
        keyed = [(f"{key}.{index}", name) for index, name in enumerate(names)]
        return [(place, name, self._rules(place, name)) for place, name in keyed]

    def _rules(self, key: str, name: str) -> tuple[str, ...]:
        try:
            return resolve(self.ruleset, name)
        except packs.UnknownRule as error:
            self.wrong.append(self._problem(key, str(error), "", "usage"))
            return ()

    def _problem(self, key: str, message: str, hint: str, severity: str) -> Problem:
        places = self.settings.places
        position = places.get(key) or places.get(key.split(".")[0])
        place = self.settings.path if position else "--" + key.split(".")[0]
        return Problem(place, message, hint, position, severity)


def _pack(rule: str) -> str:
    return rule.split("/")[0]


def _listed(rules: Iterable[str]) -> str:
    names = sorted(rules)
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
