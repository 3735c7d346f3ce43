"""A few hundred changed samples for each reader, in a process with 500 MB and ten seconds for each.

``make fuzz SECONDS=3600`` tries as many as an hour allows.
"""

from __future__ import annotations

import pytest

from scriptlint import readers
from tests.fuzz.campaign import campaign
from tests.fuzz.changes import case
from tests.fuzz.child import MEMORY
from tests.fuzz.samples import samples


@pytest.mark.parametrize("reader", readers.formats())
def test_changed_samples_are_read_or_refused_in_bounded_time_and_memory(reader: str) -> None:
    outcome = campaign(reader, seconds=60, most=120, crashes=1)
    assert [(crash.number, crash.what) for crash in outcome.crashes] == []
    assert outcome.cases >= 5
    assert outcome.peak * 1_000_000 < MEMORY


def test_whole_checks_of_changed_samples_end() -> None:
    for reader in ("docx", "html", "structured"):
        assert campaign(reader, seconds=20, most=15, checked=True, crashes=1).crashes == []


@pytest.mark.parametrize("reader", readers.formats())
def test_the_number_of_a_case_gives_the_same_bytes(reader: str) -> None:
    assert samples(reader)
    assert case(reader, 7) == case(reader, 7)
    assert len({case(reader, number)[1] for number in range(20)}) > 15
