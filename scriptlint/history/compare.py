"""Two runs against each other: what is new, what came back, what stands, what is fixed, and what nobody looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from scriptlint.history.past import Past, Row
from scriptlint.model.finding import Identity
from scriptlint.model.record import dataclass
from scriptlint.triage import moves

STATES = ("new", "returned", "open", "fixed", "silenced", "unchecked")
"""``new``: was not there. ``returned``: was suppressed or waived and is no more. ``open``: still stands. ``fixed``: is
gone from a file that was read. ``silenced``: stands, but is suppressed or waived now. ``unchecked``: its file was not
read this time, or not wholly."""


@dataclass(frozen=True, slots=True)
class Change:
    """One finding and what became of it; of those that are there no more, the old row."""

    state: str
    row: Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every finding of two runs, in the order of states, places and rules."""

    old: Past
    new: Past
    changes: tuple[Change, ...]
    moved: Mapping[str, str]
    """Files that have a new path, as far as their findings tell."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are in each state."""
        found = Counter(change.state for change in self.changes)
        return {state: found[state] for state in STATES}

    def by(self, key: Callable[[Row], str]) -> dict[str, dict[str, int]]:
        """The same counts for each value of a key, such as the family."""
        found: dict[str, Counter[str]] = {}
        for change in self.changes:
            found.setdefault(key(change.row), Counter())[change.state] += 1
        return {name: {state: found[name][state] for state in STATES} for name in sorted(found)}


def folder(path: str, depth: int = 1) -> str:
    """The folder of a path, down to a depth: where authors have a folder each, the author."""
    parts = path.split("/")[:-1]
    return "/".join(parts[:depth]) or "."


def compare(old: Past, new: Past) -> Comparison:
    """Match the findings of two runs by rule, file and words, each at most once."""
    moved = _moved(old, new)
    before, after = _grouped(old, moved), _grouped(new, {})
    changes: list[Change] = []
    for key in before.keys() | after.keys():
        was, now = before.get(key, ()), after.get(key, ())
        changes += _matched(was, now, read=new.files.get(key.path) in ("checked", "empty"))
    changes.sort(key=lambda change: (STATES.index(change.state), _place(change.row)))
    return Comparison(old, new, tuple(changes), moved)


def _matched(was: tuple[Row, ...], now: tuple[Row, ...], *, read: bool) -> list[Change]:
    """What became of the findings of one identity."""
    stood, stands = [row for row in was if row.stands], [row for row in now if row.stands]
    both = min(len(stood), len(stands))
    changes = [Change("open", row) for row in stands[:both]]
    excused_before, excused_now = len(was) - len(stood), len(now) - len(stands)
    for index, row in enumerate(stands[both:]):
        changes.append(Change("returned" if index < excused_before - excused_now else "new", row))
    for index, row in enumerate(stood[both:]):
        silenced = index < excused_now - excused_before
        changes.append(Change("silenced" if silenced else "fixed" if read else "unchecked", row))
    return changes


def _grouped(past: Past, moved: Mapping[str, str]) -> dict[Identity, tuple[Row, ...]]:
    found: dict[Identity, tuple[Row, ...]] = {}
    # What does not count at all, a hint without support, has no history either.
    for row in sorted((row for row in past.rows if row.status != "unsupported"), key=_place):
        key = Identity(row.rule, moved.get(row.path, row.path), row.words)
        found[key] = (*found.get(key, ()), row)
    return found


def _moved(old: Past, new: Past) -> dict[str, str]:
    def content(past: Past, other: Past) -> dict[str, moves.Content]:
        rows = (row for row in past.rows if row.path not in other.files)
        return moves.contents((Identity(row.rule, row.path, row.words), 1) for row in rows)

    return moves.renamed(content(old, new), content(new, old))


def _place(row: Row) -> tuple[str, int, int, str]:
    return (row.path, row.line, row.column, row.rule)
