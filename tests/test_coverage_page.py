"""The page on coverage keeps up with the rules, and every instrument is cited or says why it is not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from scriptlint import coverage, packs
from scriptlint.model.rule import Instrument

DAY = date(2026, 11, 24)
RULESET = packs.load([packs.find_rules_dir()], as_of=DAY, preview=True)
PAGE = (Path(__file__).parent.parent / "docs" / "coverage.md").read_text(encoding="utf-8")
FIRST_CELLS = [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("|")]
CITED = {basis.source for rule in RULESET.all_rules.values() if rule.status != "retired" for basis in rule.basis}
NO_RULES = {"code", "evidence", "forbid", "never"}
LISTED_AS_OPEN = {cell for cell in FIRST_CELLS if re.match(r"CN-\S+ 第", cell)}


def bare(name: str) -> str:
    return name.rpartition("/")[2]


def test_every_rule_and_guard_the_page_names_exists() -> None:
    names = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`", PAGE)) - NO_RULES
    assert names - set(map(bare, RULESET.all_rules)) - set(map(bare, RULESET.guards)) == set()


@pytest.mark.parametrize(
    "row", [*(f"F{number}" for number in range(1, 25)), *(f"D{number}" for number in range(1, 31))]
)
def test_every_family_and_disclosure_has_a_row(row: str) -> None:
    assert row in FIRST_CELLS


def test_the_page_lists_the_clauses_that_wait_for_a_rule() -> None:
    rows = coverage.matrix(RULESET, DAY)
    assert {f"{row.instrument.id} {row.clause}" for row in rows if row.state == "open"} == LISTED_AS_OPEN


@pytest.mark.parametrize("instrument", RULESET.instruments.values(), ids=lambda item: item.id)
def test_every_instrument_is_cited_or_says_why_not(instrument: Instrument) -> None:
    told = instrument.unchecked or (
        instrument.clauses
        and all(
            clause.unchecked or f"{instrument.id} {clause.clause}" in LISTED_AS_OPEN for clause in instrument.clauses
        )
    )
    assert instrument.id in CITED or told
