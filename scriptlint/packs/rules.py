"""Building rules from their files: verb, matcher, guards, clauses and examples."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from scriptlint import registry, shape, yamltree
from scriptlint.language import Compiler, Guard, Matcher, unknown
from scriptlint.model.document import Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.rule import FAMILIES, Applies, Basis, Example, Instrument, Rule, Verdict
from scriptlint.model.span import Span
from scriptlint.packs.files import Loader, entries, get, items, text, texts
from scriptlint.packs.parts import wording
from scriptlint.packs.schema import verb_keys

_MARK = lazy_re(r"\[\[|\]\]")


@dataclass(slots=True)
class RuleFile:
    """A rule file that has its shape: its pack, name and tree."""

    pack: str
    stem: str
    shown: str
    tree: yamltree.Mapping


def build(
    file: RuleFile,
    loader: Loader,
    compiler: Compiler,
    guards: Mapping[str, Guard],
    instruments: Mapping[str, Instrument],
) -> tuple[Rule, Matcher] | None:
    """The rule of a file with its matcher; None when something in it is wrong, with the mistakes noted."""
    tree, shown = file.tree, file.shown
    count = len(loader.problems)
    name = text(tree.get("id"))
    if name != file.stem:
        loader.wrong(shown, _at(tree, "id"), f'the id "{name}" must be the name of the file, "{file.stem}"')
    verb, matcher = _verb(file, loader, compiler)
    for node in (node for key in ("unless", "despite", "where") for node in items(tree.get(key))):
        if text(node) not in guards:
            loader.wrong(shown, node.span.start, unknown("guard", text(node), guards))
    basis = _basis(file, loader, instruments)
    examples = _examples(file, loader)
    for kind in ("fail", "pass"):
        if not any(example.expect == kind for example in examples):
            loader.wrong(shown, _at(tree, "examples"), f"a rule needs at least one {kind} example")
    if verb is None or matcher is None or len(loader.problems) > count:
        return None
    full = f"{file.pack}/{name}"
    applies = tree.get("applies")
    scopes = texts(tree.get("scope"))
    rule = Rule(
        id=full,
        title=wording(tree.get("title")),
        family=text(tree.get("family")),
        verdict=Verdict(text(tree.get("verdict"))),
        verb=verb,
        message=wording(tree.get("message")),
        suggest=wording(tree.get("suggest")),
        basis=basis,
        applies=Applies(_context(get(applies, "only")), _context(get(applies, "never"))),
        speakers=texts(tree.get("speaker")) or ("institution",),
        scopes=frozenset(Scope(scope) for scope in scopes) or _usual_scopes(verb),
        guards=texts(tree.get("unless")),
        where=texts(tree.get("where")),
        despite=texts(tree.get("despite")),
        status=text(tree.get("status")) or "stable",
        aliases=texts(tree.get("aliases")),
        examples=examples,
        path=shown,
        note=text(tree.get("note")),
        hint=text(tree.get("hint")) == "true",
        locked=text(tree.get("locked")) == "true",
        yields_to=tuple(
            other if "/" in other or other in FAMILIES else f"{file.pack}/{other}"
            for other in texts(tree.get("yields-to"))
        ),
    )
    return rule, matcher


def _usual_scopes(verb: str) -> frozenset[Scope]:
    """All that customers hear or read; comments too where a verb finds what must not stand in the file at all."""
    module = registry.load("scriptlint.verbs", verb_keys()[verb])
    return frozenset(Scope) - ({Scope.COMMENT} if not getattr(module, "IN_COMMENTS", False) else set())


def _verb(file: RuleFile, loader: Loader, compiler: Compiler) -> tuple[str | None, Matcher | None]:
    keys = verb_keys()
    used = [key for key, _ in file.tree.entries if key.text in keys]
    if len(used) != 1:
        listed = ", ".join(sorted(keys))
        place = used[1].span.start if used else file.tree.span.start
        found = "several verbs" if used else "no verb"
        loader.wrong(file.shown, place, f"{found} here; a rule has exactly one of {listed}")
        return None, None
    verb = used[0].text
    module: ModuleType = registry.load("scriptlint.verbs", keys[verb])
    params = file.tree.get(verb)
    assert params is not None
    errors = shape.check(params, module.SCHEMA, verb)
    if errors:
        for offset, message in errors:
            loader.wrong(file.shown, offset, message)
        return verb, None
    matcher: Matcher = module.build(params, compiler)
    verdict = file.tree.get("verdict")
    allowed = getattr(module, "VERDICTS", tuple(Verdict))
    if verdict is not None and text(verdict) not in allowed:
        words = " or ".join(allowed)
        loader.wrong(file.shown, verdict.span.start, f'what "{verb}" finds decides nothing alone: write {words}')
        return verb, None
    if compiler.errors:
        for offset, message in compiler.errors:
            loader.wrong(file.shown, offset, message)
        compiler.errors.clear()
        return verb, None
    return verb, matcher


def _basis(file: RuleFile, loader: Loader, instruments: Mapping[str, Instrument]) -> tuple[Basis, ...]:
    node = file.tree.get("basis")
    if isinstance(node, yamltree.Scalar):  # practice
        return ()
    found: list[Basis] = []
    for item in items(node):
        source = get(item, "source")
        name = text(source)
        if name not in instruments:
            loader.wrong(
                file.shown,
                source.span.start if source else item.span.start,
                unknown("source", name, instruments),
            )
        found.append(Basis(name, text(get(item, "clause"))))
    return tuple(found)


def _context(node: yamltree.Node | None) -> dict[str, tuple[str, ...]]:
    return {key.text: texts(value) for key, value in entries(node)}


def _examples(file: RuleFile, loader: Loader) -> tuple[Example, ...]:
    result: list[Example] = []
    for key, listed in entries(file.tree.get("examples")):
        for node in items(listed):
            raw = text(node) if isinstance(node, yamltree.Scalar) else text(get(node, "text"))
            plain, marks = unmark(raw)
            if key.text in ("fail", "known-miss") and not marks:
                loader.wrong(file.shown, node.span.start, f"a {key.text} example marks what must be found with [[ ]]")
            if key.text in ("pass", "known-alarm") and marks:
                loader.wrong(file.shown, node.span.start, f"a {key.text} example has nothing to mark with [[ ]]")
            extra = {
                name.text: texts(value) for name, value in entries(node) if name.text not in ("text", "format", "note")
            }
            form = text(get(node, "format")) if isinstance(node, yamltree.Mapping) else ""
            line = loader.line(file.shown, node.span.start)
            result.append(Example(plain, marks, key.text, extra, form or "plain", line))
    return tuple(result)


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """An example without its ``[[ ]]`` marks, and the spans they enclosed."""
    parts: list[str] = []
    marks: list[Span] = []
    position = length = 0
    start: int | None = None
    for mark in _MARK.finditer(marked):
        piece = marked[position : mark.start()]
        parts.append(piece)
        length += len(piece)
        position = mark.end()
        if mark[0] == "[[":
            start = length
        elif start is not None:
            marks.append(Span(start, length))
            start = None
    parts.append(marked[position:])
    return "".join(parts), tuple(marks)


def _at(tree: yamltree.Mapping, key: str) -> int:
    node = tree.get(key)
    return node.span.start if node is not None else tree.span.start
