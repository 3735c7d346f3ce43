"""The parts for build servers: each fits the schema of its kind, and its script steps do what they say.

Nothing is installed here: `python -m pip` is a stand-in that notes how it was called.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
BAD = "本产品稳赚不赔。\n"
GOOD = "本产品不保本，收益会变动。\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the steps are for a POSIX shell")


@dataclass(frozen=True)
class Done:
    """What a step left behind."""

    code: int
    out: str


class Runner:
    """A machine with scriptlint on its path, as a build server has it after the installation."""

    def __init__(self, root: Path) -> None:
        self.cwd = root / "work"
        self.temp = root / "temp"
        self.output = root / "output"
        self.summary = root / "summary"
        bin_folder = root / "bin"
        for folder in (self.cwd, self.temp, bin_folder):
            folder.mkdir()
        self.pip = root / "pip"
        launch(bin_folder / "scriptlint", f'exec "{sys.executable}" -m scriptlint "$@"')
        launch(bin_folder / "python", f'echo "$@" >> "{self.pip}"')
        self.path = f"{bin_folder}:/usr/bin:/bin"

    def write(self, name: str, text: str) -> None:
        path = self.cwd / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def shell(self, script: str, env: Mapping[str, str] | None = None, command: tuple[str, ...] = ()) -> Done:
        """Run a script as GitHub does: it ends at the first mistake."""
        call = command or ("bash", "--noprofile", "--norc", "-eo", "pipefail")
        clean = {
            "PATH": self.path,
            "PYTHONPATH": str(ROOT),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            **(env or {}),
        }
        step = self.temp / "step"
        step.write_text(script, "utf-8")
        done = subprocess.run([*call, str(step)], cwd=self.cwd, env=clean, capture_output=True, text=True, check=False)
        return Done(done.returncode, done.stdout + done.stderr)


def launch(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def fits(schema: str, path: Path, *options: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# -- GitHub -------------------------------------------------------------------------------------------------


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def step(name: str) -> Any:
    (found,) = (step for step in action()["runs"]["steps"] if step.get("id") == name)
    return found


def given(name: str, **inputs: str) -> dict[str, str]:
    """The environment of a step, with the defaults of the inputs and what a workflow says instead."""
    values = {key: str(value.get("default", "")) for key, value in action()["inputs"].items()} | inputs

    def value(expression: re.Match[str]) -> str:
        first, _, otherwise = expression[1].strip().partition(" || ")
        known = {f"inputs.{key}": text for key, text in values.items()} | {
            "github.action_path": "/action",
            "steps.check.outputs.exit-code": values.get("code", ""),
        }
        return known[first] or (known[otherwise] if otherwise else "")

    return {key: re.sub(r"\$\{\{(.*?)\}\}", value, text) for key, text in step(name)["env"].items()}


def checked(runner: Runner, **inputs: str) -> Done:
    return runner.shell(step("check")["run"], given("check", **inputs))


def test_the_action_fits_its_schema_and_puts_no_outside_words_into_scripts() -> None:
    fits("vendor.github-actions", ROOT / "action.yml")
    scripts = [step["run"] for step in action()["runs"]["steps"] if "run" in step]
    assert len(scripts) == 4
    assert not [script for script in scripts if "${{" in script]
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(action()["inputs"])


@pytest.mark.parametrize(("package", "asked"), [("", "/action"), ("scriptlint==0.1.0", "scriptlint==0.1.0")])
def test_the_action_installs_itself_or_what_is_asked_for(runner: Runner, package: str, asked: str) -> None:
    assert runner.shell(step("install")["run"], given("install", package=package)).code == 0
    assert runner.pip.read_text() == f"-m pip install --quiet --disable-pip-version-check {asked}\n"


@pytest.mark.parametrize(("text", "code"), [(BAD, "1"), (GOOD, "0"), ("", "3")])
def test_the_action_annotates_keeps_the_report_and_fails_at_its_end(runner: Runner, text: str, code: str) -> None:
    runner.write("a.txt", text or GOOD)
    if not text:
        runner.write("b.json", "{")
    done = checked(runner)
    assert done.code == 0  # so that the steps after it run
    assert ("::error file=a.txt,line=1,endLine=1,col=4,endColumn=8,title=cn/sure-profit::" in done.out) is (code == "1")
    assert runner.output.read_text() == f"exit-code={code}\n"
    assert (runner.cwd / "scriptlint.sarif").is_file()
    assert runner.summary.read_text("utf-8").startswith("### scriptlint\n\n    ")
    assert str(runner.shell(step("result")["run"], given("result", code=code)).code) == code


def test_the_action_takes_one_path_and_one_option_a_line(runner: Runner) -> None:
    runner.write("my scripts/a.txt", BAD)
    runner.write("b.txt", BAD)
    runner.write("-c.txt", BAD)
    inputs = {
        "paths": "my scripts\n-c.txt\n",
        "args": "--select=return-claim\n--lang=en\n",
        "sarif-file": "out/x y.sarif",
    }
    (runner.cwd / "out").mkdir()
    done = checked(runner, **inputs)
    assert "::error file=my scripts/a.txt," in done.out
    assert "::error file=-c.txt," in done.out
    assert "b.txt" not in done.out
    assert "2 files checked" in done.out
    assert (runner.cwd / "out/x y.sarif").is_file()


def test_outside_words_run_nothing(runner: Runner) -> None:
    runner.write("a.txt", GOOD)
    done = checked(runner, paths="$(touch hacked)\n`touch hacked`\n; touch hacked", args="--lang=$(touch hacked)")
    assert runner.output.read_text() == "exit-code=2\n"
    assert "hacked" in done.out
    assert not (runner.cwd / "hacked").exists()


def test_a_wrong_call_is_told_and_fails(runner: Runner) -> None:
    done = checked(runner, args="--no-such-option")
    assert "No such option" in done.out
    assert runner.output.read_text() == "exit-code=2\n"


def test_the_fail_level_is_passed_on(runner: Runner) -> None:
    runner.write("a.txt", BAD)
    checked(runner, **{"fail-level": "info"})
    assert runner.output.read_text() == "exit-code=1\n"


def test_code_scanning_gets_no_silenced_findings(runner: Runner) -> None:
    hurry = "名额仅剩最后三个，先到先得。\n"
    comment = '<!-- scriptlint: disable-next false-scarcity reason="引用来信" -->\n'
    runner.write("a.md", f"{comment}{hurry}\n{hurry}")
    checked(runner, args="--select=false-scarcity")
    done = runner.shell(step("upload")["run"], given("upload"), (sys.executable,))
    assert done.code == 0, done.out
    whole = json.loads((runner.cwd / "scriptlint.sarif").read_text("utf-8"))["runs"][0]["results"]
    sent = json.loads((runner.temp / "scriptlint-upload.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert (len(whole), len(sent)) == (2, 1)
    assert "suppressions" not in sent[0]


# -- the others ---------------------------------------------------------------------------------------------


def test_the_gitlab_job_leaves_every_report_it_promises(runner: Runner) -> None:
    path = TEMPLATES / "scriptlint.gitlab-ci.yml"
    fits("vendor.gitlab-ci", path)
    job = yaml.safe_load(path.read_text("utf-8"))["scriptlint"]
    assert runner.shell("\n".join(job["before_script"]), job["variables"]).code == 0
    assert runner.pip.read_text().endswith(" scriptlint\n")
    runner.write("scripts/a.txt", BAD)
    runner.write("other/b.txt", BAD)
    variables = job["variables"] | {"SCRIPTLINT_PATHS": "scripts", "SCRIPTLINT_ARGS": "--lang=en --select=return-claim"}
    done = runner.shell("\n".join(job["script"]), variables)
    assert done.code == 1
    assert "1 files checked" in done.out
    promised = {*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()}
    assert {name for name in promised if (runner.cwd / name).is_file()} == promised
    issues = json.loads((runner.cwd / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert issues[0]["location"]["path"] == "scripts/a.txt"
    ElementTree.parse(runner.cwd / job["artifacts"]["reports"]["junit"])
    assert job["artifacts"]["when"] == "always"


def test_the_gitlab_job_passes_on_clean_scripts_and_its_own_reports_are_not_checked(runner: Runner) -> None:
    job = yaml.safe_load((TEMPLATES / "scriptlint.gitlab-ci.yml").read_text("utf-8"))["scriptlint"]
    runner.write("a.txt", GOOD)
    script = "\n".join(job["script"])
    first = runner.shell(script, job["variables"])
    assert (first.code, runner.shell(script, job["variables"])) == (0, first)


def test_the_azure_pipeline_leaves_what_it_publishes(runner: Runner) -> None:
    path = TEMPLATES / "azure-pipelines.yml"
    fits("vendor.azure-pipelines", path, "--regex-variant", "nonunicode", "--data-transform", "azure-pipelines")
    steps = yaml.safe_load(path.read_text("utf-8"))["steps"]
    runner.write("a.txt", BAD)
    install, check = (step["bash"] for step in steps if "bash" in step)
    assert runner.shell(install).code == 0
    done = runner.shell(check)
    assert done.code == 1
    assert "##vso[task.logissue type=error;sourcepath=a.txt;linenumber=1;columnnumber=4;" in done.out
    published = [step["publish"] for step in steps if "publish" in step]
    published += [step["inputs"]["testResultsFiles"] for step in steps if step.get("task") == "PublishTestResults@2"]
    assert [name for name in published if not (runner.cwd / name).is_file()] == []


def test_the_jenkinsfile_runs_and_leaves_what_it_records(runner: Runner) -> None:
    text = (TEMPLATES / "Jenkinsfile").read_text("utf-8")
    code = re.sub(r"'''.*?'''|//[^\n]*|'[^'\n]*'|\"[^\"\n]*\"", "", text, flags=re.DOTALL)
    assert all(code.count(left) == code.count(right) for left, right in ("{}", "()", "[]"))
    install, check = re.findall(r"'''(.*?)'''", text, re.DOTALL)
    launch(
        Path(runner.path.split(":")[0]) / "python3",
        'mkdir -p .scriptlint/bin; ln -sf "$(which python)" .scriptlint/bin/python',
    )
    assert runner.shell(install).code == 0
    assert "install" in runner.pip.read_text()
    runner.write("a.txt", BAD)
    # Groovy reads the backslash at the end of a line as its own, and hands the shell one line.
    done = runner.shell(check.replace("\\\n", ""))
    assert done.code == 1
    for pattern in re.findall(r"\.reports/[a-z.]+\b", text):
        assert (runner.cwd / pattern).is_file(), pattern
    again = runner.shell(check.replace("\\\n", ""))
    assert again == done


def test_the_examples_in_the_guide_are_sound(tmp_path: Path) -> None:
    workflow, gitlab = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "workflow.yml").write_text(workflow.replace("<owner>", "owner"), "utf-8")
    fits("vendor.github-workflows", tmp_path / "workflow.yml")
    steps = yaml.safe_load(workflow)["jobs"]["scriptlint"]["steps"]
    assert set(steps[1]["with"]) <= set(action()["inputs"])
    job = yaml.safe_load((TEMPLATES / "scriptlint.gitlab-ci.yml").read_text("utf-8"))["scriptlint"]
    assert set(yaml.safe_load(gitlab)["scriptlint"]["variables"]) <= set(job["variables"])
    for name in re.findall(r"\]\(\.\./([^)]+)\)", (ROOT / "docs" / "ci.md").read_text("utf-8")):
        assert (ROOT / name).exists(), name
