"""A rule set from what was kept of it: rules, patterns and words are made when a text calls for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any

from scriptlint.cachefiles import Parts
from scriptlint.language.matching import Match, Matcher, Passage
from scriptlint.language.ruleset import RuleSet
from scriptlint.language.storedlanguage import StoredCompiler, StoredIndex, StoredLanguage, StoredScanner
from scriptlint.model.lazy import LazyMap
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.packs.loaded import Facts, Loaded, Period
from scriptlint.packs.plain import Thawing
from scriptlint.yamltree import Mapping as TreeMapping
from scriptlint.yamltree import Node as Tree
from scriptlint.yamltree import Scalar, Sequence


def loaded(parts: Parts) -> Loaded:
    """The rule set in a cache file. Raises KeyError, TypeError or ValueError when it is none."""
    stored: Mapping[str, Any] = parts.main
    scanner = StoredScanner(stored["drawers"], stored["singles"], parts.at)
    language = StoredLanguage(stored["concepts"], scanner, stored["sets"], parts.at)
    thawing = Thawing(parts.at, language.learn)

    def each(kind: str) -> LazyMap[Any]:
        places: Mapping[str, int] = stored[kind]
        return LazyMap(places, lambda name: thawing.at(places[name]))

    data: Mapping[str, int] = stored["data"]
    trees = LazyMap(data, lambda name: _tree(parts.at(data[name])))
    glossaries, models = each("glossaries"), each("models")
    verbs: Mapping[str, tuple[Any, ...]] = stored["matchers"]

    def matcher(name: str) -> Matcher:
        module, unit, whole, signs, guarded, once, kept = verbs[name]
        made: list[Matcher] = []

        def find(passage: Passage) -> Iterator[Match]:
            if not made:
                params, patterns = parts.at(kept)
                compiler = StoredCompiler(language, patterns)
                compiler.glossaries, compiler.models, compiler.data = glossaries, models, trees
                made.append(import_module(f"scriptlint.verbs.{module}").build(_tree(params), compiler))
            return made[0].find(passage)

        return Matcher(find, None, Unit(unit), whole, signs, guarded, once)

    rules = each("rules")
    facts = stored["facts"]
    ruleset = RuleSet(
        rules=rules,
        matchers=LazyMap(verbs, matcher),
        guards=each("guards"),
        instruments=each("instruments"),
        clues=thawing.value(stored["clues"]),
        language=language,
        index=StoredIndex(scanner, tuple(rules), frozenset(stored["unfiltered"])),
        fingerprint=stored["fingerprint"],
        packs=thawing.value(stored["packs"]),
        all_rules=rules,
        masking=tuple(name for name, _, _, masks, _ in facts if masks),
        locked=frozenset(name for name, _, _, _, locked in facts if locked),
        default_guards=stored["default_guards"],
    )
    return Loaded(
        ruleset,
        tuple(Facts(name, status, sources) for name, status, sources, _, _ in facts),
        {name: Period(status, _day(start), _day(end)) for name, (status, start, end) in stored["periods"].items()},
    )


_NOWHERE = Span(0, 0)


def _tree(data: Any) -> Tree:
    if data.__class__ is str:
        return Scalar(data, data, _NOWHERE, None)
    if data.__class__ is list:
        return Sequence(tuple([_tree(item) for item in data]), _NOWHERE)
    if data.__class__ is dict:
        entries = ((Scalar(key, key, _NOWHERE, None), _tree(value)) for key, value in data.items())
        return TreeMapping(tuple(entries), _NOWHERE)
    text, value = data
    return Scalar(text, value, _NOWHERE, None)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
