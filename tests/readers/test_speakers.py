"""Who speaks, in layouts that have no label with a colon: spaces, legends, names nobody knows, odd columns."""

from __future__ import annotations

import pytest

from scriptlint import readers
from scriptlint.model.document import Role


def _lines(*said: tuple[str, str]) -> str:
    return "".join(f'{{"n": {number}, "谁": "{who}", "w": "{words}"}}\n' for number, (who, words) in enumerate(said))


SAID = {
    "spaces.txt": "热线转写\n坐席 您好请讲\n客户 我的卡丢了\n坐席 已经为您挂失\n客户 好的谢谢\n",
    "legend.txt": "转写（甲=催收 乙=客户）\n[00:03 甲] 您这期还没有还\n[00:08 乙] 我下周还可以吗\n",
    "legend.jsonl": '{"A": "坐席", "B": "客户"}\n{"ch": "A", "asr": "您好请讲"}\n{"ch": "B", "asr": "我的卡丢了"}\n',
    "unknown-name.txt": "小潘：您把名字签在这里。\n大叔：签了要做什么？\n小潘：先看合同。\n大叔：那我看看。\n",
    "nickname.txt": "专员阿亮：您好请讲。\n袁叔：我的卡丢了。\n",
    "column.csv": "时间,发言方,内容\n09:02,客户,我的卡丢了\n09:03,理赔客服,已经登记\n",
    "said.csv": "编号,客户说法,标准应答\n1,这个跟存款一样吗,不一样它不是存款\n",
    "line.json": '[{"role": "专员", "line": "您好请讲"}, {"role": "客户", "line": "我的卡丢了"}]',
    # Keys and names told by what stands under them, and by the other side.
    "odd-keys.jsonl": _lines(("客服", "您好请讲"), ("客户", "我的卡丢了"), ("客服", "已经挂失"), ("客户", "好的谢谢")),
    "letters.jsonl": _lines(("a", "您好请讲"), ("c", "我的卡丢了"), ("a", "已经挂失"), ("c", "好的谢谢")),
    "two.jsonl": _lines(("回访员", "您好请讲"), ("阿树", "我的卡丢了"), ("回访员", "已经挂失"), ("阿树", "好的谢谢")),
    "audience.jsonl": _lines(
        ("主播小冬", "今天讲讲存款"),
        ("弹幕-老K", "利息多少"),
        ("主播小冬", "牌子上写着"),
        ("木木", "能提前取吗"),
        ("主播小冬", "可以提前支取"),
        ("阿花花", "还有吗"),
        ("主播小冬", "一直都有"),
    ),
    "driver.txt": "顾问：您好请讲\n司机：我的卡丢了\n顾问：已经挂失\n司机：好的谢谢\n",
    "two.txt": "理财经理：您好请讲\n阿树：我的卡丢了\n理财经理：已经挂失\n阿树：好的谢谢\n",
    "complaint.json": '{"items": [{"complaint": "排队太久了", "reply_draft": "我们加开窗口"}]}',
    "samples.yaml": "intents:\n  safe:\n    samples: [会亏吗, 保本吗]\n    reply: 可能亏损\n",
    "asked.csv": "编号,触发问法,回复口径\n1,这个跟存款一样吗,不一样它不是存款\n",
}
CUSTOMER = {
    "spaces.txt": ["我的卡丢了", "好的谢谢"],
    "legend.txt": ["我下周还可以吗"],
    "legend.jsonl": ["我的卡丢了"],
    "unknown-name.txt": ["签了要做什么？", "那我看看。"],
    "nickname.txt": ["我的卡丢了。"],
    "column.csv": ["我的卡丢了"],
    "said.csv": ["这个跟存款一样吗"],
    "line.json": ["我的卡丢了"],
    "odd-keys.jsonl": ["我的卡丢了", "好的谢谢"],
    "letters.jsonl": ["我的卡丢了", "好的谢谢"],
    "two.jsonl": ["我的卡丢了", "好的谢谢"],
    "audience.jsonl": ["利息多少"],
    "driver.txt": ["我的卡丢了", "好的谢谢"],
    "two.txt": ["我的卡丢了", "好的谢谢"],
    "complaint.json": ["排队太久了"],
    "samples.yaml": ["会亏吗", "保本吗"],
    "asked.csv": ["这个跟存款一样吗"],
}


@pytest.mark.parametrize("name", SAID)
def test_the_customer_is_told_from_the_institution(name: str) -> None:
    segments = readers.read(name, SAID[name].encode()).segments
    assert [segment.text for segment in segments if segment.role is Role.CUSTOMER] == CUSTOMER[name]


@pytest.mark.parametrize(
    "text",
    [
        "客户 经理 大会通知\n请各支行参加\n",  # words, not labels: one side only
        "注意：请带证件。\n时间：周一。\n地点：大厅。\n",
        "收益=本金x利率\n费用=本金x费率\n",
    ],
)
def test_what_only_looks_like_labels_is_left_alone(text: str) -> None:
    assert {segment.role for segment in readers.read("a.txt", text.encode()).segments} == {Role.UNKNOWN}


@pytest.mark.parametrize(
    ("name", "source"),
    [
        # A superior and a colleague: nobody here need be a customer.
        ("a.txt", "主管：昨天谁当班\n阿树：是我当班\n主管：话要这样讲\n阿树：我记下了\n"),
        ("a.jsonl", _lines(("讲师", "话要这样讲"), ("阿树", "我记下了"), ("讲师", "再念一遍"), ("阿树", "我再念一遍"))),
        # Two nobody knows, and two hosts who both speak much.
        ("a.jsonl", _lines(("阿木", "您好请讲"), ("阿树", "我的卡丢了"), ("阿木", "已经挂失"), ("阿树", "好的谢谢"))),
        (
            "a.jsonl",
            _lines(
                ("主播", "今天讲存款"), ("可可", "来看这里"), ("主播", "牌子在这"), ("可可", "往下看"), ("阿树", "好")
            ),
        ),
        # Fields of a form.
        ("a.txt", "客服：小周\n电话：400\n时间：周一\n地点：大厅\n"),
        ("a.json", '[{"samples": "稳稳的", "title": "海报"}]'),
    ],
)
def test_nobody_is_taken_for_a_customer_without_reason(name: str, source: str) -> None:
    assert Role.CUSTOMER not in {segment.role for segment in readers.read(name, source.encode()).segments}
