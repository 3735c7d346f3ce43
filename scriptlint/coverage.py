"""Which clauses the rules rest on, which have none and why, and which are not in force: the law against the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from scriptlint.language.ruleset import RuleSet
from scriptlint.model.record import dataclass
from scriptlint.model.rule import Instrument, Text

_STATES: Mapping[str, Text] = {
    "covered": Text("有规则", "has rules"),
    "unchecked": Text("不检查", "not checked"),
    "not-in-force": Text("当日未施行", "not in force"),
    "open": Text("尚无规则", "no rule yet"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of one instrument; ``clause`` is empty for the instrument as a whole.

    ``state`` is ``covered``, ``unchecked`` (no rule, for the reason in ``reason``), ``not-in-force`` on the day of
    the check, or ``open`` (no rule and no reason given).
    """

    instrument: Instrument
    clause: str
    about: str
    rules: tuple[str, ...]
    state: str
    reason: str = ""


def matrix(ruleset: RuleSet, day: date) -> tuple[Row, ...]:
    """Every clause that is listed in a sources file or cited by a rule, in the order of the sources."""
    return tuple(row for item in ruleset.instruments.values() for row in _rows(ruleset, item, day))


def _rows(ruleset: RuleSet, instrument: Instrument, day: date) -> Iterator[Row]:
    cited: dict[str, list[str]] = {}
    for name, rule in ruleset.all_rules.items():
        for basis in rule.basis:
            if basis.source == instrument.id and rule.status != "retired":
                cited.setdefault(basis.clause, []).append(name)
    known = {clause.clause: clause for clause in instrument.clauses}
    clauses = [*known, *(clause for clause in cited if clause not in known)] or [""]
    for clause in sorted(clauses, key=lambda clause: list(known).index(clause) if clause in known else len(known)):
        rules = tuple(cited.get(clause, ()))
        note = known.get(clause)
        reason = (note.unchecked if note else "") or instrument.unchecked
        if not instrument.active(day):
            state = "not-in-force"
        elif rules:
            state, reason = "covered", ""
        else:
            state = "unchecked" if reason else "open"
        yield Row(instrument, clause, note.about if note else "", rules, state, reason)


def table(rows: Iterable[Row], lang: str) -> str:
    """The matrix as text: a heading for each instrument, a line for each clause, a line of counts."""
    lines: list[str] = []
    last = ""
    counts = dict.fromkeys(_STATES, 0)
    for row in rows:
        counts[row.state] += 1
        if row.instrument.id != last:
            last = row.instrument.id
            since = f" {row.instrument.in_force.isoformat()}" if row.instrument.in_force else ""
            number = f"({row.instrument.number})" if row.instrument.number else ""
            lines += ["", f"{last} 《{row.instrument.title}》{number} [{row.instrument.verified}{since}]"]
        # As in findings: a clause number that nobody has read is not printed.
        clause = row.clause if row.instrument.verified in ("V1", "V2") else ""
        words = " ".join(part for part in (clause, row.about) if part) or "-"
        told = ", ".join(row.rules) if row.state == "covered" else row.reason
        lines.append(f"  {words}: {_STATES[row.state].get(lang)}{': ' + told if told else ''}")
    lines += ["", "; ".join(f"{_STATES[state].get(lang)} {count}" for state, count in counts.items())]
    return "\n".join(lines[1:]) + "\n"


def data(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The matrix as plain values."""
    return [
        {
            "source": row.instrument.id,
            "title": row.instrument.title,
            "clause": row.clause,
            "about": row.about,
            "verified": row.instrument.verified,
            "state": row.state,
            "reason": row.reason,
            "rules": list(row.rules),
        }
        for row in rows
    ]
