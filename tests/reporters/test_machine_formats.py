"""What each machine format makes of odd words, places, statuses and problems."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from scriptlint import reporters
from scriptlint.model.context import Context
from scriptlint.model.finding import SILENT, Clause, Edit, Finding, Fix, Identity, Problem, Related, Status, Tier
from scriptlint.model.places import placed
from scriptlint.model.report import FileRecord, Report, RuleRecord
from scriptlint.model.rule import Example, Level, Text, Verdict
from scriptlint.model.span import LineIndex, Position, Span, utf8_columns

SARIF = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
SOURCE = "第一行\r\n本产品😀稳赚不赔。\n"
LAW = Clause("S", "某法", "", "第一条", "V1", "2020-01-01", "https://example.org/law")
RULE = RuleRecord(
    id="zz/sure-thing",
    title=Text("稳赚", "Sure thing"),
    family="return-claim",
    verdict=Verdict.VIOLATION,
    default=Level.ERROR,
    level=Level.ERROR,
    message=Text("「{match}」说成*稳赚*。", "“{match}” is called sure."),
    suggest=Text("写明风险。", "Name the risk."),
    basis=(LAW,),
    note="看语境",
    aliases=("old-thing",),
    examples=(
        Example("拨打13800001234，[稳赚]。", (Span(14, 18),), "fail", {}, "plain", 1),
        Example("不稳赚。", (), "pass", {}, "plain", 2),
        Example("已知漏报。", (), "known-miss", {}, "plain", 3),
    ),
)


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {
        "path": "话术/a.txt", "rule": RULE.id, "family": "return-claim", "verdict": Verdict.VIOLATION,
        "level": Level.ERROR, "span": Span(9, 13), "start": Position(2, 5), "end": Position(2, 9),
        "excerpt": "稳赚不赔", "line_text": "本产品😀稳赚不赔。", "line_offset": 4,
        "message": {"zh": "「稳赚不赔」不行。", "en": "No."}, "suggestion": {"zh": "换。", "en": ""}, "basis": (LAW,),
        "identity": Identity(RULE.id, "话术/a.txt", "0"),
    }  # fmt: skip
    (one,) = placed((Finding(**{**values, **changes}),), SOURCE, LineIndex(SOURCE))
    return one


def report(*found: Finding, problems: tuple[Problem, ...] = (), lang: str = "zh", **changes: Any) -> Report:
    record = FileRecord("话术/a.txt", "plain", "utf-8", 15, 2, "checked", Context(), sha256="0" * 64)
    whole = Report(found, problems, (record,), 1, "f" * 16, "0.1.0", "2026-11-24", lang, rulebook=(RULE,))
    return replace(whole, **changes)


def sarif(made: Report) -> Any:
    log = json.loads(reporters.render(made, "sarif"))
    kind = jsonschema.validators.validator_for(SARIF)
    assert [f"{error.json_path}: {error.message}" for error in kind(SARIF).iter_errors(log)] == []
    (run,) = log["runs"]
    return run


# -- places -------------------------------------------------------------------------------------------------


def test_columns_in_bytes() -> None:
    lines = LineIndex(SOURCE)
    assert utf8_columns(SOURCE, lines, [0, 1, 3, 5, 9, 13, 15]) == {0: 1, 1: 4, 3: 10, 5: 1, 9: 14, 13: 26, 15: 1}
    assert utf8_columns("", LineIndex(""), [0]) == {0: 1}
    assert finding().utf8 == (14, 26)


def test_places_of_edits_and_of_other_words_are_counted_too() -> None:
    related = Related(Span(0, 3), Position(1, 1), "触发处", Position(1, 4))
    fix = Fix(Tier.UNSAFE, (Edit(Span(14, 14), "投资有风险。", "投资有风险。"),), {"zh": "加入提示", "en": "Add it"})
    found = finding(related=(related,), fixes=(fix,))
    assert found.related[0].utf8 == (1, 10)
    (edit,) = found.fixes[0].edits
    assert (edit.start, edit.end, edit.utf8) == (Position(2, 10), Position(2, 10), (29, 29))
    (item,) = json.loads(reporters.render(report(found), "rdjson"))["diagnostics"]
    here = {"line": 2, "column": 29}
    assert item["suggestions"] == [{"range": {"start": here, "end": here}, "text": "投资有风险。"}]
    assert item["related_locations"][0]["location"]["range"]["end"] == {"line": 1, "column": 10}
    (result,) = sarif(report(found))["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    region = {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 10}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "投资有风险。"}}]
    assert result["fixes"][0]["properties"] == {"tier": "unsafe"}
    (other,) = result["relatedLocations"]
    assert other["message"] == {"text": "触发处"}
    assert other["physicalLocation"]["region"]["endColumn"] == 4


def test_a_fix_of_several_edits_is_no_suggestion_as_each_would_be_made_alone() -> None:
    edits = (Edit(Span(5, 6), "", ""), Edit(Span(7, 8), "", ""))
    made = report(finding(fixes=(Fix(Tier.SAFE, edits, {"zh": "改", "en": ""}),)))
    assert "suggestions" not in json.loads(reporters.render(made, "rdjson"))["diagnostics"][0]
    assert len(sarif(made)["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]) == 2


def test_a_finding_about_a_whole_file_has_no_region() -> None:
    whole = report(finding(span=None))
    (result,) = sarif(whole)["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert "line=" not in reporters.render(whole, "github")
    assert "linenumber" not in reporters.render(whole, "azure")
    assert "range" not in json.loads(reporters.render(whole, "rdjson"))["diagnostics"][0]["location"]
    assert next(csv.DictReader(io.StringIO(reporters.render(whole, "csv")[1:])))["line"] == ""


def test_the_line_around_a_finding_is_given_where_it_is_more_than_the_finding() -> None:
    def around(**changes: Any) -> Any:
        (result,) = sarif(report(finding(**changes)))["results"]
        return result["locations"][0]["physicalLocation"].get("contextRegion")

    assert around() == {
        "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 10, "snippet": {"text": "本产品😀稳赚不赔。"}
    }  # fmt: skip
    assert around(line_text="😀稳赚不赔", line_offset=1)["startColumn"] == 4  # the beginning of a long line is cut
    assert around(line_text="稳赚不赔", line_offset=0) is None
    assert around(end=Position(3, 2)) is None


def test_the_place_as_the_format_names_it_comes_along() -> None:
    made = report(finding(locator="话术!B2"))
    (place,) = sarif(made)["results"][0]["locations"][0]["logicalLocations"]
    assert place == {"name": "话术!B2", "fullyQualifiedName": "话术/a.txt:话术!B2"}
    for name in ("github", "azure", "gitlab", "junit", "checkstyle", "rdjson", "csv"):
        assert "话术!B2" in reporters.render(made, name), name


def test_paths_become_addresses_and_artifacts_are_pointed_at() -> None:
    run = sarif(report(finding(), finding(path="../b c.txt"), finding(path="/tmp/x.txt"), finding(path="D:/x.txt")))
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run["results"]]
    assert places[0] == {"uri": "%E8%AF%9D%E6%9C%AF/a.txt", "uriBaseId": "%SRCROOT%", "index": 0}
    assert places[1] == {"uri": "../b%20c.txt", "uriBaseId": "%SRCROOT%"}
    assert places[2:] == [{"uri": "file:///tmp/x.txt"}, {"uri": "file:///D:/x.txt"}]
    assert run["artifacts"][0]["hashes"] == {"sha-256": "0" * 64}


# -- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in reporters.names() if reporters.kind(name) != "binary"])
def test_odd_characters_break_no_format(name: str) -> None:
    odd = "\x00\x08\x1b]]>&<\"'|\ufffe\ud800😀\r\n::error::x"
    found = finding(excerpt=odd, message={"zh": odd, "en": odd}, suggestion={"zh": odd, "en": ""}, path="a\udc80\n.txt")
    data = reporters.encode(report(found, problems=(Problem("b\udc80.txt", odd, odd),)), name)
    assert data == reporters.encode(report(found, problems=(Problem("b\udc80.txt", odd, odd),)), name)
    if name in ("junit", "checkstyle"):
        assert "]]>&<" in "".join(ElementTree.fromstring(data).itertext()) + str(
            [element.attrib for element in ElementTree.fromstring(data).iter()]
        )
    elif reporters.kind(name) == "json" and name != "jsonl":
        json.loads(data)
    elif name == "jsonl":
        assert [json.loads(line) for line in data.decode().split("\n")[:-1]]
    elif name in ("github", "azure"):
        assert not [line for line in data.decode().split("\n") if line.startswith("::error::")]


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1", "　@x", "\r=1"]
)  # fmt: skip
def test_no_cell_becomes_a_formula(words: str) -> None:
    made = report(finding(excerpt=words, path=words), problems=(Problem(words, words, words),))
    found, problem, *_ = csv.DictReader(io.StringIO(reporters.render(made, "csv")[1:], newline=""))
    assert (found["excerpt"], found["path"], problem["message"]) == (f"'{words}",) * 3


def test_workflow_commands_escape_what_they_need() -> None:
    found = finding(path="a,b:c%.txt", message={"zh": "100%\n下一行", "en": ""})
    first = reporters.render(report(found), "github").splitlines()[0]
    assert first.startswith("::error file=a%2Cb%3Ac%25.txt,line=2,endLine=2,col=5,endColumn=9,title=zz/sure-thing::")
    assert "::100%25%0A下一行%0A依据: 《某法》 第一条%0A建议: 换。" in first
    azure = reporters.render(report(replace(found, path="a;b].txt")), "azure").splitlines()[0]
    assert "sourcepath=a%3Bb%5D.txt;linenumber=2;columnnumber=5;code=zz/sure-thing;]100%AZP25%0A下一行" in azure


def test_several_lines_get_no_columns_from_github() -> None:
    line = reporters.render(report(finding(end=Position(3, 1), span=Span(9, 15))), "github").splitlines()[0]
    assert ",line=2,endLine=3,title=" in line


def test_english_is_english() -> None:
    made = report(finding(evasion=True), problems=(Problem("b.txt", "not text", "save it"),), lang="en")
    for name in ("github", "azure", "gitlab", "junit", "checkstyle", "rdjson", "sarif"):
        text = reporters.render(made, name)
        assert "No. (characters were inserted, hidden or altered in these words)" in text, name
        assert "not checked: not text" in text, name
    assert sarif(made)["language"] == "en-US"


# -- statuses and problems ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", SILENT)
def test_what_is_silenced_is_kept_where_the_format_can_and_fails_nowhere(state: str) -> None:
    made = report(finding(status=Status(state, "有批文")))
    (suppression,) = sarif(made)["results"][0]["suppressions"]
    assert suppression["kind"] == ("inSource" if state == "suppressed" else "external")
    assert (suppression["justification"], suppression["properties"]) == ("有批文", {"state": state})
    case = ElementTree.fromstring(reporters.render(made, "junit")).find("testsuite/testcase")
    assert case is not None
    skipped = case.find("skipped")
    assert skipped is not None
    assert skipped.get("message") == f"{state}: 有批文"
    row = next(csv.DictReader(io.StringIO(reporters.render(made, "csv")[1:])))
    assert (row["status"], row["reason"]) == (state, "有批文")
    assert json.loads(reporters.render(made, "gitlab")) == []
    assert json.loads(reporters.render(made, "rdjson"))["diagnostics"] == []
    assert reporters.render(made, "github").startswith("scriptlint: ")
    assert ElementTree.fromstring(reporters.render(made, "checkstyle")).find("file/error") is None


def test_a_suppression_without_a_reason_says_what_it_is() -> None:
    (result,) = sarif(report(finding(status=Status("baselined"))))["results"]
    assert result["suppressions"][0]["justification"] == "baselined"


def test_problems_by_severity() -> None:
    problems = (
        Problem("b.txt", "not text", "save it", Position(2, 3)),
        Problem("c.txt", "empty", severity="note"),
        Problem("--select", "no such rule", severity="usage"),
    )
    made = report(problems=problems)
    run = sarif(made)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["error", "note"]
    (usage,) = invocation["toolConfigurationNotifications"]
    assert "locations" not in usage
    described = run["tool"]["driver"]["notifications"]
    assert described[usage["descriptor"]["index"]]["id"] == usage["descriptor"]["id"] == "scriptlint/usage"
    assert sarif(report(problems=problems[1:2]))["invocations"][0]["executionSuccessful"] is True
    assert [line.split("::")[1].split(" ")[0] for line in reporters.render(made, "github").splitlines()[:3]] == [
        "error",
        "notice",
        "error",
    ]
    issues = json.loads(reporters.render(made, "gitlab"))
    assert [issue["severity"] for issue in issues] == ["blocker", "info", "blocker"]
    suites = ElementTree.fromstring(reporters.render(made, "junit"))
    assert (suites.get("errors"), suites.get("failures"), suites.get("tests")) == ("2", "0", "4")


def test_what_was_not_read_stands_with_its_file() -> None:
    part = FileRecord("b.docx", "docx", "", 5, 1, "partial", Context(), unread=("¶3: a picture",))
    made = replace(report(), files=(part,))
    (artifact,) = sarif(made)["artifacts"]
    assert artifact["properties"]["state"] == "partial"
    assert artifact["properties"]["unread"] == ["¶3: a picture"]
    row = next(csv.DictReader(io.StringIO(reporters.render(made, "csv")[1:])))
    assert (row["kind"], row["path"], row["status"], row["message"]) == ("file", "b.docx", "partial", "¶3: a picture")
    assert "未能读全 1" in reporters.render(made, "github")


# -- rules --------------------------------------------------------------------------------------------------


def test_a_rule_is_explained_with_its_clause_and_no_number_of_anybody() -> None:
    (pack,) = sarif(report(finding()))["tool"]["extensions"]
    (rule,) = pack["rules"]
    assert rule["name"] == "SureThing"
    assert rule["deprecatedIds"] == ["zz/old-thing"]
    assert rule["fullDescription"]["text"] == "「…」说成*稳赚*。"
    assert rule["help"]["text"].splitlines() == [
        "「…」说成*稳赚*。",
        "违规：条款禁止，只看文字即可判断",
        "建议: 写明风险。",
        "依据: 《某法》 第一条 [2020-01-01 起施行]",
        "备注: 看语境",
    ]
    page = rule["help"]["markdown"]
    assert "「…」说成\\*稳赚\\*。" in page
    assert "- [《某法》 第一条 \\[2020-01-01 起施行\\]](https://example.org/law)" in page
    assert "- 不合规: 拨打00000000000，**\\[稳赚\\]**。" in page
    assert "- 合规: 不稳赚。" in page
    assert "已知漏报" not in page
    assert '`scriptlint: disable-next sure-thing reason="原因"`' in page


def test_levels_that_the_settings_change_are_overrides() -> None:
    loud, silent = replace(RULE, id="zz/a", level=Level.INFO), replace(RULE, id="zz/b", level=Level.OFF)
    run = sarif(report(rulebook=(loud, silent, RULE)))
    (invocation,) = run["invocations"]
    assert [o["configuration"] for o in invocation["ruleConfigurationOverrides"]] == [
        {"level": "note"},
        {"enabled": False},
    ]
    assert invocation["ruleConfigurationOverrides"][1]["descriptor"] == {
        "id": "zz/b", "index": 1, "toolComponent": {"name": "zz", "index": 0}
    }  # fmt: skip


def test_a_result_of_a_rule_that_is_not_described_names_it_still() -> None:
    (result,) = sarif(report(finding(), rulebook=()))["results"]
    assert result["ruleId"] == RULE.id
    assert "rule" not in result


# -- what stays ---------------------------------------------------------------------------------------------


def test_fingerprints_stay_when_lines_move_and_tell_equal_findings_apart() -> None:
    def prints(made: Report) -> list[str]:
        issues = [issue["fingerprint"] for issue in json.loads(reporters.render(made, "gitlab"))]
        results = [result["partialFingerprints"]["scriptlintIdentity/v1"] for result in sarif(made)["results"]]
        names = [
            str(case.get("name")) for case in ElementTree.fromstring(reporters.render(made, "junit")).iter("testcase")
        ]
        return [*issues, *results, *names]

    before = prints(report(finding(), finding(span=Span(5, 9), start=Position(2, 1), end=Position(2, 5))))
    moved = finding(start=Position(7, 5), end=Position(7, 9))
    after = prints(report(moved, replace(moved, start=Position(9, 1), end=Position(9, 5))))
    assert before == after
    assert len(set(before)) == len(before)


def test_a_document_without_findings_passes_by_name() -> None:
    (case,) = ElementTree.fromstring(reporters.render(report(), "junit")).iter("testcase")
    assert case.get("name") == "话术/a.txt: checked"
    assert len(case) == 0
