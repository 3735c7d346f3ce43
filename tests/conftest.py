"""Options every test may use."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes expected output anew; a person then reads the difference."""
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files with what comes out now")


@pytest.fixture(scope="session", autouse=True)
def _own_cache() -> Iterator[None]:
    """No test reads or fills the cache of who runs it; the commands that tests run share one of their own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCRIPTLINT_CACHE_DIR"] = folder
        yield


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True when golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
