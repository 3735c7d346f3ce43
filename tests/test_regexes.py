"""Compiled expressions that are kept from run to run find what Python's own find, or are compiled as ever."""

from __future__ import annotations

import re
from array import array
from pathlib import Path

import pytest

from scriptlint import cachefiles
from scriptlint.model import regexes
from scriptlint.model.lazy import lazy_re
from scriptlint.model.regexes import Code, Regexes

SOURCES = [
    ("(?P<sum>[0-9]{1,3})(万|元)", 0),
    ("[一-鿿]{2,4}(?:先生|女士)", 0),
    ("保本|Apr", re.IGNORECASE),
    (r"(?<![0-9])a{1,3}?b++(?=c|$)", re.MULTILINE),
]
TEXT = "年收益3万元\n王小明先生 APR aab 保本"


def kept(made: Regexes) -> Regexes:
    """Another process with what this one compiled."""
    codes = list(made.new.items())
    other = Regexes()
    other.use({key: place for place, (key, _) in enumerate(codes)}, lambda place: codes[place][1])
    return other


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_they_find_the_same(source: str, flags: int) -> None:
    first = Regexes()
    own = re.compile(source, flags)
    second = kept(first) if first.compile(source, flags) else first
    again = second.compile(source, flags)
    assert first.new
    assert not second.new
    for pattern in (first.compile(source, flags), again):
        assert (pattern.pattern, pattern.flags, pattern.groups, pattern.groupindex) == (
            own.pattern,
            own.flags,
            own.groups,
            own.groupindex,
        )
        found = [(match.span(), match.groupdict()) for match in pattern.finditer(TEXT)]
        assert found == [(match.span(), match.groupdict()) for match in own.finditer(TEXT)]


def test_a_code_the_engine_refuses_is_compiled_anew() -> None:
    broken: Code = (32, array("I", [9999, 1, 2]).tobytes(), 0, {}, (None,))
    made = Regexes()
    made.use({"0 保本": 0}, lambda _: broken)
    assert made.compile("保本").search(TEXT)


def test_what_the_engine_does_not_take_python_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, code: Code) -> re.Pattern[str]:
        raise TypeError(source, code)

    monkeypatch.setattr(regexes, "_given", refuse)
    made = Regexes()
    assert made.compile("[0-9]").search(TEXT)
    assert not made.new


def test_a_broken_expression_says_so() -> None:
    with pytest.raises(re.error):
        Regexes().compile("(")


def test_nothing_is_compiled_for_a_text_without_its_characters() -> None:
    late = lazy_re("【[^】]{1,3}】", has="【")
    assert late.match("保本") is None
    assert list(late.finditer("保本")) == []
    assert "_pattern" not in vars(late)
    assert late.findall("保【本】") == ["【本】"]
    assert late.search("保本") is None
    assert late.sub("", "【本】息") == "息"


def test_what_is_kept_can_be_read_again(tmp_path: Path) -> None:
    made = Regexes()
    made.compile("保(本|息)")
    writer = cachefiles.Writer()
    places = {key: writer.add(code) for key, code in made.kept().items()}
    cachefiles.write(tmp_path / "x", "name", writer.file(places), 1)
    parts = cachefiles.read(tmp_path / "x", "name")
    assert parts is not None
    other = Regexes()
    other.use(parts.main, parts.at)
    assert other.compile("保(本|息)").findall("保本保息") == ["本", "息"]
    assert not other.new
