"""Sentences over several cues, and subtitles as people leave them."""

from __future__ import annotations

import pytest

from scriptlint import readers
from scriptlint.model.document import Role
from scriptlint.model.span import Span


def spoken(name: str, text: str) -> list[tuple[str, str]]:
    return [(segment.locator, segment.text) for segment in readers.read(name, text.encode()).segments]


def cue(start: int, end: int, text: str) -> str:
    return f"\n00:00:{start:02},000 --> 00:00:{end:02},000\n{text}\n"


def test_a_phrase_over_two_cues_is_one_phrase_at_its_place() -> None:
    text = cue(1, 2, "我们保证收") + cue(2, 3, "益，放心。") + cue(3, 4, "下一句")
    document = readers.read("a.srt", text.encode())
    first = document.segments[0]
    assert (first.text, first.locator) == ("我们保证收益，放心。", "00:00:01")
    start = first.text.index("保证收益")
    span = first.to_source(Span(start, start + 4))
    assert document.source[span.start : span.end].startswith("保证收\n")
    assert document.source[span.start : span.end].endswith("益")


def test_a_pause_a_dash_and_another_speaker_begin_anew() -> None:
    assert spoken("a.srt", cue(1, 2, "说到一半") + cue(9, 10, "停了很久")) == [
        ("00:00:01", "说到一半"),
        ("00:00:09", "停了很久"),
    ]
    assert spoken("a.srt", cue(1, 2, "- 甲说的\n- 乙说的")) == [("00:00:01", "甲说的"), ("00:00:01", "乙说的")]
    text = "WEBVTT\n" + cue(1, 2, "<v 客服>稳赚") + cue(2, 3, "<v 客户>不赔？")
    roles = [segment.role for segment in readers.read("a.vtt", text.replace(",000", ".000").encode()).segments]
    assert roles == [Role.INSTITUTION, Role.CUSTOMER]


def test_without_punctuation_not_everything_is_one_sentence() -> None:
    text = "".join(cue(start, start + 1, "没有标点的一行字幕") for start in range(40))
    lengths = [len(words) for _, words in spoken("a.srt", text)]
    assert len(lengths) > 3
    assert max(lengths) < 80


@pytest.mark.parametrize("data", [b"", b"WEBVTT", b"\n\n", b"00:00:01,000 --> 00:00:02,000"])
def test_subtitles_without_words(data: bytes) -> None:
    for name in ("a.srt", "a.vtt"):
        assert readers.read(name, data).segments == ()


def test_text_that_no_cue_holds_is_read_all_the_same() -> None:
    assert spoken("a.srt", "稳赚不赔\n" + cue(1, 2, "好")) == [("", "稳赚不赔"), ("00:00:01", "好")]


def test_long_files_take_no_time() -> None:
    readers.read("a.srt", (cue(1, 2, "字") * 20_000).encode())
    readers.read("a.vtt", ("WEBVTT\n" + "<v " * 50_000).encode())
    readers.read("a.srt", (cue(1, 2, "{\\") * 5_000).encode())
