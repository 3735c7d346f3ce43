"""The core: a document and a rule set in, findings out. Knows no verb from another, reads no file, has no state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from scriptlint.language import Cleared, Match, Matcher, Passage, Place, Surroundings, TextView, clears
from scriptlint.language.repairs import fix, plain_spelling
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.context import NARROWER, Context, DocumentContext
from scriptlint.model.document import Document, Role, Scope, Segment
from scriptlint.model.finding import Finding, Fix, Identity, Problem, Related
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, replace
from scriptlint.model.rule import Applies, Level, Rule, Unit
from scriptlint.model.span import LineIndex, OffsetMap, Span, merge_spans

_ROLES: Mapping[str, frozenset[Role]] = {
    "institution": frozenset((Role.INSTITUTION, Role.UNKNOWN)),
    "customer": frozenset((Role.CUSTOMER,)),
    "third": frozenset((Role.THIRD,)),
    "any": frozenset(Role),
}
_SHOWN_LINE = 160
_DIGIT = lazy_re("[0-9]")
_PLACEHOLDER = lazy_re(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Trace:
    """One match and what became of it, for ``explain``."""

    rule: str
    span: Span
    outcome: str
    """``found``, ``cleared``, ``where``, ``speaker``, ``scope``, ``context`` or ``superseded``."""
    reason: str = ""
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class LintResult:
    """Findings in order of place, problems, what was tried, and the rules an unknown context kept out."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    trace: tuple[Trace, ...]
    not_applied: Mapping[str, tuple[str, ...]]
    private: tuple[Span, ...] = ()
    """Where personal data stands in the source, whether or not a finding tells it."""


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    match: Match
    segment: int
    source: Span
    evasion: bool


def lint(
    document: Document,
    ruleset: RuleSet,
    context: DocumentContext,
    *,
    levels: Mapping[str, Level] | None = None,
    views: Sequence[TextView] | None = None,
) -> LintResult:
    """Check one document. All that the result depends on is in the arguments.

    ``levels`` sets the level of rules by full name; ``Level.OFF`` silences one. ``views`` are those of the segments,
    if somebody has looked at them already.
    """
    return _Run(document, ruleset, context, levels or {}, views).result()


class _Run:
    """The working state of one check of one document."""

    def __init__(
        self,
        document: Document,
        ruleset: RuleSet,
        context: DocumentContext,
        levels: Mapping[str, Level],
        views: Sequence[TextView] | None,
    ) -> None:
        self.document = document
        self.ruleset = ruleset
        self.context = context
        self.levels = levels
        self.views = views or [TextView(segment, ruleset.language) for segment in document.segments]
        self.contexts = [context.of(segment.section) for segment in document.segments]
        self.possible = [ruleset.index.rules(view.found, view.folded) for view in self.views]
        self.lines: LineIndex | None = None
        self.trace: list[Trace] = []
        self.problems: list[Problem] = []
        self.unknown: dict[str, set[str]] = {}
        self._surroundings: Surroundings | None = None

    def result(self) -> LintResult:
        hits: list[_Hit] = []
        for name in self._candidates():
            hits.extend(self._apply(self._rule(name)))
        private = merge_spans(hit.source for hit in hits if hit.match.shown is not None)
        shown = {(hit.source, hit.rule.id): hit.match.shown for hit in hits}
        hits = self._settle([hit for hit in hits if hit.rule.id in self.ruleset.rules])
        findings = [
            self._finding(hit, private, shown[hit.source, hit.rule.id])
            for hit in hits
            if self._level(hit.rule) is not Level.OFF
        ]
        findings.sort(key=Finding.sort_key)
        self.trace.sort(key=lambda entry: (entry.span, entry.rule, entry.outcome))
        not_applied = {key: tuple(sorted(names)) for key, names in sorted(self.unknown.items())}
        return LintResult(tuple(findings), tuple(self.problems), tuple(self.trace), not_applied, tuple(private))

    def _rule(self, name: str) -> Rule:
        return self.ruleset.rules.get(name) or self.ruleset.all_rules[name]

    def _candidates(self) -> list[str]:
        """Rules that can matter here at all, by the literals that stand in the document."""
        names = set(self.ruleset.index.unfiltered).union(*self.possible)
        return sorted(names & self.ruleset.running)

    # -- one rule -----------------------------------------------------------------------------------------

    def _apply(self, rule: Rule) -> Iterator[_Hit]:
        if not self._could_apply(rule):
            return
        matcher = self.ruleset.matchers[rule.id]
        defaults = self.ruleset.default_guards if matcher.guarded else ()
        guards = (*rule.guards, *(name for name in defaults if name not in rule.despite))
        for passage, indices in self._passages(rule, matcher):
            kept: list[_Hit] = []
            for match in self._find(rule, matcher, passage, indices):
                hit = self._judge(rule, match, indices[match.segment], guards)
                if hit is not None:
                    kept.append(hit)
                    if matcher.once:
                        break
            kept = _leftmost(kept)
            yield from self._joined(kept) if matcher.guarded else kept

    def _find(self, rule: Rule, matcher: Matcher, passage: Passage, indices: Sequence[int]) -> Iterator[Match]:
        before = [len(self.views[index].timeouts) for index in indices]
        yield from matcher.find(passage)
        for index, count in zip(indices, before, strict=True):
            if len(self.views[index].timeouts) > count:
                place = self._line_index().position(self.views[index].segment.to_source(Span(0, 0)).start)
                self.problems.append(
                    Problem(
                        self.document.path,
                        f"rule {rule.id}: a regular expression ran out of time here, so the rule is unchecked",
                        "simplify the expression, or give it words that must be there",
                        place,
                    )
                )

    def _passages(self, rule: Rule, matcher: Matcher) -> Iterator[tuple[Passage, Sequence[int]]]:
        if matcher.unit is Unit.SEGMENT:
            everywhere = rule.id in self.ruleset.index.unfiltered
            for index, view in enumerate(self.views):
                possible = everywhere or rule.id in self.possible[index]
                if possible and (not matcher.signs or any(sign in view.folded for sign in matcher.signs)):
                    yield Passage((view,), self.contexts[index]), (index,)
            return
        groups: dict[tuple[str, ...], list[int]] = {}
        for index, view in enumerate(self.views):
            key = view.segment.section if matcher.unit is Unit.SECTION else ()
            groups.setdefault(key, []).append(index)
        for key, indices in groups.items():
            yield Passage(tuple(self.views[index] for index in indices), self.context.of(key)), indices

    def _could_apply(self, rule: Rule) -> bool:
        """False when no part of the document has a context the rule is for; unknown values are noted."""
        verdicts = {self._applies(rule.applies, context) for context in {id(c): c for c in self.contexts}.values()}
        if "yes" in verdicts or not verdicts:
            return True
        for verdict in verdicts:
            if verdict.startswith("unknown:"):
                self.unknown.setdefault(verdict.removeprefix("unknown:"), set()).add(rule.id)
        return False

    @staticmethod
    def _applies(applies: Applies, context: Context) -> str:
        """``yes``, ``no``, or ``unknown:<key>`` when a value the rule needs is not known."""
        for key, values in applies.never.items():
            known = context.values(key)
            if known and all(value in _widened(values) for value in known):
                return "no"
        for key, values in applies.only.items():
            known = context.values(key)
            if not known:
                return f"unknown:{key}"
            if not set(known) & _widened(values):
                return "no"
        return "yes"

    def _judge(self, rule: Rule, match: Match, index: int, guards: Sequence[str]) -> _Hit | None:
        view = self.views[index]
        source = view.segment.to_source(match.span)
        reason = self._out_of_scope(rule, view.segment, self.contexts[index])
        if reason:
            self.trace.append(Trace(rule.id, source, *reason))
            return None
        folded = view.from_text(match.span)
        place = Place(index, folded, tuple(view.from_text(gap) for gap in match.gaps))
        if rule.where and self._cleared(rule.where, place) is None:
            self.trace.append(Trace(rule.id, source, "where", ", ".join(rule.where)))
            return None
        cleared = self._cleared(guards, place)
        if cleared is not None:
            evidence = self.views[cleared.segment].segment.to_source(cleared.span) if cleared.span else None
            self.trace.append(Trace(rule.id, source, "cleared", cleared.guard, evidence))
            return None
        self.trace.append(Trace(rule.id, source, "found"))
        return _Hit(rule, match, index, source, view.is_evasion(folded))

    def _joined(self, hits: list[_Hit]) -> list[_Hit]:
        """Expressions of one rule that touch are one finding (保本 and 保息 in 保本保息)."""
        joined: list[_Hit] = []
        for hit in hits:
            last = joined[-1] if joined else None
            if last and last.segment == hit.segment and last.match.span.end == hit.match.span.start:
                match = replace(last.match, span=Span(last.match.span.start, hit.match.span.end))
                source = Span(last.source.start, hit.source.end)
                joined[-1] = replace(last, match=match, source=source, evasion=last.evasion or hit.evasion)
            else:
                joined.append(hit)
        return joined

    def _out_of_scope(self, rule: Rule, segment: Segment, context: Context) -> tuple[str, str] | None:
        if not any(segment.role in _ROLES[speaker] for speaker in rule.speakers):
            return ("speaker", str(segment.role))
        if segment.scope not in rule.scopes:
            return ("scope", str(segment.scope))
        verdict = self._applies(rule.applies, context)
        return None if verdict == "yes" else ("context", verdict)

    def _cleared(self, guards: Sequence[str], place: Place) -> Cleared | None:
        for name in guards:
            cleared = clears(self.ruleset.guards[name], place, self._around(place.segment))
            if cleared is not None:
                return cleared
        return None

    def _around(self, index: int) -> Surroundings:
        if self._surroundings is None:
            words: dict[str, TextView] = {}

            def view_of(text: str) -> TextView:
                if text not in words:
                    segment = Segment(text, OffsetMap.identity(len(text)), Scope.HEADING)
                    words[text] = TextView(segment, self.ruleset.language)
                return words[text]

            segments = self.document.segments
            headings = [tuple(view_of(heading) for heading in segment.section) for segment in segments]
            labels = [view_of(segment.label) if segment.label else None for segment in segments]
            self._surroundings = Surroundings(self.views, headings, labels, Context())
        return replace(self._surroundings, context=self.contexts[index])

    # -- all rules together -------------------------------------------------------------------------------

    def _settle(self, hits: list[_Hit]) -> list[_Hit]:
        """Leave out what another rule says better about the same words."""
        kept: list[_Hit] = []
        for hit in hits:
            better = next((other for other in hits if _is_better(other, hit)), None)
            if better is None:
                kept.append(hit)
            else:
                self.trace.append(Trace(hit.rule.id, hit.source, "superseded", better.rule.id))
        return kept

    def _level(self, rule: Rule) -> Level:
        return self.levels.get(rule.id, rule.level)

    def _line_index(self) -> LineIndex:
        if self.lines is None:
            self.lines = self.document.line_index()
        return self.lines

    def _finding(self, hit: _Hit, private: Sequence[Span], shown: str | None) -> Finding:
        lines = self._line_index()
        rule, span = hit.rule, hit.source
        excerpt = shown if shown is not None else " ".join(self._words(hit, private).split())
        values = {**hit.match.values, "match": excerpt if len(excerpt) <= 60 else excerpt[:59] + "…"}
        start = lines.position(span.start)
        line_span, text = self._line(lines, start.line, span, private)
        suggestion = {lang: rule.suggest.get(lang) for lang in ("zh", "en")}
        if hit.match.suggest:
            suggestion = dict.fromkeys(("zh", "en"), hit.match.suggest)
        words = sha256(_DIGIT.sub("0", excerpt).encode()).hexdigest()[:16]
        related = []
        for segment, inner, note in hit.match.related:
            place = self.views[segment].segment.to_source(inner)
            related.append(Related(place, lines.position(place.start), note, lines.position(place.end)))
        return Finding(
            path=self.document.path,
            rule=rule.id,
            family=rule.family,
            verdict=rule.verdict,
            level=self._level(rule),
            span=span,
            start=start,
            end=lines.position(span.end),
            excerpt=excerpt,
            line_text=text,
            line_offset=span.start - line_span.start,
            message={lang: fill(rule.message.get(lang), values) for lang in ("zh", "en")},
            suggestion={lang: fill(text, values) for lang, text in suggestion.items()},
            basis=self.ruleset.clauses(rule),
            identity=Identity(rule.id, self.document.path, words),
            evasion=hit.evasion,
            locator=self.views[hit.segment].segment.locator,
            related=tuple(related),
            preview=rule.status == "preview",
            hint=rule.hint,
            fixes=self._fixes(hit),
        )

    def _fixes(self, hit: _Hit) -> tuple[Fix, ...]:
        """What a machine may write instead, in the words of the source; how a format writes them is not known here."""
        repairs = list(hit.match.repairs)
        if hit.match.shown is None:
            plain = plain_spelling(self.views[hit.segment], hit.segment, hit.match.span)
            if plain is not None:
                repairs.insert(0, plain)
        fixes = (fix(repair, self.document.segments) for repair in repairs)
        return tuple(found for found in fixes if found is not None)

    def _words(self, hit: _Hit, private: Sequence[Span]) -> str:
        """The words found as a reader sees them (not as JSON or HTML escapes them), personal data struck out."""
        segment, span = self.views[hit.segment].segment, hit.match.span
        said = segment.text[span.start : span.end]
        if said == self.document.source[hit.source.start : hit.source.end]:
            return masked(self.document.source, hit.source, private)
        places = (segment.to_source(Span(index, index + 1)) for index in range(span.start, span.end))
        hidden = [any(place.overlaps(secret) for secret in private) for place in places]
        return "".join("*" if struck else char for char, struck in zip(said, hidden, strict=True))

    def _line(self, lines: LineIndex, number: int, span: Span, private: Sequence[Span]) -> tuple[Span, str]:
        """The line a finding starts in, or the part of a long line around it, with personal data masked."""
        start = lines.line_start(number)
        end = lines.line_start(number + 1) if number < lines.lines else len(self.document.source)
        if end - start > _SHOWN_LINE:
            start = max(start, span.start - 40)
            end = min(end, max(span.end, start) + 60, start + _SHOWN_LINE)
        line = Span(start, max(start, end))
        text = masked(self.document.source, line, private, "*").rstrip("\r\n")
        return line, text


def fill(template: str, values: Mapping[str, str]) -> str:
    """A message with its placeholders filled; braces that name nothing known stay as they are."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)


def _widened(values: Sequence[str]) -> set[str]:
    return {*values, *(narrow for value in values for narrow in NARROWER.get(value, ()))}


def _is_better(other: _Hit, hit: _Hit) -> bool:
    """True when another rule says better what is wrong with the same words. A hint may not count in the end, so it
    is better than nothing but another hint."""
    yields = hit.rule.yields_to
    if other.rule.id not in yields and (other.rule.family not in yields or other.rule.id == hit.rule.id):
        return False
    return other.source.overlaps(hit.source) and (hit.rule.hint or not other.rule.hint)


def _leftmost(hits: list[_Hit]) -> list[_Hit]:
    """Of overlapping matches of one rule keep the leftmost, and of those the longest."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda item: (item.source.start, -item.source.end)):
        if not kept or not kept[-1].source.overlaps(hit.source):
            kept.append(hit)
    return kept


def masked(source: str, span: Span, private: Sequence[Span], mask: str = "*") -> str:
    """A run of source with personal data struck out at equal length."""
    parts: list[str] = []
    position = span.start
    for hidden in private:
        if not hidden.overlaps(span):
            continue
        start, end = max(hidden.start, span.start), min(hidden.end, span.end)
        parts.append(source[position:start])
        parts.append(mask * (end - start))
        position = end
    parts.append(source[position : span.end])
    return "".join(parts)
