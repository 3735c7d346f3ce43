"""Compiled packs as plain data, in parts that can be read one by one."""

from __future__ import annotations

from typing import Any, TypeGuard

from scriptlint import cachefiles, yamltree
from scriptlint.language.hits import Language
from scriptlint.language.pattern import Node
from scriptlint.language.stored import encode, encode_ways
from scriptlint.packs.compiling import Compiled
from scriptlint.packs.plain import Freezing
from scriptlint.packs.schema import verb_keys


def frozen(compiled: Compiled) -> bytes | None:
    """A file with all that a rule set is made of; None when something in it cannot be kept."""
    try:
        return _Freezer(compiled).frozen()
    except (TypeError, ValueError):  # such as a verb that keeps what only itself knows
        return None


class _Freezer:
    """The working state of one freezing."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.language: Language = compiled.language
        self.writer = cachefiles.Writer()
        self.plain = Freezing(self.writer.add, lambda node: encode(node, self.language.needs))
        self.names = {name: number for number, name in enumerate(compiled.rules)}

    def frozen(self) -> bytes:
        compiled, compiler, plain = self.compiled, self.compiled.compiler, self.plain
        vocabulary = self.language.vocabulary
        parts: dict[str, object] = {
            "concepts": {name: self._concept(name) for name in vocabulary.names},
            "rules": {name: plain.part(rule) for name, rule in compiled.rules.items()},
            "matchers": {name: self._matcher(name) for name in compiled.rules},
            "guards": {name: plain.part(guard) for name, guard in compiled.guards.items()},
            "default_guards": tuple(name for name, guard in compiled.guards.items() if guard.default),
            "clues": plain.data(compiled.clues),
            "instruments": {name: plain.part(item) for name, item in compiled.instruments.items()},
            "glossaries": {name: plain.part(tuple(entries)) for name, entries in compiler.glossaries.items()},
            "models": {name: plain.part(model) for name, model in compiler.models.items()},
            "data": {name: self.writer.add(tree(node)) for name, node in compiler.data.items() if _is_tree(node)},
            "periods": {
                name: (item.status, _day(item.in_force), _day(item.ends)) for name, item in compiled.instruments.items()
            },
            "facts": tuple(
                (name, rule.status, tuple(basis.source for basis in rule.basis), rule.verb == "detect", rule.locked)
                for name, rule in compiled.rules.items()
            ),
            "unfiltered": tuple(sorted(compiled.index.unfiltered)),
            "fingerprint": compiled.fingerprint,
            "packs": plain.data(compiled.packs),
        }
        # Last, since the patterns above had to say what they need first.
        parts["sets"] = self.language.known
        parts["drawers"], parts["singles"] = self._literals()
        return self.writer.file(parts)

    def _concept(self, name: str) -> int:
        definition = self.language.vocabulary[name]
        return self.writer.add((encode_ways(definition.ways, self.language.needs), tuple(definition.harmless)))

    def _matcher(self, name: str) -> tuple[Any, ...]:
        matcher, rule = self.compiled.matchers[name], self.compiled.rules[name]
        params = self.compiled.params[name]
        patterns = {text: encode(node, self.language.needs) for text, node in self._patterns(params)}
        return (
            verb_keys()[rule.verb],
            str(matcher.unit),
            matcher.whole,
            matcher.signs,
            matcher.guarded,
            matcher.once,
            self.writer.add((tree(params), patterns)),
        )

    def _patterns(self, params: yamltree.Node) -> list[tuple[str, Node]]:
        known = self.compiled.compiler.parsed
        return [(text, known[text]) for text in _texts(params) if text in known]

    def _literals(self) -> tuple[dict[str, int], str]:
        """For every literal the sets it is in and the rules it can matter to, in drawers by its first character; and
        all literals of one character."""
        by_literal = self.compiled.index.by_literal
        heads: dict[str, list[tuple[Any, ...]]] = {}
        singles: dict[str, Any] = {}
        for literal in sorted(self.compiled.literals | by_literal.keys() | self.language.literals):
            sets = tuple(sorted(self.language.present((literal,))))
            rules = tuple(self.names[name] for name in by_literal.get(literal, ()))
            if len(literal) == 1:
                singles[literal] = (sets, rules)
            elif literal in self.compiled.literals:
                heads.setdefault(literal[:2], []).append((literal, sets, rules))
        inside: dict[str, dict[str, int]] = {char: {} for char in singles}
        for head, found in heads.items():
            inside.setdefault(head[0], {})[head] = self.writer.add(tuple(found))
        drawers = {char: self.writer.add((singles.get(char), places)) for char, places in inside.items()}
        return drawers, "".join(singles)


def tree(node: yamltree.Node) -> Any:
    """A tree of values without their places: by now nothing is wrong with them."""
    if isinstance(node, yamltree.Scalar):
        return node.text if node.value == node.text else (node.text, node.value)
    if isinstance(node, yamltree.Sequence):
        return [tree(item) for item in node.items]
    return {key.text: tree(value) for key, value in node.entries}


def _is_tree(node: object) -> TypeGuard[yamltree.Node]:
    return isinstance(node, yamltree.Scalar | yamltree.Sequence | yamltree.Mapping)


def _texts(node: yamltree.Node) -> list[str]:
    if isinstance(node, yamltree.Scalar):
        return [node.text]
    children = node.items if isinstance(node, yamltree.Sequence) else tuple(value for _, value in node.entries)
    return [text for child in children for text in _texts(child)]


def _day(day: Any) -> str:
    return day.isoformat() if day is not None else ""
