"""Labelled scripts: what readers marked in them, read from a labels file with a place for every mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from scriptlint import yamltree
from scriptlint.model.record import dataclass
from scriptlint.model.rule import FAMILIES
from scriptlint.model.span import LineIndex, Span

PARTS = ("develop", "check")


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


class LabelError(Exception):
    """Labels that cannot be used; ``errors`` holds (line, column, message), ``path`` the file where it is known."""

    def __init__(self, errors: Sequence[tuple[int, int, str]], path: str = "") -> None:
        super().__init__("; ".join(message for _, _, message in errors))
        self.errors = tuple(errors)
        self.path = path


def load(path: Path) -> Corpus:
    """Read a labels file, or every ``*.yaml`` of a folder as one corpus.

    Raises OSError or UnicodeDecodeError when a file cannot be read, LabelError with every mistake of one file.
    """
    scripts: dict[str, Labelled] = {}
    neutral: set[str] = set()
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        try:
            corpus = parse(file.read_bytes().decode("utf-8-sig"))
        except LabelError as error:
            raise LabelError(error.errors, str(file)) from None
        for script in corpus.scripts:
            if script.name in scripts:
                raise LabelError([(1, 1, f"{script.name} is labelled in another file of this folder too")], str(file))
            scripts[script.name] = script
        neutral.update(corpus.neutral_terms)
    if not scripts:
        raise LabelError([(1, 1, "there are no labels here")], str(path))
    return Corpus(tuple(sorted(scripts.values(), key=lambda script: script.name)), frozenset(neutral))


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
    if part and part not in PARTS:
        errors.append((node.span.start, f'part must be {" or ".join(PARTS)}, not "{part}"'))
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
