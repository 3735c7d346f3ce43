"""One run writes every format there is: each is what its readers expect, and all say the same."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import junitparser
import pytest

from scriptlint import reporters

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = Path(__file__).parent / "schemas"
FORMATS = reporters.names()

EMOJI = "本产品😀稳赚不赔。\n"
# All synthetic. Each number stands where something might quote it.
NUMBERS = ("13800007131", "13800007252", "13800007373", "110199199003078510", "6299992020011223344", "13800007494")
PLANTED = f"""\
---
kind: {NUMBERS[5]}
---
# 张先生 {NUMBERS[0]} 的基金

张先生，您的手机号 {NUMBERS[1]} 已登记，身份证号 {NUMBERS[3]}，本产品稳赚不赔。

<!-- scriptlint: disable-next false-scarcity reason="客户 {NUMBERS[2]} 的来信" -->
名额仅剩最后三个，银行卡号 {NUMBERS[4]}。

<!-- scriptlint: disable-next sure-profit reason="锁定的规则，{NUMBERS[2]}" -->
这只基金稳赚不赔。

<!-- scriptlint: disable-next {NUMBERS[2]} reason="写错了" -->
"""


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    code: int
    folder: Path
    files: dict[str, bytes]

    def text(self, name: str) -> str:
        return self.files[name].decode("utf-8")

    def json(self, name: str) -> Any:
        return json.loads(self.files[name])

    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json("json")["findings"]
        return found

    def open(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings() if finding["status"] == "open"]


def check(folder: Path, out: str, seed: str) -> Run:
    (folder / out).mkdir()
    formats = [part for name in FORMATS for part in ("--format", f"{name}={out}/report.{name}")]
    command = [sys.executable, "-m", "scriptlint", "check", "scripts", "--as-of", "2026-11-24", *formats]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, env={"PYTHONHASHSEED": seed, "PATH": "/nowhere"}
    )
    assert done.stdout == b""
    files = {name: (folder / out / f"report.{name}").read_bytes() for name in FORMATS}
    return Run(done.returncode, folder, files)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The examples, an emoji, personal data in odd places, and files that cannot be read."""
    folder = tmp_path_factory.mktemp("formats")
    shutil.copytree(ROOT / "examples", folder / "scripts")
    (folder / "scripts" / "emoji.txt").write_text(EMOJI, "utf-8")
    (folder / "scripts" / "planted.md").write_text(PLANTED, "utf-8")
    (folder / "scripts" / "a,b;c]:100%.txt").write_text("本产品稳赚不赔。\n本产品稳赚不赔。\n", "utf-8")
    (folder / "scripts" / "broken.json").write_text('{"text": "a', "utf-8")
    return check(folder, "first", "1")


def rows(run: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run.files["csv"].decode("utf-8-sig"))))


def sarif(run: Run) -> Any:
    (only,) = run.json("sarif")["runs"]
    return only


def validate(data: Any, name: str) -> None:
    schema = json.loads((SCHEMAS / name).read_text("utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    errors = [f"{error.json_path}: {error.message[:200]}" for error in kind(schema).iter_errors(data)]
    assert errors == []


# -- all of them --------------------------------------------------------------------------------------------


def test_what_could_not_be_read_decides_the_code_and_no_report_changes_it(run: Run) -> None:
    assert run.code == 3


def test_another_run_gives_the_same_bytes(run: Run) -> None:
    again = check(run.folder, "second", "2")
    assert [name for name in FORMATS if again.files[name] != run.files[name]] == []


@pytest.mark.parametrize("name", FORMATS)
def test_no_personal_data_is_in_it(run: Run, name: str) -> None:
    data = run.files[name]
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"\n".join(archive.read(member) for member in archive.namelist())
    text = data.decode("utf-8")
    assert [number for number in NUMBERS if number in text] == []
    # Mobile numbers of staff may be shown; these belong to customers.
    private = re.compile(r"(?<!\d)(?:\d{17}[\dX]|62\d{14,17})(?!\d)")
    examples = "".join(path.read_bytes().decode("gb18030", "ignore") for path in (ROOT / "examples").rglob("*.bad.*"))
    assert set(private.findall(text)) & set(private.findall(examples)) == set()


def test_the_planted_data_is_found(run: Run) -> None:
    found = {item["rule"] for item in run.findings() if item["path"] == "scripts/planted.md"}
    assert {"cn/mobile-number", "cn/identity-number", "cn/bank-card-number"} <= found
    assert {"scriptlint/malformed-suppression", "scriptlint/locked-rule"} <= found
    (silenced,) = (item for item in run.findings() if item["status"] != "open" and "planted" in item["path"])
    assert silenced["reason"].startswith("客户")


@pytest.mark.parametrize("name", [name for name in FORMATS if reporters.kind(name) != "binary"])
def test_it_says_what_was_not_read(run: Run, name: str) -> None:
    assert "broken.json" in run.text(name)


def test_each_has_a_row_in_the_guide() -> None:
    rows = set(re.findall(r"^\| `([a-z]+)` \|", (ROOT / "docs" / "outputs.md").read_text("utf-8"), re.MULTILINE))
    assert set(FORMATS) <= rows


# -- each as its readers want it ----------------------------------------------------------------------------


def test_json_and_json_lines_keep_to_the_published_schemas(run: Run) -> None:
    def closed(schema: Any) -> Any:
        if isinstance(schema, dict):
            same = {key: closed(value) for key, value in schema.items()}
            return {**same, "additionalProperties": False} if "properties" in schema else same
        return [closed(item) for item in schema] if isinstance(schema, list) else schema

    def published(what: str) -> jsonschema.Draft202012Validator:
        command = [sys.executable, "-m", "scriptlint", "schema", what]
        schema = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(closed(schema))

    published("report").validate(run.json("json"))
    lines = [json.loads(line) for line in run.text("jsonl").splitlines()]
    line_schema = published("report-line")
    for line in lines:
        line_schema.validate(line)
    assert {line["type"] for line in lines} == {"finding", "problem", "file", "summary"}
    assert [line["type"] for line in lines].count("finding") == len(run.findings())


def test_sarif_is_valid(run: Run) -> None:
    validate(run.json("sarif"), "sarif-2.1.0.json")


def test_gitlab_is_valid_and_no_fingerprint_comes_twice(run: Run) -> None:
    issues = run.json("gitlab")
    validate(issues, "code-quality.json")
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    assert len(issues) == len(run.open()) + len(run.json("json")["problems"])


def test_rdjson_is_valid(run: Run) -> None:
    validate(run.json("rdjson"), "rdjson.json")


def test_junit_is_read_by_a_reader_of_junit(run: Run) -> None:
    report = junitparser.JUnitXml.fromstring(run.files["junit"])
    cases = [case for suite in report for case in suite]
    kinds = [type(result).__name__ for case in cases for result in case.result]
    found = run.findings()
    assert kinds.count("Failure") == sum(item["level"] == "error" and item["status"] == "open" for item in found)
    assert kinds.count("Skipped") == sum(item["status"] != "open" for item in found)
    assert kinds.count("Error") == sum(item["severity"] != "note" for item in run.json("json")["problems"])
    assert (report.tests, report.failures) == (len(cases), kinds.count("Failure"))
    names = [(case.classname, case.name) for case in cases]
    assert len(set(names)) == len(names)


def test_checkstyle_lists_every_file(run: Run) -> None:
    root = ElementTree.fromstring(run.text("checkstyle"))
    assert root.tag == "checkstyle"
    files = {file.get("name"): file for file in root}
    assert {record["path"] for record in run.json("json")["files"]} <= set(files)
    errors = [error for file in root for error in file]
    assert len(errors) == len(run.open()) + len(run.json("json")["problems"])
    assert {error.get("severity") for error in errors} == {"error", "warning", "info"}


def test_csv_opens_in_excel_and_runs_nothing(run: Run) -> None:
    assert run.files["csv"].startswith(b"\xef\xbb\xbf")
    assert run.files["csv"].count(b"\r\n") >= len(rows(run))
    kinds = [row["kind"] for row in rows(run)]
    assert kinds.count("finding") == len(run.findings())
    assert kinds.count("problem") == len(run.json("json")["problems"])
    assert [row["path"] for row in rows(run) if row["kind"] == "file"] == ["scripts/broken.json"]
    cells = [value for row in rows(run) for value in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_github_commands_are_one_line_each_and_escaped(run: Run) -> None:
    lines = run.text("github").splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == len(run.open()) + len(run.json("json")["problems"])
    assert len(lines) == len(commands) + 1
    shape = re.compile(r"::(error|warning|notice) (?:[a-zA-Z]+=[^:,]*)(?:,[a-zA-Z]+=[^:,]*)*::.+")
    assert [line for line in commands if not shape.fullmatch(line)] == []
    assert "file=scripts/a%2Cb;c]%3A100%25.txt,line=1," in run.text("github")


def test_azure_commands_are_one_line_each_and_escaped(run: Run) -> None:
    lines = [line for line in run.text("azure").splitlines() if line.startswith("##vso")]
    shape = re.compile(r"##vso\[task\.logissue type=(error|warning);(?:[a-z]+=[^;\]]+;)*\].+")
    assert [line for line in lines if not shape.fullmatch(line)] == []
    assert "sourcepath=scripts/a,b%3Bc%5D:100%AZP25.txt;linenumber=1;" in run.text("azure")


# -- the same place in all of them --------------------------------------------------------------------------


def test_a_finding_after_han_characters_and_an_emoji_has_its_place_in_every_format(run: Run) -> None:
    path = "scripts/emoji.txt"
    wanted = "cn/sure-profit"
    (found,) = (item for item in run.findings() if item["path"] == path and item["rule"] == wanted)
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (1, 5, 1, 9)
    assert f"{path}:1:5: error {wanted} " in run.text("text")
    (region,) = (
        result["locations"][0]["physicalLocation"]["region"]
        for result in sarif(run)["results"]
        if result["ruleId"] == wanted and path in json.dumps(result["locations"])
    )
    assert region == {
        "startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 9, "snippet": {"text": "稳赚不赔"}
    }  # fmt: skip
    assert f"::error file={path},line=1,endLine=1,col=5,endColumn=9,title={wanted}::" in run.text("github")
    assert f"sourcepath={path};linenumber=1;columnnumber=5;code={wanted};" in run.text("azure")
    (location,) = (
        item["location"]
        for item in run.json("rdjson")["diagnostics"]
        if item["location"]["path"] == path and item["code"]["value"] == wanted
    )
    assert location["range"] == {"start": {"line": 1, "column": 14}, "end": {"line": 1, "column": 26}}
    (row,) = (row for row in rows(run) if row["path"] == path and row["rule"] == wanted)
    assert (row["line"], row["column"], row["end_line"], row["end_column"]) == ("1", "5", "1", "9")
    (issue,) = (i for i in run.json("gitlab") if i["location"]["path"] == path and i["check_name"] == wanted)
    assert issue["location"]["lines"] == {"begin": 1, "end": 1}
    root = ElementTree.fromstring(run.text("checkstyle"))
    (error,) = (e for e in root.iterfind(f"file[@name='{path}']/error") if (e.get("source") or "").endswith(wanted))
    assert (error.get("line"), error.get("column")) == ("1", "5")
    assert f"{path}:1:5\n" in run.text("junit")


def utf8_files(run: Run) -> Iterator[tuple[str, str]]:
    for record in run.json("json")["files"]:
        if record["encoding"] in ("utf-8", "utf-8-sig"):
            yield record["path"], (run.folder / record["path"]).read_bytes().decode("utf-8-sig")


def test_bytes_and_offsets_name_the_same_words_in_every_example(run: Run) -> None:
    sources = dict(utf8_files(run))
    seen = 0
    for finding, item in zip(run.open(), run.json("rdjson")["diagnostics"], strict=False):
        if finding["path"] not in sources:
            continue
        source = sources[finding["path"]]
        lines = [line.encode() for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", source)]
        start, end = item["location"]["range"]["start"], item["location"]["range"]["end"]
        before = sum(map(len, lines[: start["line"] - 1])) + start["column"] - 1
        after = sum(map(len, lines[: end["line"] - 1])) + end["column"] - 1
        assert b"".join(lines)[before:after].decode() == source[finding["start"] : finding["end"]]
        seen += 1
    assert seen > 150


# -- what SARIF tells besides -------------------------------------------------------------------------------


def test_sarif_rules_explain_themselves_and_every_result_has_its_rule(run: Run) -> None:
    tool = sarif(run)["tool"]
    (pack,) = tool["extensions"]
    assert pack["name"] == "cn"
    assert len(pack["rules"]) == run.json("json")["rules"]
    for rule in [*pack["rules"], *tool["driver"]["rules"]]:
        assert rule["shortDescription"]["text"]
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["precision"] in ("high", "medium", "low")
        assert "compliance" in rule["properties"]["tags"]
    (law,) = (rule for rule in pack["rules"] if rule["id"] == "cn/guaranteed-principal")
    assert "《中华人民共和国广告法》(2021年修正) 第二十五条第(一)项 [2015-09-01 起施行]" in law["help"]["text"]
    assert law["properties"]["precision"] == "high"
    for result in sarif(run)["results"]:
        if "rule" in result:
            assert pack["rules"][result["rule"]["index"]]["id"] == result["ruleId"]
        else:
            assert tool["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_says_what_was_silenced_and_what_went_wrong(run: Run) -> None:
    results = sarif(run)["results"]
    silenced = [result for result in results if "suppressions" in result]
    assert len(silenced) == sum(item["status"] != "open" for item in run.findings()) > 0
    for result in silenced:
        (suppression,) = result["suppressions"]
        assert suppression["justification"]
    (invocation,) = sarif(run)["invocations"]
    assert invocation["executionSuccessful"] is False
    (unread,) = (n for n in invocation["toolExecutionNotifications"] if n["level"] == "error")
    assert unread["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "scripts/broken.json"
    states = {artifact["location"]["uri"]: artifact["properties"] for artifact in sarif(run)["artifacts"]}
    assert states["scripts/broken.json"]["state"] == "unread"
    assert states["scripts/broken.json"]["unread"]
    assert states["scripts/emoji.txt"]["state"] == "checked"


def test_sarif_fingerprints_tell_equal_findings_apart(run: Run) -> None:
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in sarif(run)["results"]]
    assert len(set(prints)) == len(prints)
    two = [
        r for r in sarif(run)["results"] if "100%25" in json.dumps(r["locations"]) and r["ruleId"] == "cn/sure-profit"
    ]
    first, second = (result["partialFingerprints"]["scriptlintIdentity/v1"] for result in two)
    assert (first.split(":")[0], first[-2:], second[-2:]) == (second.split(":")[0], ":1", ":2")
