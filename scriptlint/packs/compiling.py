"""Compiling packs: folders of YAML become rules, or problems that say file, line and column, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scriptlint import yamltree
from scriptlint.language import Compiler, Definition, Guard, Language, Matcher, Scanner, Vocabulary
from scriptlint.language.ruleset import Clue, LiteralIndex, RuleSet
from scriptlint.model.finding import Problem
from scriptlint.model.record import dataclass
from scriptlint.model.rule import Instrument, Pack, Rule
from scriptlint.packs import parts, schema
from scriptlint.packs.files import Loader, get, text
from scriptlint.packs.loaded import Facts, Loaded, Period
from scriptlint.packs.rules import RuleFile, build

_SPECIAL = ("vocabulary", "glossary", "models")


@dataclass(frozen=True, slots=True)
class Compiled:
    """Everything that packs hold, whatever the day."""

    rules: Mapping[str, Rule]
    """By full name, sorted."""
    matchers: Mapping[str, Matcher]
    params: Mapping[str, yamltree.Node]
    """What each rule says to its verb."""
    guards: Mapping[str, Guard]
    instruments: Mapping[str, Instrument]
    clues: tuple[Clue, ...]
    compiler: Compiler
    language: Language
    literals: frozenset[str]
    index: LiteralIndex
    fingerprint: str
    packs: tuple[Pack, ...]
    problems: tuple[Problem, ...]


def compiled(dirs: Sequence[Path]) -> Compiled:
    """Compile every pack below these folders. Never raises for what stands in the files: mistakes are in ``problems``
    and the rule concerned is left out."""
    loader = Loader()
    packs = [pack for folder in dirs for pack in _packs(folder, loader)]
    instruments: dict[str, Instrument] = {}
    vocabulary: dict[str, Definition] = {}
    for pack in packs:
        tree = _optional(loader, pack, "sources.yaml", schema.SOURCES)
        instruments.update(parts.instruments(loader, _shown(pack, "sources.yaml"), tree))
    defined: list[tuple[str, list[tuple[yamltree.Scalar, Definition]]]] = []
    owners: dict[str, str] = {}
    for path, shown in _files(packs, "vocabulary"):
        found = parts.definitions(loader, shown, loader.read(path, shown, schema.VOCABULARY))
        defined.append((shown, found))
        for key, definition in found:
            if definition.name in vocabulary:
                other = owners[definition.name]
                loader.wrong(shown, key.span.start, f'the concept "{definition.name}" is already defined in {other}')
            vocabulary[definition.name] = definition
            owners[definition.name] = shown
    for shown, found in defined:
        parts.check_concepts(loader, shown, found, set(vocabulary))
    words = _sound(vocabulary, loader)
    compiler = Compiler(words)
    compiler.glossaries = {
        path.stem: parts.glossary(loader.read(path, shown, schema.GLOSSARY))
        for path, shown in _files(packs, "glossary")
    }
    compiler.models = {
        path.stem: model
        for path, shown in _files(packs, "models", "*.json")
        if (model := loader.model(path, shown)) is not None
    }
    guards: dict[str, Guard] = {}
    clues: list[Clue] = []
    for pack in packs:
        guards.update(parts.guards(_optional(loader, pack, "guards.yaml", schema.GUARDS), compiler))
        _move_errors(compiler, loader, _shown(pack, "guards.yaml"))
        clues.extend(parts.clues(_optional(loader, pack, "context.yaml", schema.CLUES), compiler))
        _move_errors(compiler, loader, _shown(pack, "context.yaml"))
        for path in sorted(pack.glob("*.yaml")):
            if path.name not in ("pack.yaml", "sources.yaml", "guards.yaml", "context.yaml"):
                compiler.data = {**compiler.data, path.stem: loader.read(path, _shown(pack, path.name), None)}
    rules, matchers, params = _rules(packs, loader, compiler, guards, instruments)
    literals = (
        words.literals(compiler.nodes)
        | {literal for matcher in matchers.values() for literal in matcher.literals or ()}
        | set(compiler.extra_literals)
    )
    described = tuple(_described(pack, loader, rules) for pack in packs)
    return Compiled(
        rules=rules,
        matchers=matchers,
        params=params,
        guards=guards,
        instruments=instruments,
        clues=tuple(clues),
        compiler=compiler,
        language=Language(words, Scanner(literals)),
        literals=frozenset(literals),
        index=LiteralIndex({name: matcher.literals for name, matcher in matchers.items()}),
        fingerprint=loader.fingerprint(),
        packs=described,
        problems=tuple(loader.problems),
    )


def _described(folder: Path, loader: Loader, rules: Mapping[str, Rule]) -> Pack:
    version = text(get(_optional(loader, folder, "pack.yaml", schema.PACK), "version"))
    own = sum(name.startswith(f"{folder.name}/") for name in rules)
    return Pack(folder.name, version, loader.fingerprint(_shown(folder, "")), own)


def _packs(folder: Path, loader: Loader) -> list[Path]:
    if not folder.is_dir():
        loader.problems.append(Problem(str(folder), "no such folder of rules", severity="usage"))
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _shown(pack: Path, name: str) -> str:
    return f"{pack.parent.name}/{pack.name}/{name}"


def _files(packs: Iterable[Path], folder: str, names: str = "*.yaml") -> list[tuple[Path, str]]:
    return [
        (path, _shown(pack, f"{folder}/{path.name}")) for pack in packs for path in sorted((pack / folder).glob(names))
    ]


def _optional(loader: Loader, pack: Path, name: str, shape: schema.Schema) -> yamltree.Node | None:
    path = pack / name
    return loader.read(path, _shown(pack, name), shape) if path.is_file() else None


def _move_errors(compiler: Compiler, loader: Loader, shown: str) -> None:
    for offset, message in compiler.errors:
        loader.wrong(shown, offset, message)
    compiler.errors.clear()


def _sound(vocabulary: Mapping[str, Definition], loader: Loader) -> Vocabulary:
    """A vocabulary without broken references: those are noted already and must not stop the rest."""
    from scriptlint.language.vocabulary import concepts_in

    known = dict(vocabulary)
    while True:
        broken = {
            name
            for name, item in known.items()
            if any(used not in known for way in item.ways for used in concepts_in(way))
        }
        if not broken:
            break
        known = {name: item for name, item in known.items() if name not in broken}
    words = Vocabulary(known.values())
    chain = words.cycle()
    if chain:
        loader.problems.append(
            Problem("vocabulary", f"concepts lead back to themselves: {' -> '.join(chain)}", severity="usage")
        )
        return Vocabulary(item for item in known.values() if item.name not in chain)
    return words


def _rules(
    packs: Iterable[Path],
    loader: Loader,
    compiler: Compiler,
    guards: Mapping[str, Guard],
    instruments: Mapping[str, Instrument],
) -> tuple[dict[str, Rule], dict[str, Matcher], dict[str, yamltree.Node]]:
    rules: dict[str, Rule] = {}
    matchers: dict[str, Matcher] = {}
    params: dict[str, yamltree.Node] = {}
    shape = schema.rule_schema()
    for pack in packs:
        for path in sorted(pack.glob("*/*.yaml")):
            if path.parent.name in _SPECIAL:
                continue
            shown = _shown(pack, f"{path.parent.name}/{path.name}")
            tree = loader.read(path, shown, shape)
            if not isinstance(tree, yamltree.Mapping):
                continue
            built = build(RuleFile(pack.name, path.stem, shown, tree), loader, compiler, guards, instruments)
            if built is None:
                continue
            rule, matcher = built
            if rule.id in rules:
                loader.problems.append(
                    Problem(shown, f'the rule "{rule.id}" is already in {rules[rule.id].path}', severity="usage")
                )
                continue
            rules[rule.id], matchers[rule.id] = rule, matcher
            node = tree.get(rule.verb)
            assert node is not None
            params[rule.id] = node
    ordered = dict(sorted(rules.items()))
    return ordered, matchers, params


def ruleset(compiled: Compiled) -> Loaded:
    """The same as a rule set, and what decides which of its rules are in force."""
    rules = compiled.rules
    return Loaded(
        RuleSet(
            rules=rules,
            matchers=compiled.matchers,
            guards=compiled.guards,
            instruments=compiled.instruments,
            clues=compiled.clues,
            language=compiled.language,
            index=compiled.index,
            fingerprint=compiled.fingerprint,
            packs=compiled.packs,
            problems=compiled.problems,
            all_rules=rules,
            masking=tuple(name for name, rule in rules.items() if rule.verb == "detect"),
            locked=frozenset(name for name, rule in rules.items() if rule.locked),
            default_guards=tuple(name for name, guard in compiled.guards.items() if guard.default),
        ),
        tuple(Facts(name, rule.status, tuple(basis.source for basis in rule.basis)) for name, rule in rules.items()),
        {
            name: Period(instrument.status, instrument.in_force, instrument.ends)
            for name, instrument in compiled.instruments.items()
        },
    )
