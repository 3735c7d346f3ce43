"""Waivers: dated, approved exceptions kept in a reviewed file beside the scripts.

    - rule: cn/guaranteed-principal
      path: funds/*.md                # as seen from the folder of this file; ** for every folder
      text: 保本保息                   # the words, as a report shows them (personal data masked)
      count: 1                        # how often they may stand in one file; 1 when left out
      reason: 引用监管案例原文
      approver: 合规部 李
      ticket: CR-2026-118
      expires: 2026-12-31             # the last day it holds

A waiver that is malformed waives nothing and is told; one that expired returns its findings and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from scriptlint import shape, yamltree
from scriptlint.model.finding import Finding, Problem, Status
from scriptlint.model.record import dataclass, replace
from scriptlint.model.span import LineIndex, Position
from scriptlint.triage.changed import UNCHANGED

_TEXT: dict[str, Any] = {"type": ["string", "number"], "minLength": 1}
FIELDS = ("rule", "path", "text", "reason", "approver", "ticket", "expires")
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "scriptlint waivers",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **dict.fromkeys(FIELDS, _TEXT),
            "expires": {
                "type": "string",
                "pattern": r"^\d{4}-\d{2}-\d{2}$",
                "description": "a date such as 2026-12-31",
            },
            "count": {"type": "integer"},
        },
        "required": list(FIELDS),
        "additionalProperties": False,
    },
}
_HINT = "it waives nothing until it is put right"

Resolve = Callable[[str], Sequence[str]]
"""The rules a name stands for; raises KeyError, with the nearest known name or nothing."""
Within = Callable[[str, str], bool]
"""Whether a glob names a path."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One exception. ``path`` is a glob, ``text`` the words as reports show them."""

    rule: str
    path: str
    text: str
    reason: str
    approver: str
    ticket: str
    expires: date
    count: int = 1
    position: Position | None = None

    def holds(self, day: date) -> bool:
        """True up to and on its last day."""
        return day <= self.expires

    def about(self, finding: Finding, path: str, within: Within) -> bool:
        """True when this is the rule, the words and a file it is for."""
        return self.rule == finding.rule and self.text == _flat(finding.excerpt) and within(self.path, path)

    def because(self) -> str:
        """Why a finding is waived, in one line."""
        return f"{self.reason} ({self.ticket}; {self.approver}; {self.expires.isoformat()})"


@dataclass(frozen=True, slots=True)
class Book:
    """The waivers of a file that can be used, and what is wrong with the others."""

    shown: str
    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Problem, ...] = ()


def parse(text: str, shown: str, resolve: Resolve) -> Book:
    """Read waivers. A mistake costs the entry it stands in, never the others."""
    lines = LineIndex(text)

    def wrong(offset: int, message: str) -> Problem:
        return Problem(shown, f"malformed waiver: {message}", _HINT, lines.position(offset), "usage")

    try:
        node = yamltree.parse(text)
    except yamltree.TreeError as error:
        return Book(shown, (), tuple(wrong(*each) for each in error.errors))
    if isinstance(node, yamltree.Scalar) and node.value is None:
        return Book(shown)
    if not isinstance(node, yamltree.Sequence):
        return Book(shown, (), (wrong(node.span.start, 'a list is expected, each entry beginning with "- rule:"'),))
    waivers: list[Waiver] = []
    problems: list[Problem] = []
    for item in node.items:
        found = _entry(item, lines, resolve)
        if isinstance(found, Waiver):
            waivers.append(found)
        else:
            problems.extend(wrong(*each) for each in found)
    return Book(shown, tuple(waivers), tuple(problems))


def _entry(node: yamltree.Node, lines: LineIndex, resolve: Resolve) -> Waiver | list[tuple[int, str]]:
    errors = shape.check(node, SCHEMA["items"], "this waiver")
    if errors or not isinstance(node, yamltree.Mapping):
        return errors
    values = {key.text: value for key, value in node.entries if isinstance(value, yamltree.Scalar)}
    for key in FIELDS:
        if not values[key].text.strip():
            errors.append((values[key].span.start, f"{key} must not be empty"))
    rules: Sequence[str] = ()
    name = values["rule"].text
    try:
        rules = resolve(name)
    except KeyError as error:
        near = f'; did you mean "{error.args[0]}"?' if error.args and error.args[0] else ""
        errors.append((values["rule"].span.start, f'unknown rule "{name}"{near}'))
    if len(rules) > 1:
        errors.append((values["rule"].span.start, f'"{name}" stands for {len(rules)} rules; a waiver is for one'))
    expires = date.min
    try:
        expires = date.fromisoformat(values["expires"].text)
    except ValueError:
        errors.append((values["expires"].span.start, f'there is no day "{values["expires"].text}"'))
    count = values.get("count")
    number = count.value if count is not None and isinstance(count.value, int) else 1
    if count is not None and number < 1:
        errors.append((count.span.start, "count must be 1 or more"))
    if errors:
        return sorted(errors)
    said = {key: _flat(values[key].text) for key in ("path", "text", "reason", "approver", "ticket")}
    return Waiver(rules[0], **said, expires=expires, count=number, position=lines.position(node.span.start))


@dataclass(frozen=True, slots=True)
class Applied:
    """What waivers did in a run: the findings with their statuses, and what a person should know."""

    findings: tuple[Finding, ...]
    notes: tuple[Problem, ...]
    used: frozenset[int]
    """Which waivers waived something, by their number in the book."""
    returned: frozenset[int]
    """Which expired ones would have."""


def apply(
    findings: Iterable[Finding],
    book: Book,
    day: date,
    homes: Mapping[str, str],
    within: Within,
    running: frozenset[str],
) -> Applied:
    """Label findings that a waiver covers on this day. ``homes`` has the path of each file as the book has it."""
    left: Counter[tuple[int, str]] = Counter()
    used: set[int] = set()
    returned: set[int] = set()
    by_rule: dict[str, list[int]] = {}
    for number, waiver in enumerate(book.waivers):
        by_rule.setdefault(waiver.rule, []).append(number)
    decided: list[Finding] = []
    for finding in findings:
        status = finding.status
        for number in by_rule.get(finding.rule, ()):
            waiver = book.waivers[number]
            if not waiver.about(finding, homes[finding.path], within):
                continue
            if not waiver.holds(day):
                returned.add(number)
                if status.state == "open":
                    status = Status("open", f"waiver {waiver.ticket} expired on {waiver.expires.isoformat()}")
                continue
            # A finding that something else silences already makes the waiver no less needed without it.
            used.add(number)
            if status.state not in ("open", UNCHANGED):
                break
            if left[number, finding.path] < waiver.count:
                left[number, finding.path] += 1
                status = Status("waived", waiver.because())
                break
            status = Status(status.state, f"waiver {waiver.ticket} covers {waiver.count} in this file")
        decided.append(finding if status == finding.status else replace(finding, status=status))
    notes = _notes(book, day, (used, returned), homes, within, running)
    return Applied(tuple(decided), tuple(notes), frozenset(used), frozenset(returned))


def _notes(
    book: Book,
    day: date,
    matched: tuple[set[int], set[int]],
    homes: Mapping[str, str],
    within: Within,
    running: frozenset[str],
) -> Iterable[Problem]:
    used, returned = matched
    for number, waiver in enumerate(book.waivers):
        name = f"the waiver of {waiver.rule} for “{waiver.text}” ({waiver.ticket})"
        if number in returned:
            message = f"{name} expired on {waiver.expires.isoformat()}: what it covered is open again"
            hint = "change the words, or ask for a new waiver"
        elif number not in used and waiver.rule in running and any(within(waiver.path, p) for p in homes.values()):
            ended = "" if waiver.holds(day) else f" and expired on {waiver.expires.isoformat()}"
            message, hint = f"{name} covers nothing{ended}", "delete it, or correct its path or text"
        else:
            continue
        yield Problem(book.shown, message, hint, waiver.position, "note")


def entry(waiver: Waiver) -> str:
    """A waiver as it stands in the file."""
    import yaml

    values = {key: str(getattr(waiver, key)) for key in FIELDS}
    count = {"count": waiver.count} if waiver.count > 1 else {}
    shown = {**{key: values[key] for key in ("rule", "path", "text")}, **count, **values}
    dumped = yaml.safe_dump([shown], allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False)
    # PyYAML quotes what YAML 1.1 takes for a date; ours is YAML 1.2.
    return str(dumped).replace(f"expires: '{values['expires']}'", f"expires: {values['expires']}")


def _flat(text: str) -> str:
    return " ".join(text.split())
