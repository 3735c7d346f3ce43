"""Rule packs: folders of YAML become a rule set, or problems that say file, line and column, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from scriptlint.language.ruleset import RuleSet
from scriptlint.model.lazy import LazyMap
from scriptlint.model.record import replace
from scriptlint.model.rule import FAMILIES, Rule
from scriptlint.packs import cache as kept
from scriptlint.packs.loaded import Loaded


class UnknownRule(Exception):
    """A name that is no rule, family or pack."""


def find_rules_dir() -> Path:
    """The folder of the packs that come with scriptlint: inside a wheel, else beside a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load(dirs: Sequence[Path], *, as_of: date, preview: bool = False, cache: Path | None = None) -> RuleSet:
    """Load every pack below these folders (each of their subfolders is a pack).

    Rules in preview take part only when ``preview`` is set. Never raises for what stands in the files:
    mistakes are in ``problems`` and the rule concerned is left out. ``cache`` is a folder in which compiled packs are
    kept; what is loaded from there is the same.
    """
    key = kept.key(dirs) if cache is not None else None
    if cache is not None and key is not None:
        stored = kept.read(cache, key)
        if stored is not None:
            return _in_force(stored, as_of, preview=preview)
    from scriptlint.packs import compiling  # with the YAML parser and all that checks the shape of files

    compiled = compiling.compiled(dirs)
    if cache is not None and key is not None and not compiled.problems:
        from scriptlint.packs import freezing

        # Packs that changed while they were read would be kept under the name of what they were.
        frozen = freezing.frozen(compiled)
        if frozen is not None and kept.key(dirs) == key:
            kept.write(cache, key, frozen)
    return _in_force(compiling.ruleset(compiled), as_of, preview=preview)


def _in_force(loaded: Loaded, day: date, *, preview: bool) -> RuleSet:
    """The rule set of a day: without rules that are retired, in preview, or rest on nothing that is in force."""
    binding = frozenset(name for name, period in loaded.periods.items() if period.holds(day))
    active: list[str] = []
    inactive: dict[str, str] = {}
    for facts in loaded.facts:
        if facts.status == "retired":
            inactive[facts.name] = "retired"
        elif facts.status == "preview" and not preview:
            inactive[facts.name] = "preview: runs only when asked for"
        elif facts.sources and binding.isdisjoint(facts.sources):
            inactive[facts.name] = f"not in force on {day.isoformat()}: " + ", ".join(facts.sources)
        else:
            active.append(facts.name)

    def rule(name: str) -> Rule:
        found = loaded.ruleset.all_rules[name]
        return replace(found, basis=tuple(basis for basis in found.basis if basis.source in binding))

    return replace(loaded.ruleset, rules=LazyMap(active, rule), inactive=inactive)


def resolve(ruleset: RuleSet, name: str) -> tuple[str, ...]:
    """The rules a name stands for: a family, a pack, a rule with or without its pack, or an old name.

    Raises UnknownRule with the nearest name when there is none.
    """
    rules = ruleset.all_rules
    if name in FAMILIES:
        return tuple(full for full, rule in rules.items() if rule.family == name)
    found = tuple(
        full
        for full, rule in rules.items()
        if name in (full, full.split("/")[0], full.split("/", 1)[1])
        or name in rule.aliases
        or name in (f"{full.split('/')[0]}/{alias}" for alias in rule.aliases)
    )
    if not found:
        from scriptlint.language.compiler import unknown

        known = {
            *rules,
            *(full.split("/", 1)[1] for full in rules),
            *(full.split("/")[0] for full in rules),
            *FAMILIES,
        }
        raise UnknownRule(unknown("rule", name, sorted(known)))
    return found


def select(ruleset: RuleSet, wanted: Iterable[str], ignored: Iterable[str]) -> RuleSet:
    """The rules that are wanted (all when nothing is named) and not ignored. Raises UnknownRule."""
    names = [full for name in wanted for full in resolve(ruleset, name)] or list(ruleset.rules)
    left_out = {full for name in ignored for full in resolve(ruleset, name)}
    return ruleset.only(set(names) - left_out)
