"""A fix changes the words it is about and nothing else, in every text format and encoding."""

from __future__ import annotations

import codecs
from dataclasses import replace
from datetime import date

import pytest

from scriptlint import repair, run
from scriptlint.config import Settings
from scriptlint.model.context import Context, Fact
from scriptlint.model.finding import Tier
from scriptlint.repair import Repaired
from scriptlint.run import Script, Setup

MOBILE = "13900005518"
ID = "510199198803052714"
BOTH = (Tier.SAFE, Tier.UNSAFE)


@pytest.fixture(scope="module")
def setup() -> Setup:
    return run.prepare(Settings(), date(2026, 11, 24))


def fixed(setup: Setup, name: str, data: bytes | str, tiers: tuple[Tier, ...] = (Tier.SAFE,), **given: str) -> Repaired:
    script = Script(name, data.encode() if isinstance(data, str) else data)
    context = Context({key: Fact((value,), "flag") for key, value in given.items()})
    ready = replace(setup, given=context)
    return repair.repair(script, ready, run.examine(script, ready), tiers)


MASKED = [
    ("a.txt", f"手机：{MOBILE}\r\n第二行\r", "手机：139****5518\r\n第二行\r"),
    ("spaced.txt", "联系电话：139 0000 5518", "联系电话：139 **** 5518"),
    ("wide.txt", "手机：１３９００００５５１８。", None),
    ("a.md", f"手机{MOBILE}，另一部13900005526。\n", r"手机139\*\*\*\*5518，另一部139\*\*\*\*5526。" "\n"),
    ("code.md", f"拨打 `{MOBILE}`\n\n```\n手机{MOBILE}\n```\n", "拨打 `139****5518`\n\n```\n手机139****5518\n```\n"),
    ("table.md", f"| 姓名 | 手机 |\n|---|---|\n| 尉迟某 | {MOBILE} |\n", None),
    ("a.html", "<p title='x'>电话<b>139</b>0000&nbsp;5518</p>", "<p title='x'>电话<b>139</b>****&nbsp;5518</p>"),
    ("entity.html", "<p>手机1390&#48;00&#x35;518</p>", "<p>手机139****&#x35;518</p>"),
    ("attribute.html", f'<img alt="手机{MOBILE}" src=a.png>', '<img alt="手机139****5518" src=a.png>'),
    ("a.json", f'{{"mobile": "{MOBILE}", "n": 1}}', '{"mobile": "139****5518", "n": 1}'),
    ("number.json", f'{{ "mobile":{MOBILE} }}', '{ "mobile":"139****5518" }'),
    ("escaped.json", r'{"t": "手机\u0031390\u0030005518\t。"}', r'{"t": "手机\u003139****5518\t。"}'),
    ("a.jsonl", f'{{"t":"手机{MOBILE}"}}\n{{"t":"好"}}\n', '{"t":"手机139****5518"}\n{"t":"好"}\n'),
    (
        "a.yaml",
        f"# 注\nmobile: {MOBILE} # 尾\nt: '手机{MOBILE}'\n",
        "# 注\nmobile: 139****5518 # 尾\nt: '手机139****5518'\n",
    ),
    ("block.yaml", f"t: |\n  手机\n  {MOBILE}\n", "t: |\n  手机\n  139****5518\n"),
    ("star.yaml", "密码：Vt3#kqMa90 x\nt: 1\n", None),
    ("a.csv", f'姓名,手机\n"尉迟,某",{MOBILE}\n', '姓名,手机\n"尉迟,某",139****5518\n'),
    ("a.tsv", f"姓名\t手机\n尉迟某\t{MOBILE}\n", "姓名\t手机\n尉迟某\t139****5518\n"),
    (
        "a.srt",
        f"1\n00:00:01,000 --> 00:00:03,000\n手机{MOBILE}\n",
        "1\n00:00:01,000 --> 00:00:03,000\n手机139****5518\n",
    ),
]


@pytest.mark.parametrize(("name", "text", "wanted"), MASKED, ids=[case[0] for case in MASKED])
def test_masks_stand_in_place(setup: Setup, name: str, text: str, wanted: str | None) -> None:
    done = fixed(setup, name, text)
    if wanted is not None:
        assert done.script.data.decode() == wanted
    left = [found for found in done.examined.findings if found.rule == "cn/mobile-number"]
    assert not left
    assert not done.refused


ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("gb18030", b""),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-16-le", b""),
]


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
def test_encoding_and_mark_stay(setup: Setup, encoding: str, mark: bytes) -> None:
    text = f"尊敬的客户，您好\r\n手机{MOBILE}\n完毕"
    done = fixed(setup, "a.txt", mark + text.encode(encoding))
    assert done.script.data == mark + text.replace(MOBILE, "139****5518").encode(encoding)


EVASIONS = [
    ("这款理财保*本保*息。", "这款理财保本保息。"),
    ("这款理财保 本。", "这款理财保本。"),
    ("这款理财保\u200b本。", "这款理财保本。"),
    ("这款理财⼀定保本。", "这款理财一定保本。"),
]


@pytest.mark.parametrize(("text", "wanted"), EVASIONS)
def test_evasive_spelling_becomes_plain_and_the_claim_stays(setup: Setup, text: str, wanted: str) -> None:
    done = fixed(setup, "a.txt", text, product="wm")
    assert done.script.data.decode() == wanted
    assert any(found.rule == "cn/guaranteed-principal" for found in done.examined.findings)


WARNED = [
    ("a.txt", "这只基金值得买，经理很资深\n第二段", "这只基金值得买，经理很资深。{w}\n第二段"),
    ("first.txt", "这只基金值得买。经理很资深。", "这只基金值得买。{w}经理很资深。"),
    ("quoted.txt", "可以这样说：“这只基金值得买。”再道别。", "可以这样说：“这只基金值得买。{w}”再道别。"),
    ("head.md", "# 这只基金值得买\n\n经理很资深。\n", "# 这只基金值得买\n\n经理很资深。{w}\n"),
    ("a.html", "<p>这只<b>基金值得买</b>。</p>", "<p>这只<b>基金值得买</b>。{w}</p>"),
    ("a.json", '{"text": "这只基金值得买，\\"经理\\"很资深"}', '{"text": "这只基金值得买，\\"经理\\"很资深。{w}"}'),
    ("a.yaml", "text: 这只基金值得买，经理很资深\nn: 1\n", "text: 这只基金值得买，经理很资深。{w}\nn: 1\n"),
    ("a.csv", "序号,话术\n1,这只基金值得买，经理很资深\n", "序号,话术\n1,这只基金值得买，经理很资深。{w}\n"),
]


@pytest.mark.parametrize(("name", "text", "wanted"), WARNED, ids=[case[0] for case in WARNED])
def test_a_missing_warning_is_put_in_on_demand(setup: Setup, name: str, text: str, wanted: str) -> None:
    assert fixed(setup, name, text, product="fund").script.data.decode() == text
    done = fixed(setup, name, text, BOTH, product="fund")
    assert done.script.data.decode() == wanted.replace("{w}", "基金有风险，投资须谨慎。")
    assert not any(found.rule == "cn/fund-risk-notice" for found in done.examined.findings)


def test_one_warning_is_put_in_once_although_several_rules_ask(setup: Setup) -> None:
    text = "这款理财近三个月年化4.2%，值得买。"
    done = fixed(setup, "a.txt", text, BOTH, product="wm", kind="ad")
    assert done.script.data.decode().count("过往业绩") == 1


def test_a_fix_that_makes_a_new_finding_is_refused_and_told(setup: Setup) -> None:
    done = fixed(setup, "a.txt", "证监会刚批的新基，八号开卖。", BOTH, product="fund")
    assert done.script.data.decode() == "证监会刚批的新基，八号开卖。"
    assert [item.reason for item in done.refused] == ["the result would have a new finding, cn/fund-risk-notice"]


def test_of_many_fixes_only_the_bad_one_is_refused(setup: Setup) -> None:
    lines = [f"手机{MOBILE}" for _ in range(7)]
    done = fixed(setup, "a.txt", "\n".join(["证监会刚批的新基，八号开卖。", *lines]), BOTH, product="fund")
    assert done.script.data.decode().count("139****5518") == 7
    assert len(done.refused) == 1


def test_what_a_comment_silences_is_not_fixed(setup: Setup) -> None:
    text = f'<!-- scriptlint: disable-next mobile-number reason="公开号码" -->\n<p>手机{MOBILE}</p>\n'
    assert fixed(setup, "a.html", text).script.data.decode() == text


def test_a_character_the_encoding_lacks_is_no_loss(setup: Setup) -> None:
    big5 = replace(setup, settings=replace(setup.settings, encoding="big5"))
    script = Script("a.txt", "這只基金值得買，經理很資深".encode("big5"))
    ready = replace(big5, given=Context({"product": Fact(("fund",), "flag")}))
    done = repair.repair(script, ready, run.examine(script, ready), BOTH)
    assert done.script.data == script.data
    assert "lacks a character" in done.refused[0].reason


def test_two_fixes_in_one_value_that_needs_quotes(setup: Setup) -> None:
    text = f"t: 手机{MOBILE}，身份证{ID}\n"
    assert fixed(setup, "a.yaml", text).script.data.decode() == "t: 手机139****5518，身份证510***********2714\n"


RECORDS = [
    ("a.jsonl", '{"role":"customer","text":"好吗？"}\n{"role":"agent","text":"这只基金值得买。"}\n'),
    ("a.txt", "录音转写\n客户：好吗？\n坐席：这只基金值得买。\n"),
    (
        "times.json",
        '[{"start":1.0,"speaker":"坐席","text":"这只基金值得买。"},{"start":9.5,"speaker":"客户","text":"好吗？"}]',
    ),
]


@pytest.mark.parametrize(("name", "text"), RECORDS, ids=[case[0] for case in RECORDS])
def test_nothing_is_put_into_the_mouth_of_who_was_recorded(setup: Setup, name: str, text: str) -> None:
    done = fixed(setup, name, text, BOTH, product="fund")
    assert any(found.rule == "cn/fund-risk-notice" for found in done.examined.findings)
    assert done.script.data.decode() == text


def test_what_announces_something_takes_no_warning(setup: Setup) -> None:
    text = "这只基金值得买，理由如下：\n\n经理很资深。\n"
    assert fixed(setup, "a.txt", text, BOTH, product="fund").script.data.decode() == text


def test_a_name_in_a_messenger_is_masked_with_its_signs(setup: Setup) -> None:
    done = fixed(setup, "a.txt", "加我微信tantai_mo88细聊")
    assert done.script.data.decode() == "加我微信ta*********细聊"
