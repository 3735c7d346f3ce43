"""Prices, rates and amounts as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptlint.language import figures


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,200.5", 1200.5),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三千二百", 3200),
        ("两百零五", 205),
        ("二点五", 2.5),
        ("半", 0.5),
        ("二〇", 20),
        ("几", None),
        ("两半", None),
    ],
)
def test_numbers(words: str, value: float | None) -> None:
    assert figures.number(words) == value


@pytest.mark.parametrize(
    ("words", "value"), [("10万元", 100_000), ("3块", 3), ("五毛", 0.5), ("1,000", 1000), ("五十万", 500_000)]
)
def test_money(words: str, value: float) -> None:
    assert figures.money(words) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "words", "annual"),
    [
        ("日利率低至0.05%,随借随还", "日利率低至0.05%", 0.18),
        ("日息万五", "日息万五", 0.18),
        ("借一万一天利息才3块", "借一万一天利息才3块", 0.108),
        ("每万元每天利息2.5元", "每万元每天利息2.5元", 0.09),
        ("月息6厘", "月息6厘", 0.072),
        ("月息一分二", "月息一分二", 0.144),
        ("分12期,每期手续费率0.6%", "分12期,每期手续费率0.6%", 0.1303),
        ("借10万分36期每期还3200元", "借10万分36期每期还3200元", 0.0943),
    ],
)
def test_what_a_price_amounts_to_in_a_year(text: str, words: str, annual: float) -> None:
    (price,) = figures.prices(text)
    assert text[price.span.start : price.span.end] == words
    assert price.annual[0] == pytest.approx(annual, abs=0.0002)


@pytest.mark.parametrize(
    "text", ["本月应还3200元", "一天只要一杯奶茶钱", "满36期减300元", "年化利率7.2%", "借10万分36期每期还2000元"]
)
def test_what_is_no_price_or_makes_no_sense_is_left_alone(text: str) -> None:
    assert figures.prices(text) == []


def test_stated_annual_rates() -> None:
    assert [round(found.value, 4) for found in figures.annual_rates("年利率为3.1%-4.5%,年息八厘")] == [
        0.031,
        0.045,
        0.08,
    ]


def test_lengths_of_time_in_months() -> None:
    assert [round(found.value, 1) for found in figures.periods("三个月、90天、2年、半年,2024年起")] == [3, 3, 24, 6]


@given(st.text(alphabet="借万元每天日月息利率期0123456789.%一二三分之厘,块还", max_size=80))
def test_reading_never_fails_and_spans_lie_inside(text: str) -> None:
    found = [price.span for price in figures.prices(text)]
    for read in (figures.amounts, figures.annual_rates, figures.periods):
        found.extend(figure.span for figure in read(text))
    assert all(0 <= span.start < span.end <= len(text) for span in found)


@given(st.integers(2, 120), st.floats(0.001, 0.03))
def test_the_internal_rate_of_equal_instalments_is_found_again(count: int, monthly: float) -> None:
    each = round(100_000 * monthly / (1 - (1 + monthly) ** -count), 4)
    found = figures.prices(f"借100000元分{count}期每期还{each:.4f}元")
    assert [price.annual[0] for price in found] == [pytest.approx(monthly * 12, abs=2e-4)]
