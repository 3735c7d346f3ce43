"""What the READMEs show is what a user sees. ``pytest --update-golden`` writes the run anew."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN = re.compile(r"(?<=```console\n)\$ (scriptlint check examples/[^\n]*)\n(.*?)(?=```)", re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_run_is_a_real_one(name: str, update_golden: bool) -> None:
    page = ROOT / name
    text = page.read_text("utf-8")
    found = RUN.search(text)
    assert found is not None
    command = [sys.executable, "-m", *found[1].split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    shown = done.stdout.decode()
    if update_golden:
        page.write_text(text[: found.start(2)] + shown + text[found.end(2) :], "utf-8")
        return
    assert found[2] == shown
