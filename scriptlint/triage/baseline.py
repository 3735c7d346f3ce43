"""A baseline: old findings, counted by rule, file and words, so that only new ones fail a build.

It holds no line numbers, so that text can move, no dates, so that the same findings make the same file, and no
words: only digests of words in which personal data is masked. A count of n hides at most n findings.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scriptlint import shape, yamltree
from scriptlint.model.finding import Finding, Identity, Problem, Status
from scriptlint.model.record import dataclass, field, replace
from scriptlint.model.span import LineIndex
from scriptlint.triage import moves
from scriptlint.triage.changed import UNCHANGED

VERSION = 1
STATUS = Status("baselined", "known before")

_ENTRY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "path": {"type": "string", "minLength": 1},
        "rule": {"type": "string", "minLength": 1},
        "words": {"type": "string", "pattern": "^[0-9a-f]{16}$", "description": "16 hexadecimal digits"},
        "count": {"type": "integer"},
    },
    "required": ["path", "rule", "words", "count"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "scriptlint baseline",
    "type": "object",
    "properties": {"baseline": {"const": VERSION}, "findings": {"type": "array", "items": _ENTRY}},
    "required": ["baseline", "findings"],
    "additionalProperties": False,
}


class LedgerError(Exception):
    """A baseline or another record that cannot be used. ``problems`` holds every mistake with its place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each identity are known. Paths are as seen from the folder of the file."""

    counts: Mapping[Identity, int] = field(default_factory=dict)

    @staticmethod
    def of(identities: Iterable[Identity]) -> Baseline:
        """The baseline that hides exactly these."""
        return Baseline(dict(sorted(Counter(identities).items())))

    @property
    def total(self) -> int:
        """How many findings it can hide."""
        return sum(self.counts.values())

    def text(self) -> str:
        """The file: JSON, one entry a line, in the order of paths, so that changes are readable and merge well."""
        ordered = sorted(self.counts.items(), key=lambda item: (item[0].path, item[0].rule, item[0].words))
        lines = ",\n".join(
            "  "
            + json.dumps({"path": key.path, "rule": key.rule, "words": key.words, "count": count}, ensure_ascii=False)
            for key, count in ordered
        )
        return (
            f'{{"baseline": {VERSION}, "findings": [\n{lines}\n]}}\n' if lines else '{"baseline": 1, "findings": []}\n'
        )


def parse(text: str, shown: str) -> Baseline:
    """Read a baseline. Raises LedgerError with every mistake at its line and column."""
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    entries = data.get("findings") if isinstance(data, dict) else None
    counts: dict[Identity, int] = {}
    sound = isinstance(entries, list) and data == {"baseline": VERSION, "findings": entries}
    for entry in entries if sound and isinstance(entries, list) else ():
        if not _is_sound(entry):
            sound = False
            break
        identity = Identity(entry["rule"], entry["path"], entry["words"])
        sound = sound and identity not in counts
        counts[identity] = entry["count"]
    if not sound:
        raise LedgerError(_mistakes(text, shown))
    return Baseline(counts)


def _is_sound(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == {"path", "rule", "words", "count"}
        and all(isinstance(entry[key], str) and entry[key] for key in ("path", "rule", "words"))
        and len(entry["words"]) == 16
        and not entry["words"].strip("0123456789abcdef")
        and type(entry["count"]) is int
        and entry["count"] > 0
    )


def _mistakes(text: str, shown: str) -> list[Problem]:
    """What is wrong with a baseline that is. JSON is YAML, and our reader of YAML knows where things stand."""
    lines = LineIndex(text)
    hint = "write it anew with `scriptlint baseline update`, or take the mistake out"

    def wrong(offset: int, message: str) -> Problem:
        return Problem(shown, f"this baseline cannot be used: {message}", hint, lines.position(offset), "usage")

    try:
        node = yamltree.parse(text)
    except yamltree.TreeError as error:
        return [wrong(offset, message) for offset, message in error.errors]
    found = shape.check(node, SCHEMA)
    entries = node.get("findings") if isinstance(node, yamltree.Mapping) else None
    seen: dict[tuple[str, ...], int] = {}
    for item in entries.items if isinstance(entries, yamltree.Sequence) else ():
        values = {key.text: value for key, value in item.entries} if isinstance(item, yamltree.Mapping) else {}
        key = tuple(
            value.text for name in ("path", "rule", "words") if isinstance(value := values.get(name), yamltree.Scalar)
        )
        line = lines.position(item.span.start).line
        if len(key) == 3 and seen.setdefault(key, line) != line:
            found.append((item.span.start, f"this entry stands already at line {seen[key]}"))
        count = values.get("count")
        if isinstance(count, yamltree.Scalar) and isinstance(count.value, int) and count.value < 1:
            found.append((count.span.start, "count must be 1 or more"))
    return [wrong(*each) for each in sorted(found)] or [wrong(0, "it is not written as JSON")]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a baseline did in a run: the findings with their statuses, what it had left, which files moved."""

    findings: tuple[Finding, ...]
    left: Mapping[Identity, int]
    moved: Mapping[str, str]


def hide(
    findings: tuple[Finding, ...],
    known: Baseline,
    homes: Mapping[str, str],
    *,
    gone: frozenset[str] = frozenset(),
    locked: frozenset[str] = frozenset(),
) -> Hidden:
    """Label findings that the baseline knows.

    ``homes`` gives for each checked file its path as the baseline has it. Files that are ``gone`` may have moved: a
    checked file the baseline does not know takes over what was known of one with the same content. Findings of
    ``locked`` rules stay open.
    """
    open_ = [
        (index, Identity(finding.rule, homes[finding.path], finding.identity.words))
        for index, finding in enumerate(findings)
        if finding.status.state in ("open", UNCHANGED) and finding.rule not in locked
    ]
    paths = {identity.path for identity in known.counts}
    old = {identity: count for identity, count in known.counts.items() if identity.path in gone}
    fresh = moves.contents((identity, 1) for _, identity in open_ if identity.path not in paths) if old else {}
    moved = moves.renamed(moves.contents(old.items()), fresh) if fresh else {}
    left = Counter(at(known, moved).counts)
    decided = list(findings)
    # Of several alike, those an edit did not touch are the old ones; the stable sort keeps the order of places.
    for index, identity in sorted(open_, key=lambda item: findings[item[0]].status.state != UNCHANGED):
        if left[identity] > 0:
            left[identity] -= 1
            decided[index] = replace(findings[index], status=STATUS)
    return Hidden(tuple(decided), {identity: count for identity, count in left.items() if count > 0}, moved)


def at(known: Baseline, moved: Mapping[str, str]) -> Baseline:
    """The same baseline with moved files under their new paths."""
    counts: Counter[Identity] = Counter()
    for identity, count in known.counts.items():
        counts[identity._replace(path=moved.get(identity.path, identity.path))] += count
    return Baseline(counts)


def renewed(
    known: Baseline,
    now: Counter[Identity],
    moved: Mapping[str, str],
    looked_at: Callable[[Identity], bool],
    *,
    new_too: bool,
) -> Baseline:
    """The baseline after a check that found ``now``. What was not looked at may still be there and stays."""
    old = Counter(at(known, moved).counts)
    counts: dict[Identity, int] = {}
    for identity in sorted(old.keys() | now.keys()):
        if looked_at(identity):
            counts[identity] = now[identity] if new_too else min(old[identity], now[identity])
        else:
            counts[identity] = max(old[identity], now[identity]) if new_too else old[identity]
    return Baseline({identity: count for identity, count in counts.items() if count})
