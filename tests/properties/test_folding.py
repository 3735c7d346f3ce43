from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scriptlint.language.fold import fold, table
from scriptlint.model.span import LineIndex, OffsetMap, Span, TextBuilder

TRICKY = st.text(alphabet=st.sampled_from(list("保本收益ＡＢab12 *·.-/\u200b\ufeff\n。,，😀證")), max_size=60)
ANY = st.one_of(TRICKY, st.text(max_size=60))


@given(ANY)
def test_folding_maps_every_character_back_to_its_original(text: str) -> None:
    folded = fold(text)
    for index, char in enumerate(folded.text):
        span = folded.to_original(Span(index, index + 1))
        assert len(span) == 1
        assert text[span.start].translate(table()) == char


@given(ANY)
def test_folded_places_never_go_backwards(text: str) -> None:
    folded = fold(text)
    starts = [folded.to_original(Span(index, index + 1)).start for index in range(len(folded.text))]
    assert starts == sorted(set(starts))


@given(ANY)
def test_the_way_back_and_forth_is_the_same(text: str) -> None:
    folded = fold(text)
    for index in range(len(folded.text)):
        there = folded.to_original(Span(index, index + 1))
        assert folded.from_original(there) == Span(index, index + 1)


@given(ANY)
def test_folding_twice_changes_nothing_more_than_width_case_and_script(text: str) -> None:
    once = fold(text).text
    assert once.translate(table()) == once


@given(st.lists(st.tuples(st.text(min_size=1, max_size=5), st.sampled_from(["keep", "drop", "change"])), max_size=12))
def test_built_text_and_map_agree(parts: list[tuple[str, str]]) -> None:
    source = "".join(part for part, _ in parts)
    builder = TextBuilder(source)
    position = 0
    for part, action in parts:
        span = Span(position, position + len(part))
        position = span.end
        if action == "keep":
            builder.keep(span)
        else:
            builder.replace(span, "" if action == "drop" else "&")
    text, offsets = builder.build()
    for piece in offsets.pieces:
        if piece.verbatim:
            assert text[piece.text.start : piece.text.end] == source[piece.source.start : piece.source.end]
    spans = [offsets.to_source(Span(index, index + 1)) for index in range(len(text))]
    assert all(left.start <= right.start and left.end <= right.end for left, right in pairwise(spans))


@given(st.text(alphabet="a\r\n保😀", max_size=30))
def test_lines_are_counted_as_editors_do(text: str) -> None:
    index = LineIndex(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert index.lines == len(lines)
    for number, line in enumerate(lines, 1):
        start = index.line_start(number)
        assert text[start : start + len(line)] == line
        assert index.position(start).line == number
        assert index.position(start).column == 1


def test_identity_maps_shift_by_their_start() -> None:
    assert OffsetMap.identity(4, start=10).to_source(Span(1, 3)) == Span(11, 13)
    assert OffsetMap.identity(0, start=10).to_source(Span(0, 0)) == Span(10, 10)
