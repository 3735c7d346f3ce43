"""A pack of rules of its own, so that these tests do not change when the real rules do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

RULE = """\
id: promised-return
title: {zh: 承诺收益, en: Promised return}
family: return-claim
verdict: violation
aliases: [sure-return]
applies: {never: {product: [deposit]}}
forbid: ["{promise} ~ 收益"]
unless: [negated]
message: {zh: "「{match}」承诺收益。", en: "“{match}” promises a return."}
suggest: {zh: 写明收益会变动。, en: Say that returns vary.}
basis: [{source: ZZ-LAW, clause: 第一条}]
examples:
  fail: ["我们[[保证收益]]。", "[[承诺收益]]给您。"]
  pass: ["收益不确定。", "我们不保证收益。"]
"""
OLD_RULE = """\
id: old-words
title: {zh: 旧话, en: Old words}
family: conduct
verdict: advice
forbid: [老掉牙的话]
message: {zh: "「{match}」过时了。", en: "“{match}” is out of date."}
suggest: {zh: 换一句。, en: Say something else.}
basis: practice
examples:
  fail: ["这是[[老掉牙的话]]。"]
  pass: ["这是新话。"]
"""
PACK = {
    "sources.yaml": (
        "- {id: ZZ-LAW, title: 示例条例, number: 示例〔2020〕1号, status: in-force, verified: V1,"
        " in_force: 2020-01-01, ends: 2029-12-31}\n"
    ),
    "guards.yaml": "negated: {title: {zh: 否定, en: negated}, any: [{before: 不}]}\n",
    "vocabulary/words.yaml": "promise: [保证, 承诺]\n",
    "return-claim/promised-return.yaml": RULE,
    "conduct/old-words.yaml": OLD_RULE,
}


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Desk:
    """A folder to work in, with a pack of rules and scriptlint as a user calls it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cwd = root / "work"
        self.cwd.mkdir()
        for name, text in PACK.items():
            self.write(f"../packs/zz/{name}", text)
        self.write(".scriptlint.yaml", "rules-paths: [../packs]\nselect: [zz, scriptlint]\n")
        (self.cwd / ".git").mkdir()

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.cwd / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(
        self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, encoding: str = "utf-8"
    ) -> Done:
        """Run one command in a process of its own, as a user does."""
        result = subprocess.run(
            [sys.executable, "-m", "scriptlint", *args],
            input=stdin,
            capture_output=True,
            cwd=self.cwd,
            env=self.environ(env),
            timeout=60,
            check=False,
        )
        return Done(result.returncode, result.stdout.decode(encoding), result.stderr.decode(encoding))

    def start(self, args: Sequence[str], **options: object) -> subprocess.Popen[bytes]:
        """Start one command and leave it running."""
        command = [sys.executable, "-m", "scriptlint", *args]
        return subprocess.Popen(command, cwd=self.cwd, env=self.environ(None), **options)  # type: ignore[call-overload, no-any-return]

    @staticmethod
    def environ(extra: Mapping[str, str] | None) -> dict[str, str]:
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in ("NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "SCRIPTLINT_DEBUG")
        }
        return {**clean, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **(extra or {})}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder to work in."""
    return Desk(tmp_path)
