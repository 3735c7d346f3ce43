"""``explain``: a term of the glossary must be explained where it is used, or replaced by plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scriptlint.language import (
    Compiler,
    GlossaryEntry,
    Match,
    Matcher,
    Node,
    Passage,
    Scanner,
    TextView,
    unknown,
    words_of,
)
from scriptlint.model.document import Role, Scope
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree

SCHEMA = {
    "description": "Terms that must be explained on first use.",
    "type": "object",
    "properties": {
        "glossary": {
            "description": "Glossary files by name, or all.",
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
        },
        "soft": {"type": "boolean", "description": "Only the terms marked soft, instead of only the others."},
        "explained": {
            "description": "Patterns that introduce an explanation after the term, or precede it.",
            "type": "array",
            "items": {"type": "string"},
        },
    },
    "required": ["glossary"],
    "additionalProperties": False,
}

# An explanation in brackets says something in words, not a number or a code.
_BRACKET = re.compile(r"\s?\((?=[^()]{0,80}[\u4e00-\u9fff]{4})[^()]{4,80}\)")
_EXPLAINED_BY_BRACKET = re.compile(r"[\u4e00-\u9fff]{3,}[,;:]?\s?\([^()]{0,12}$")
_NEAR = 36
"""How far after a term, in characters, an explanation may begin to count as its own."""


@dataclass(frozen=True, slots=True)
class _Use:
    segment: int
    start: int
    end: int
    entry: GlossaryEntry


def build(params: Tree, compiler: Compiler) -> Matcher:
    """A matcher that yields one match for each clause with terms that the document explains nowhere."""
    assert isinstance(params, Mapping)
    soft = params.get("soft")
    wanted = isinstance(soft, Scalar) and soft.value is True
    entries: dict[str, GlossaryEntry] = {}
    for words in words_of(params.get("glossary")):
        if words.text != "all" and words.text not in compiler.glossaries:
            compiler.errors.append((words.at, unknown("glossary", words.text, compiler.glossaries)))
            continue
        names = list(compiler.glossaries) if words.text == "all" else [words.text]
        for entry in (entry for name in names for entry in compiler.glossaries[name] if entry.soft is wanted):
            entries.update(dict.fromkeys(entry.forms, entry))
    explained = compiler.patterns(words_of(params.get("explained")), rule=False)
    compiler.extra_literals.update(entries)
    compiler.extra_literals.update(word for entry in entries.values() for word in entry.harmless)

    def find(passage: Passage) -> Iterator[Match]:
        uses = [use for index, view in enumerate(passage.views) for use in _uses(index, view, entries)]
        known = {use.entry.term for use in uses if _is_explained(passage.views[use.segment], use, explained)}
        known.update(_defined_in_tables(passage, uses))
        clauses: dict[tuple[int, int], list[_Use]] = {}
        for use in uses:
            segment = passage.views[use.segment].segment
            if use.entry.term in known or segment.role is Role.CUSTOMER or segment.scope is Scope.COMMENT:
                continue
            clauses.setdefault((use.segment, passage.views[use.segment].stops.clause(use.start).start), []).append(use)
        told: set[str] = set()
        for (index, _), group in sorted(clauses.items()):
            new = [use for use in group if use.entry.term not in told]
            if not new:
                continue
            told.update(use.entry.term for use in new)
            terms = list(dict.fromkeys(use.entry for use in new))
            view = passage.views[index]
            yield Match(
                index,
                view.to_text(Span(new[0].start, max(use.end for use in new))),
                values={"terms": "、".join(entry.term for entry in terms)},
                suggest=";".join(_advice(entry) for entry in terms[:3]) + "。",
            )

    return Matcher(find, frozenset(entries) or None, unit=Unit.DOCUMENT)


def _advice(entry: GlossaryEntry) -> str:
    if entry.instead:
        return f"「{entry.term}」可改说「{entry.instead}」,或注明:{entry.plain}"
    return f"在「{entry.term}」后注明:{entry.plain}"


def _uses(index: int, view: TextView, entries: dict[str, GlossaryEntry]) -> list[_Use]:
    """Terms in a view, the longest where they overlap, without those inside harmless words."""
    found: list[_Use] = []
    for form in view.found.keys() & entries.keys():
        entry = entries[form]
        shields = [
            (start, start + len(word)) for word in entry.harmless for start in Scanner.find_all(view.folded, word)
        ]
        for start in view.found[form]:
            end = start + len(form)
            if not any(low <= start and end <= high for low, high in shields):
                found.append(_Use(index, start, end, entry))
    found.sort(key=lambda use: (use.start, -use.end))
    kept: list[_Use] = []
    for use in found:
        if not kept or kept[-1].end <= use.start:
            kept.append(use)
    return kept


def _is_explained(view: TextView, use: _Use, explained: Sequence[Node]) -> bool:
    text = view.folded
    if _BRACKET.match(text, use.end) or (
        # 提前还款要付的钱(违约金): the plain words come first.
        text[use.end : use.end + 1] == ")" and _EXPLAINED_BY_BRACKET.search(text[: use.start])
    ):
        return True
    after = view.stops.sentence_end(use.end)
    after = min(view.stops.sentence_end(after), use.end + _NEAR) if after - use.end < _NEAR else use.end + _NEAR
    before = view.stops.clause(use.start).start
    for node in explained:
        for hit in view.hits(node).all:
            if use.end <= hit.start <= after or (before <= hit.start and hit.end <= use.start):
                return True
    return False


def _defined_in_tables(passage: Passage, uses: Sequence[_Use]) -> Iterator[str]:
    """Terms that are a whole cell or heading, with text in the same row or right below to explain them."""
    for use in uses:
        view = passage.views[use.segment]
        segment = view.segment
        whole = len(view.folded.strip()) - (use.end - use.start) <= 6
        if not whole:
            continue
        if segment.scope is Scope.TABLE_CELL and segment.record is not None:
            row = (
                other
                for other in passage.views
                if other is not view
                and other.segment.record == segment.record
                and other.segment.section == segment.section
            )
            if any(len(other.folded) >= 8 for other in row):
                yield use.entry.term
        elif segment.scope is Scope.HEADING and any(
            len(below.folded) >= 12 for below in passage.views[use.segment + 1 : use.segment + 2]
        ):
            yield use.entry.term
