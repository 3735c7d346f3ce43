"""Who speaks, in layouts that have no label with a colon: spaces, legends, names nobody knows, odd columns."""

from __future__ import annotations

import pytest

from scriptlint import readers
from scriptlint.model.document import Role

SAID = {
    "spaces.txt": "热线转写\n坐席 您好请讲\n客户 我的卡丢了\n坐席 已经为您挂失\n客户 好的谢谢\n",
    "legend.txt": "转写（甲=催收 乙=客户）\n[00:03 甲] 您这期还没有还\n[00:08 乙] 我下周还可以吗\n",
    "legend.jsonl": '{"A": "坐席", "B": "客户"}\n{"ch": "A", "asr": "您好请讲"}\n{"ch": "B", "asr": "我的卡丢了"}\n',
    "unknown-name.txt": "小潘：您把名字签在这里。\n大叔：签了要做什么？\n小潘：先看合同。\n大叔：那我看看。\n",
    "nickname.txt": "专员阿亮：您好请讲。\n袁叔：我的卡丢了。\n",
    "column.csv": "时间,发言方,内容\n09:02,客户,我的卡丢了\n09:03,理赔客服,已经登记\n",
    "said.csv": "编号,客户说法,标准应答\n1,这个跟存款一样吗,不一样它不是存款\n",
    "line.json": '[{"role": "专员", "line": "您好请讲"}, {"role": "客户", "line": "我的卡丢了"}]',
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
