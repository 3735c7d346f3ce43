"""Fixes made: applied by span, the result checked again, and what would make it worse refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from scriptlint import fixing, run
from scriptlint.model.finding import Edit, Finding, Fix, Tier
from scriptlint.model.record import dataclass, replace
from scriptlint.model.span import Span
from scriptlint.run import Examined, Script, Setup

_ATTEMPTS = 60
"""How often one file is checked again at most. Fixes are tried together, and one by one only where that fails."""

Choice = tuple[Finding, Fix]


@dataclass(frozen=True, slots=True)
class Refused:
    """A fix that was not made, and why."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after its fixes, and what is known of it now."""

    script: Script
    examined: Examined
    applied: tuple[Choice, ...]
    """Findings with the fix that was made, in order; places are those before their round."""
    refused: tuple[Refused, ...]


def repair(script: Script, setup: Setup, examined: Examined, tiers: Collection[Tier]) -> Repaired:
    """Make the fixes of these tiers in one text. Nothing is written anywhere."""
    return _Repair(script, setup, examined, frozenset(tiers)).done()


class _Repair:
    """The working state for one file."""

    def __init__(self, script: Script, setup: Setup, examined: Examined, tiers: frozenset[Tier]) -> None:
        self.script = script
        self.setup = setup
        self.now = examined
        self.tiers = tiers
        self.applied: list[Choice] = []
        self.refused: dict[tuple[str, str, str], Refused] = {}

    def done(self) -> Repaired:
        document = self.now.document
        form = fixing.byte_form(document, self.script.data) if document is not None else None
        if form is None:
            for finding, _ in self._choices(len(self.now.findings)):
                self._refuse(finding, "its encoding does not give the same bytes back")
        most = len(self.now.findings)
        for _ in range(_ATTEMPTS):
            chosen = self._choices(most)
            if not chosen or form is None:
                break
            reason = self._try(chosen, form)
            if not reason:
                most = max(most, 1) * 2
            elif len(chosen) > 1:
                most = len(chosen) // 2
            else:
                self._refuse(chosen[0][0], reason)
        else:
            for finding, _ in self._choices(len(self.now.findings)):
                self._refuse(finding, "too many fixes of this file were refused before")
        return Repaired(self.script, self.now, tuple(self.applied), tuple(self.refused.values()))

    def _choices(self, most: int) -> list[Choice]:
        """Fixes that may be made together: none touches another."""
        chosen: list[Choice] = []
        taken: list[Edit] = []
        for finding in self.now.findings:
            if len(chosen) >= most:
                break
            if finding.status.state != "open" or _key(finding) in self.refused:
                continue
            fix = next((fix for fix in finding.fixes if fix.tier in self.tiers), None)
            if fix is None or any(_touch(edit, other) for edit in fix.edits for other in taken):
                continue
            chosen.append((finding, fix))
            taken.extend(fix.edits)
        return chosen

    def _try(self, chosen: Sequence[Choice], form: fixing.Bytes) -> str:
        """Make these fixes and look at the result. Gives the reason why it is not taken, or nothing."""
        document = self.now.document
        assert document is not None
        edits = [edit for _, fix in chosen for edit in fix.edits]
        source = fixing.apply(document.source, edits)
        try:
            data = form.of(source)
        except UnicodeEncodeError:
            return f"the encoding of the file ({document.encoding}) lacks a character of the new text"
        script = replace(self.script, data=data)
        after = run.examine(script, self.setup)
        if after.document is None or after.document.source != source:
            return "the file could not be read any more"
        reason = fixing.unlike(document, after.document, edits) or _worse(self.now, after, fixing.shifted(edits))
        if reason:
            return reason
        self.script, self.now = script, after
        self.applied.extend(chosen)
        return ""

    def _refuse(self, finding: Finding, reason: str) -> None:
        self.refused.setdefault(_key(finding), Refused(finding, reason))


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.identity.words, finding.fixes[0].description["en"] if finding.fixes else ""


def _touch(one: Edit, other: Edit) -> bool:
    """True when two edits share a place, or stand side by side where one of them only inserts."""
    if len(one.span) and len(other.span):
        return one.span.overlaps(other.span)
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _worse(before: Examined, after: Examined, carry: Callable[[Span], Span]) -> str:
    """A finding that was not there before, if there is one: none of its rule at its place, and none that it replaces."""
    places: dict[str, list[Span]] = {}
    whole: set[str] = set()
    for finding in before.findings:
        if finding.span is None:
            whole.add(finding.rule)
        else:
            places.setdefault(finding.rule, []).append(carry(finding.span))
    for entry in before.trace:  # found then, too, but another rule said it better
        if entry.outcome == "superseded":
            places.setdefault(entry.rule, []).append(carry(entry.span))
    total = Counter(finding.rule for finding in before.findings)
    count = Counter(finding.rule for finding in after.findings)
    for finding in after.findings:
        if finding.status.state != "open":
            continue
        if finding.span is None:
            known = finding.rule in whole
        else:
            known = any(_meet(finding.span, place) for place in places.get(finding.rule, ()))
        # A rule that tells only the first of several places may now tell the second.
        if not known and count[finding.rule] > total[finding.rule]:
            return f"the result would have a new finding, {finding.rule}"
    return ""


def _meet(one: Span, other: Span) -> bool:
    return one.overlaps(other) or one.start == other.start
