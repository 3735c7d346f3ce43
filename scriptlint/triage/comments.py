"""What becomes of findings: comments in a script silence named rules there, for a reason, and must be needed.

    scriptlint: disable-next guaranteed-principal reason="quoted from the client's letter"
    scriptlint: disable-line jargon reason="..."        the line of the comment; the words it is attached to (Word, Excel)
    scriptlint: disable conduct reason="..."            up to: scriptlint: enable conduct
    scriptlint: disable-file privacy reason="..."       the whole file

A rule is named by its id with or without the pack, an old name, or a family. Nothing is dropped: a silenced
finding stays in the report with its status. A comment that silences nothing, or is malformed, is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from scriptlint.model.context import CONTEXT_VALUES
from scriptlint.model.document import Document, Scope, Segment
from scriptlint.model.finding import OPEN, Finding, Identity, Status
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, replace
from scriptlint.model.rule import DEFAULT_LEVELS, Level, Text, Verdict
from scriptlint.model.span import Span

FAMILY = "scriptlint"
UNUSED = "scriptlint/unused-suppression"
MALFORMED = "scriptlint/malformed-suppression"
LOCKED = "scriptlint/locked-rule"

OWN_RULES: Mapping[str, Text] = {
    MALFORMED: Text("屏蔽注释写错，没有生效", "A suppression comment that is malformed and hides nothing"),
    UNUSED: Text("屏蔽注释没有屏蔽任何内容", "A suppression comment that hides nothing"),
    LOCKED: Text("用注释屏蔽锁定的规则，没有生效", "A comment against a locked rule, which has no effect"),
}
"""The rules about our own comments, with their titles. They belong to no pack and cannot be suppressed."""

_VERBS = ("disable-next", "disable-line", "disable-file", "disable", "enable")
_COMMENT = lazy_re(r"\s*scriptlint\s*:\s*(.*)", re.DOTALL)
_WORD = lazy_re(r"[^\s,，、=\"“”]+")
_REASON = lazy_re(r"reason\s*[=＝:：]\s*(?:\"([^\"]*)\"|'([^']*)'|“([^”]*)”|「([^」]*)」)", re.IGNORECASE)
_STATES = lazy_re(r"([A-Za-z-]+)\s*=")
_LONG_NUMBER = lazy_re(r"\d(?:[ -]?\d){10,}")
_VALUE_FORMATS = ("json", "jsonl", "yaml", "xlsx", "pptx")
_ATTACHED_FORMATS = ("docx", "xlsx", "pptx")
"""Formats whose comments are attached to the words they are about; a comment stands in the line before them."""


@dataclass(frozen=True, slots=True)
class Names:
    """What rule names in comments can mean in this run.

    ``resolve`` gives the full ids a name stands for and raises KeyError, with the nearest known
    name or nothing, for a name that stands for none. ``running`` are the rules that were really applied: a comment
    about any other cannot be called unused.
    """

    resolve: Callable[[str], Sequence[str]]
    running: frozenset[str]
    locked: frozenset[str] = frozenset()
    """Rules that no comment silences; only a waiver does."""


@dataclass(frozen=True, slots=True)
class _Directive:
    verb: str
    names: tuple[str, ...]
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Cover:
    """One name of one comment: the rules and the runs of source it silences."""

    name: str
    rules: frozenset[str]
    spans: tuple[Span, ...] | None
    """None for the whole file."""
    reason: str
    place: Span

    def hides(self, finding: Finding) -> bool:
        if finding.rule not in self.rules:
            return False
        if self.spans is None:
            return True
        place = finding.span
        return place is not None and any(span.start <= place.start < span.end for span in self.spans)


def decide(
    findings: Iterable[Finding], document: Document, names: Names, levels: Mapping[str, Level] | None = None
) -> tuple[Finding, ...]:
    """The same findings, each with its status, and findings about the suppression comments themselves."""
    decided = tuple(findings)
    segments = [segment for segment in document.segments if segment.scope is Scope.COMMENT]
    if segments:
        decided = _Triage(document, names, levels or {}).decide(decided, segments)
    return supported(decided)


def supported(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Hints that stand alone in their document do not count: nothing else in it looks like an offence."""
    if any(not finding.hint and finding.family != FAMILY for finding in findings):
        return findings
    alone = Status("unsupported", "nothing else in this text supports it")
    return tuple(
        replace(finding, status=alone) if finding.hint and finding.status == OPEN else finding for finding in findings
    )


class _Triage:
    """The working state for one document."""

    def __init__(self, document: Document, names: Names, levels: Mapping[str, Level]) -> None:
        self.document = document
        self.lines = document.line_index()
        self.names = names
        self.levels = levels
        self.own: list[Finding] = []
        self.prose = sorted(
            _whole(segment) for segment in document.segments if segment.scope is not Scope.COMMENT and segment.text
        )

    def decide(self, findings: tuple[Finding, ...], comments: Sequence[Segment]) -> tuple[Finding, ...]:
        directives = [found for comment in comments if (found := self._read(comment)) is not None]
        directives.sort(key=lambda directive: directive.span)
        covers = self._covers(directives)
        used: set[int] = set()
        in_vain: set[int] = {index for index, cover in enumerate(covers) if cover.rules <= self.names.locked}
        decided: list[Finding] = []
        for finding in findings:
            index = next((i for i, cover in enumerate(covers) if cover.hides(finding)), None)
            if index is None:
                decided.append(finding)
            elif finding.rule in self.names.locked:
                in_vain.add(index)
                decided.append(finding)
            else:
                used.add(index)
                decided.append(replace(finding, status=Status("suppressed", _without_numbers(covers[index].reason))))
        for index in sorted(in_vain):
            self._tell_locked(covers[index])
        for index, cover in enumerate(covers):
            unused = index not in used and index not in in_vain and not self._double(cover, findings)
            if unused and cover.rules & self.names.running:
                self._tell(
                    UNUSED,
                    cover.place,
                    Text(
                        f"这条注释没有屏蔽任何「{cover.name}」的问题。",
                        f'This comment hides no "{cover.name}".',
                    ),
                    Text(
                        "删去注释，或把它移到要屏蔽的文字上方。",
                        "Delete it, or move it to the words it is for.",
                    ),
                )
        return tuple(sorted([*decided, *self.own], key=Finding.sort_key))

    @staticmethod
    def _double(cover: _Cover, findings: Iterable[Finding]) -> bool:
        """True when the comment would hide something that another comment hid first."""
        return any(cover.hides(finding) for finding in findings)

    # -- reading comments ---------------------------------------------------------------------------------

    def _read(self, comment: Segment) -> _Directive | None:
        found = _COMMENT.match(comment.text)
        if found is None:
            return None
        body = found[1].strip()
        place = comment.to_source(Span(found.start(1), found.start(1) + len(body)) if body else Span(*found.span()))
        states = _STATES.match(body)
        if states is not None:
            if states[1] not in CONTEXT_VALUES:
                near = _near(states[1], CONTEXT_VALUES)
                self._wrong(place, _unknown(Text("项", "key"), states[1], near))
            return None  # a comment about the context of the text
        reason = _REASON.search(body)
        words = _WORD.findall(body[: reason.start()] if reason else body)
        if not words or words[0] not in _VERBS:
            if words:
                self._wrong(place, _unknown(Text("指令", "directive"), words[0], _near(words[0], _VERBS)))
            else:
                self._wrong(place, Text("冒号后面没有内容", "nothing follows the colon"))
            return None
        text = next((group for group in reason.groups() if group is not None), "").strip() if reason else ""
        directive = _Directive(words[0], tuple(dict.fromkeys(words[1:])), text, place)
        return directive if self._sound(directive) else None

    def _sound(self, directive: _Directive) -> bool:
        if directive.verb == "enable":
            return True
        if "reason" in directive.names:
            self._wrong(directive.span, Text("原因要加引号", "the reason must stand in quotes"))
            return False
        if not directive.names:
            self._wrong(directive.span, Text("没有写规则名", "no rule is named"))
            return False
        sound = True
        for name in directive.names:
            try:
                self.names.resolve(name)
            except KeyError as error:
                near = str(error.args[0]) if error.args else ""
                self._wrong(directive.span, _unknown(Text("规则", "rule"), name, near))
                sound = False
        if not directive.reason:
            self._wrong(directive.span, Text("缺少原因", "the reason is missing"))
            sound = False
        return sound

    # -- what they cover ----------------------------------------------------------------------------------

    def _covers(self, directives: Sequence[_Directive]) -> list[_Cover]:
        covers: list[_Cover] = []
        opened: dict[str, _Directive] = {}
        for directive in directives:
            if directive.verb == "enable":
                covers.extend(self._close(directive, opened))
            elif directive.verb == "disable":
                for name in directive.names:
                    if name in opened:
                        self._wrong(
                            directive.span,
                            Text(f"「{name}」前面已经关闭，还没有恢复", f'"{name}" is disabled already'),
                        )
                    opened.setdefault(name, directive)
            else:
                covers.extend(self._cover(name, directive, self._reach(directive)) for name in directive.names)
        for name, directive in opened.items():
            self._wrong(
                directive.span,
                Text(
                    f"后面没有 enable {name}；要屏蔽整个文件请写 disable-file",
                    f'"enable {name}" is missing; for the whole file write disable-file',
                ),
            )
        return sorted(covers, key=lambda cover: (cover.place, cover.name))

    def _close(self, enable: _Directive, opened: dict[str, _Directive]) -> list[_Cover]:
        names = enable.names or tuple(opened)
        if not names:
            self._wrong(enable.span, Text("前面没有 disable", "nothing is disabled here"))
        closed: list[_Cover] = []
        for name in names:
            start = opened.pop(name, None)
            if start is None:
                self._wrong(enable.span, Text(f"「{name}」前面没有 disable", f'"{name}" is not disabled here'))
            else:
                closed.append(self._cover(name, start, (Span(start.span.end, enable.span.start),)))
        return closed

    def _cover(self, name: str, directive: _Directive, spans: tuple[Span, ...] | None) -> _Cover:
        return _Cover(name, frozenset(self.names.resolve(name)), spans, directive.reason, directive.span)

    def _reach(self, directive: _Directive) -> tuple[Span, ...] | None:
        if directive.verb == "disable-file":
            return None
        if directive.verb == "disable-line" and self.document.format not in _ATTACHED_FORMATS:
            return (self._line(self.lines.position(directive.span.start).line),)
        if self.document.format in _VALUE_FORMATS:
            return self._next_value(directive)
        return self._next_line(directive)

    def _next_value(self, directive: _Directive) -> tuple[Span, ...]:
        """The value after the comment; where a whole line follows, all values that begin on it."""
        after = [span for span in self.prose if span.start >= directive.span.end]
        if not after:
            return ()
        own_line = self.lines.position(directive.span.start).line
        line = self.lines.position(after[0].start).line
        if line == own_line:
            return (after[0],)
        return tuple(span for span in after if self.lines.position(span.start).line == line)

    def _next_line(self, directive: _Directive) -> tuple[Span, ...]:
        """The next line on which something is said; blank lines, tags and further comments do not count."""
        end = self._line(self.lines.position(directive.span.end).line).end
        for prose in self.prose:
            if prose.end > end:
                line = self._line(self.lines.position(max(prose.start, end)).line)
                return (line,)
        return ()

    def _line(self, number: int) -> Span:
        start = self.lines.line_start(number)
        last = number >= self.lines.lines
        # One past the end of the text, so that an empty finding there still has its line.
        return Span(start, len(self.document.source) + 1 if last else self.lines.line_start(number + 1))

    # -- findings about comments --------------------------------------------------------------------------

    def _wrong(self, place: Span, why: Text) -> None:
        self._tell(
            MALFORMED,
            place,
            Text(
                f"屏蔽注释没有生效:{why.zh}。",
                f"This suppression comment hides nothing: {why.en}.",
            ),
            Text(
                '写成 scriptlint: disable-next 规则名 reason="原因"。',
                'Write scriptlint: disable-next RULE reason="why".',
            ),
        )

    def _tell_locked(self, cover: _Cover) -> None:
        self._tell(
            LOCKED,
            cover.place,
            Text(
                f"「{cover.name}」是锁定的规则，注释不能屏蔽它。",
                f'"{cover.name}" is locked: no comment silences it.',
            ),
            Text(
                "改掉这句话；确需保留的，请合规部门在 waivers.yaml 里登记豁免。",
                "Change the words, or have compliance enter a waiver in waivers.yaml.",
            ),
        )

    def _tell(self, rule: str, place: Span, message: Text, suggestion: Text) -> None:
        level = self.levels.get(rule, Level.WARNING)
        if level is Level.OFF:
            return
        excerpt = _without_numbers(" ".join(self.document.source[place.start : place.end].split()))
        self.own.append(
            Finding(
                path=self.document.path,
                rule=rule,
                family=FAMILY,
                verdict=Verdict.ADVICE,
                level=max(level, DEFAULT_LEVELS[Verdict.ADVICE]),
                span=place,
                start=self.lines.position(place.start),
                end=self.lines.position(place.end),
                excerpt=excerpt,
                # Only the comment: the rest of its line may hold the personal data it is about.
                line_text=excerpt,
                line_offset=0,
                message={"zh": message.zh, "en": message.en},
                suggestion={"zh": suggestion.zh, "en": suggestion.en},
                basis=(),
                identity=Identity(rule, self.document.path, sha256(excerpt.encode()).hexdigest()[:16]),
                locator=self._locator(place),
            )
        )

    def _locator(self, place: Span) -> str:
        comments = (segment for segment in self.document.segments if segment.scope is Scope.COMMENT)
        return next((segment.locator for segment in comments if _whole(segment).contains(place)), "")


def _without_numbers(comment: str) -> str:
    """What somebody wrote in a comment, without numbers long enough to be a person's."""
    return _LONG_NUMBER.sub(lambda number: "*" * len(number[0]), comment)


def _whole(segment: Segment) -> Span:
    return segment.to_source(Span(0, len(segment.text)))


def _near(word: str, known: Iterable[str]) -> str:
    """The known word nearest to this one; empty when none is near."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def _unknown(what: Text, word: str, near: str) -> Text:
    word = _without_numbers(word)
    zh = f"没有「{word}」这样的{what.zh}" + (f"，是否想写「{near}」" if near else "")
    return Text(zh, f'unknown {what.en} "{word}"' + (f'; did you mean "{near}"?' if near else ""))
