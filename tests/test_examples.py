"""The examples are what a newcomer runs first: bad versions are found out, good ones come out clean."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scriptlint.model.rule import FAMILIES

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").rglob("*.*") if path.is_file())


@cache
def report() -> dict[str, Any]:
    """What a user sees who checks the folder."""
    command = [sys.executable, "-m", "scriptlint", "check", "examples", "--format", "json", "--exit-zero"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


def found(path: str) -> list[str]:
    return [f"{item['line']}: {item['rule']}" for item in report()["findings"] if item["path"] == path]


def test_everything_is_read() -> None:
    assert [file["path"] for file in report()["files"]] == FILES
    assert {file["state"] for file in report()["files"]} == {"checked"}


@pytest.mark.parametrize("path", [name for name in FILES if ".good." in name])
def test_a_good_version_is_clean(path: str) -> None:
    assert found(path) == []


@pytest.mark.parametrize("path", [name for name in FILES if ".bad." in name])
def test_a_bad_version_is_found_out(path: str) -> None:
    assert len(found(path)) >= 3


def test_all_families_are_found_and_every_finding_says_why_and_what_to_do() -> None:
    counts = Counter(item["family"] for item in report()["findings"])
    assert set(FAMILIES) <= set(counts)
    for item in report()["findings"]:
        assert item["message"], item
        assert item["suggestion"], item
    assert sum(bool(item["basis"]) for item in report()["findings"]) > len(report()["findings"]) / 2
