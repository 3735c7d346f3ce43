"""A checker as many teams have it: banned words, number patterns and a list of words a text must contain.

It stands here to be compared with: what scriptlint adds must show against it, on the same scorer.

    python benchmarks/accuracy/baseline.py LABELS.yaml ...
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scriptlint import accuracy
from scriptlint.accuracy import Claim, Score
from scriptlint.model.span import Span

BANNED: Mapping[str, str] = {
    "return-claim": (
        "保本 保息 保本保息 保本保收益 稳赚 稳赚不赔 稳赢 必赚 包赚 只赚不赔 零风险 无风险 没有风险 毫无风险 绝对安全 "
        "安全可靠 百分百 100% 万无一失 高枕无忧 躺赚 躺着赚钱 翻倍 翻番 暴利 高收益 高回报 超高收益 收益稳定 稳定收益 "
        "收益有保障 保证收益 承诺收益 固定收益 最低收益 保底 兜底 刚性兑付 刚兑 绝不亏损 不会亏 不亏本 亏不了 亏损补偿 "
        "国家担保 政府担保 银行担保 国家背书 政府背书 央企背书 最好 最佳 最高 最强 最安全 最优 第一 首选 唯一 顶级 极致 "
        "王牌 冠军 独家 史无前例 绝无仅有 必涨 肯定涨 稳涨 抄底 内幕 内部消息 涨停 牛股 财富自由 一夜暴富 "
        "稳健 稳妥 放心 安心 无忧 确保 保证 绝对 肯定 一定"
    ),
    "conduct": (
        "限时 限量 仅限今日 最后一天 最后机会 错过不再 错失良机 机不可失 抢购 秒杀 马上 立即 赶紧 赶快 抓紧 名额有限 "
        "额度有限 手慢无 售完即止 送礼 赠送 返现 返佣 回扣 红包 抽奖 代签 代填 代操作 替您签 帮您签 替您操作 "
        "存款替代 类存款 等同存款 跟存款一样 和存款一样 比存款 不知道 不归我管 不清楚 没办法 爱办不办 你自己看 "
        "规定就这样 找别人去 着什么急 听不懂 老年人 起诉 坐牢 上门 曝光 通讯录 后果自负 法院传票"
    ),
    "jargon": (
        "久期 信用利差 夏普比率 最大回撤 波动率 贝塔 阿尔法 对冲 杠杆 敞口 头寸 摊余成本 估值 久期错配 流动性 "
        "信用评级 凸性 收益率曲线 质押式回购 逆回购 套利 期权 互换 资产证券化 次级 夹层 劣后 优先级 穿透 非标 "
        "存续期 备付金 贴现率 内部收益率 精算 趸交 免赔额 现金流折现 风险溢价 基点"
    ),
    "privacy": "身份证号 银行卡号 密码 验证码 CVV 手机号 家庭住址 动态口令 截屏 共享屏幕 人脸 通讯录",
}

NUMBERS: tuple[tuple[str, str], ...] = (
    ("privacy", r"[1-9][0-9]{16}[0-9Xx]"),
    ("privacy", r"1[3-9][0-9]{9}"),
    ("privacy", r"[0-9]{16,19}"),
    ("return-claim", r"[一二三四五六七八九十两]+倍"),
)

MUST_CONTAIN: tuple[tuple[str, Sequence[str]], ...] = (
    ("基金", ("有风险", "谨慎", "可能亏损")),
    ("理财", ("非存款", "谨慎", "有风险", "不保本")),
    ("保险", ("以保险合同为准", "犹豫期", "责任免除", "退保")),
    ("贷款", ("年化", "单利")),
    ("分期", ("年化", "单利")),
    ("期货", ("有风险", "谨慎")),
    ("股票", ("有风险", "谨慎")),
)


def claims(text: str) -> Iterator[Claim]:
    """Everything the lists find in a text."""
    for family, words in BANNED.items():
        for word in words.split():
            for found in re.finditer(re.escape(word), text):
                yield Claim(family, Span(*found.span()), f"word: {word}")
    for family, pattern in NUMBERS:
        for found in re.finditer(pattern, text):
            yield Claim(family, Span(*found.span()), f"number: {pattern}")
    for word, warnings in MUST_CONTAIN:
        at = text.find(word)
        if at >= 0 and not any(warning in text for warning in warnings):
            yield Claim("risk-warning", Span(at, at + len(word)), f"must contain: {word}")


def scored(labels: Path, part: str = "") -> Score:
    """The lists' score on the scripts of a labels file, or of one part of them."""
    corpus = accuracy.load(labels)
    if part:
        corpus = corpus.only(part)
    texts = {script.name: (labels.parent / script.name).read_bytes().decode("utf-8") for script in corpus.scripts}
    return accuracy.score(corpus, texts, {name: list(claims(text)) for name, text in texts.items()})


def main(arguments: Sequence[str]) -> int:
    """Print one line of results for each labels file."""
    if not arguments:
        print("usage: baseline.py LABELS.yaml ...", file=sys.stderr)
        return 2
    for name in arguments:
        score = scored(Path(name))
        total = score.total
        print(
            f"{name}: keyword lists: precision {total.precision:.3f}, recall {total.recall:.3f}, "
            f"F1 {total.f1:.3f}, {score.per_10k(total):.1f} false alarms per 10 000 clean characters"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
