"""``explain``: a term of the glossary must be explained where it is used, or replaced by plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scriptlint.language import (
    Compiler,
    GlossaryEntry,
    Match,
    Matcher,
    Passage,
    Scanner,
    TextView,
    unknown,
    words_of,
)
from scriptlint.language.explaining import Hints, Use, answers, asks_meaning, begins_explaining, is_explained
from scriptlint.language.placeholders import find_placeholders
from scriptlint.model.document import Role, Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
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
        "at-least": {"type": "integer", "description": "So many different terms must stand in one sentence."},
        **{
            name: {"description": about, "type": "array", "items": {"type": "string"}}
            for name, about in (
                ("explained", "Patterns that begin an explanation after the term."),
                ("called", "Patterns that give a thing its name, right before the term: the explanation came first."),
                ("asks", "Patterns that ask what a word means; the reply explains it."),
                ("evades", "Patterns of replies that explain nothing."),
            )
        },
    },
    "required": ["glossary"],
    "additionalProperties": False,
}

_HINTS = ("explained", "called", "asks", "evades")
_HAN = lazy_re("[\u4e00-\u9fff]")
# A column of questions: customers say these words.
_ASKED = lazy_re("[问疑]|(?:客户|群友|会员|对方|他们|来电|家长|业主)[^,]{0,3}[说话]")
_MARKS = " \t*#>•·-—.、()【】0123456789一二三四五六七八九十"
# A column of a table that tells in plain words what the first one says.
_PLAIN_COLUMN = lazy_re("白话|人话|解释|意思|通俗|怎么理解")
# 久期: 衡量…的指标, at the head of a list item or paragraph; a word in bold stands before a space instead.
_DEFINED_BY_COLON = lazy_re(
    "[\u4e00-\u9fff]{0,4}(?:[*_]{0,2}\\s?:[*_]{0,2}\\s?|\\s(?=[\u4e00-\u9fff]))(?=(?:[^\u4e00-\u9fff\n]{0,8}[\u4e00-\u9fff]){12})(?=[^\n]{0,40}(?:的|指|就是|越|把|表示|衡量))"
)
_FILLED_IN = lazy_re(r"https?://[!-~]{1,200}|《[^《》\n]{1,40}》")
"""Addresses and titles of documents: words in them are names."""


@dataclass(frozen=True, slots=True)
class _Found(Use):
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
    fewest_node = params.get("at-least")
    fewest = fewest_node.value if isinstance(fewest_node, Scalar) and isinstance(fewest_node.value, int) else 1
    hints = Hints(*(compiler.patterns(words_of(params.get(name)), rule=False) for name in _HINTS))
    compiler.extra_literals.update(entries)
    compiler.extra_literals.update(word for entry in entries.values() for word in entry.harmless)

    def find(passage: Passage) -> Iterator[Match]:
        found = [_uses(index, view, entries) for index, view in enumerate(passage.views)]
        uses = [use for here in found for use in here]
        known = [
            use.term
            for index, here in enumerate(found)
            for use in here
            if passage.views[index].segment.role is not Role.CUSTOMER
            and (is_explained(passage.views[index], use, here, hints) or _goes_on(passage, use, here, hints))
        ]
        known.extend(_defined_in_tables(passage, uses))
        known.extend(_answered(passage, found, hints))
        clauses: dict[tuple[int, int], list[_Found]] = {}
        for use in uses:
            segment = passage.views[use.segment].segment
            asked = segment.scope is Scope.TABLE_CELL and _ASKED.search(segment.label) is not None
            if _among(use, known, entries) or segment.role is Role.CUSTOMER or segment.scope is Scope.COMMENT or asked:
                continue
            stops = passage.views[use.segment].stops
            part = stops.clause(use.start) if fewest == 1 else stops.sentence(use.start)
            clauses.setdefault((use.segment, part.start), []).append(use)
        told: list[str] = []
        for (index, _), group in sorted(clauses.items()):
            new = [use for use in group if not _among(use, told, entries)]
            if len({use.entry.term for use in new}) < fewest:
                continue
            told.extend(use.term for use in new)
            view = passage.views[index]
            spans = (view.to_text(Span(use.start, use.end)) for use in new)
            words = dict(zip((view.segment.text[span.start : span.end] for span in spans), new, strict=True))
            yield Match(
                index,
                view.to_text(Span(new[0].start, max(use.end for use in new))),
                values={"terms": "、".join(words)},
                suggest=";".join(_advice(word, use.entry) for word, use in list(words.items())[:3]) + "。",
            )

    return Matcher(find, frozenset(entries) or None, unit=Unit.DOCUMENT)


def _among(use: _Found, told: Sequence[str], entries: dict[str, GlossaryEntry]) -> bool:
    """True when the same word, or a longer or shorter form of it, was explained or told before."""
    return any(entries[other] is use.entry and _akin(use.term, other) for other in told)


def _akin(one: str, other: str) -> bool:
    return one == other or any(one[start : start + 2] in other for start in range(len(one) - 1))


def _advice(word: str, entry: GlossaryEntry) -> str:
    if entry.instead:
        return f"「{word}」可改说「{entry.instead}」,或注明:{entry.plain}"
    return f"在「{word}」后注明:{entry.plain}"


def _uses(index: int, view: TextView, entries: dict[str, GlossaryEntry]) -> list[_Found]:
    """Terms in a view, the longest where they overlap, without those inside harmless words, names and variables."""
    found: list[_Found] = []
    forms = view.found.keys() & entries.keys()
    if not forms:
        return found
    text = view.folded
    chinese = _HAN.search(text) is not None
    names = [match.span() for match in _FILLED_IN.finditer(text)]
    names.extend((placeholder.start, placeholder.end) for placeholder in find_placeholders(text))
    for form in forms:
        # English words are slang only inside Chinese sentences.
        if form.isascii() and not chinese:
            continue
        entry = entries[form]
        shields = [(start, start + len(word)) for word in entry.harmless for start in Scanner.find_all(text, word)]
        for start in view.found[form]:
            end = start + len(form)
            # An underscore makes it part of a technical name (kyc_level).
            technical = form.isascii() and "_" in (text[start - 1 : start], text[end : end + 1])
            if not technical and not any(low <= start and end <= high for low, high in (*shields, *names)):
                found.append(_Found(index, start, end, form, entry))
    found.sort(key=lambda use: (use.start, -use.end))
    kept: list[_Found] = []
    for use in found:
        if not kept or kept[-1].end <= use.start:
            kept.append(use)
    return kept


def _goes_on(passage: Passage, use: Use, here: Sequence[Use], hints: Hints) -> bool:
    """True when the term stands in the last sentence of its segment and the next one begins by explaining it."""
    view = passage.views[use.segment]
    if use is not here[-1] or use.segment + 1 >= len(passage.views):
        return False
    below = passage.views[use.segment + 1]
    same = below.segment.role is view.segment.role and below.segment.scope is not Scope.TABLE_CELL
    last = view.stops.sentence_end(use.end) >= len(view.folded.rstrip())
    return same and last and below.segment.role is not Role.CUSTOMER and begins_explaining(below, hints)


def _answered(passage: Passage, found: Sequence[Sequence[Use]], hints: Hints) -> Iterator[str]:
    """Terms whose meaning a customer asks for, when the reply gives it: those named, else those just used."""
    for index in range(len(passage.views) - 1):
        question, reply = passage.views[index], passage.views[index + 1]
        if question.segment.role is not Role.CUSTOMER or reply.segment.role is Role.CUSTOMER:
            continue
        if asks_meaning(question, hints) and answers(reply, hints, named=bool(found[index])):
            yield from (use.term for use in found[index] or (found[index - 1] if index else ()))


def _defined_in_tables(passage: Passage, uses: Sequence[Use]) -> Iterator[str]:
    """Terms that are the first cell of a row, a heading or the head of an item, with words that explain them."""
    firsts: dict[tuple[tuple[str, ...], int], int] = {}
    for index, view in enumerate(passage.views):
        segment = view.segment
        if segment.scope is Scope.TABLE_CELL and segment.record is not None:
            firsts.setdefault((segment.section, segment.record), index)
    for use in uses:
        view = passage.views[use.segment]
        segment = view.segment
        if _DEFINED_BY_COLON.match(view.folded, use.end) and not view.folded[: use.start].strip(_MARKS):
            yield use.term
        rest = view.folded[: use.start] + view.folded[use.end :]
        alone = len(_HAN.findall(rest)) <= 2 and len(rest.strip()) <= 6
        if segment.scope is Scope.TABLE_CELL and segment.record is not None:
            key = (segment.section, segment.record)
            row = (
                other
                for other in passage.views
                if other is not view and (other.segment.section, other.segment.record) == key
            )
            if firsts.get(key) == use.segment and any(
                _says_something(other.folded) and (alone or _PLAIN_COLUMN.search(other.segment.label)) for other in row
            ):
                yield use.term
        elif not alone:
            continue
        elif segment.scope is Scope.HEADING and any(
            _says_something(below.folded) for below in passage.views[use.segment + 1 : use.segment + 2]
        ):
            yield use.term


def _says_something(text: str) -> bool:
    return len(_HAN.findall(text)) >= 8
