"""One script in every format: what is found must not depend on the file it is kept in.

A format takes part by a file ``twins/twin.<suffix>`` that says what ``twin.txt`` says; binary ones are made by the
scripts in ``make/``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scriptlint import run
from scriptlint.config import Settings
from scriptlint.run import Examined, Script, Setup

HERE = Path(__file__).parent / "twins"
PLAIN = HERE / "twin.txt"
TWINS = sorted(path for path in HERE.glob("twin.*") if path != PLAIN)


@pytest.fixture(scope="module")
def setup() -> Setup:
    return run.prepare(Settings(), date(2026, 12, 1))


def found(path: Path, setup: Setup) -> list[tuple[str, str]]:
    """The rules that found something and the words they found, in the order of the report."""
    examined: Examined = run.examine(Script(path.name, path.read_bytes(), path), setup)
    assert examined.document is not None, examined.problems
    assert examined.document.unread == ()
    return [(finding.rule, finding.excerpt) for finding in examined.findings if finding.status.state == "open"]


def test_the_plain_twin_offends_in_several_ways(setup: Setup) -> None:
    families = {finding.family for finding in _examined(PLAIN, setup).findings if finding.status.state == "open"}
    assert {"return-claim", "privacy", "conduct"} <= families


@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.name)
def test_a_twin_gives_the_findings_of_the_plain_text(twin: Path, setup: Setup) -> None:
    assert found(twin, setup) == found(PLAIN, setup)


def _examined(path: Path, setup: Setup) -> Examined:
    return run.examine(Script(path.name, path.read_bytes(), path), setup)
