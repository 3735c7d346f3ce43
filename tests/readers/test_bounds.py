"""Files that are small for a disk and large for a reader: told in time, before they take the memory of the machine."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from scriptlint import readers
from scriptlint.model.document import Document, ReadError
from scriptlint.readers import _raw, _rows


def within(seconds: float, action: Callable[[], Document]) -> Document:
    """What an action gives, if it takes no more processor time than this."""
    start = time.process_time()
    done = action()
    assert time.process_time() - start < seconds
    return done


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"a\n" * 600_000),
        ("a.log", b"a\r" * 600_000),
        ("a.md", b"|a" * 600_000),
        ("a.html", b"<p>a" * 600_000),
        ("a.json", b"[" + b"1," * 600_000 + b"1]"),
        ("a.jsonl", b'"a"\n' * 600_000),
        ("a.srt", b"a\n" * 600_000),
        ("a.eml", b"Subject: a\n\n" + b"\n" * 3_100_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_in_too_many_pieces_is_refused(name: str, data: bytes) -> None:
    def refused() -> Document:
        with pytest.raises(ReadError, match="more than") as caught:
            readers.read(name, data)
        assert caught.value.hint
        return Document(name, "", "", ())

    within(10, refused)


def test_cells_after_the_last_that_is_read_are_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rows, "MOST_PIECES", 5)
    document = readers.read("a.csv", "编号,话术\n1,甲\n2,乙\n3,丙\n".encode())
    assert [segment.text for segment in document.segments] == ["编号", "话术", "1", "甲", "2"]
    (rest,) = document.unread
    assert rest.span is not None
    assert document.source[rest.span.start : rest.span.end] == "乙\n3,丙\n"


def test_blank_cells_cost_nothing() -> None:
    document = within(3, lambda: readers.read("a.csv", b"a,b\n" + b"," * 3_000_000 + b"x\n,y\n"))
    assert [(segment.text, segment.label) for segment in document.segments[2:]] == [("x", ""), ("y", "b")]


def test_texts_of_a_message_share_one_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scriptlint.readers._message.MOST_PIECES", 8)
    part = "--x\nContent-Type: text/plain; charset=utf-8\n\n保本\n\n保息\n\n"
    document = readers.read(
        "a.eml", f"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n{part * 4}--x--\n".encode()
    )
    assert len(document.segments) == 5
    assert [part.reason for part in document.unread] == [
        "a text of this message: more than the 8 lines that are read"
    ] * 2


def test_a_page_and_a_plain_text_that_differ_everywhere_are_compared_in_time() -> None:
    plain = "\n\n".join(f"第{number}行是一种说法" for number in range(8_000))
    page = "".join(f"<p>第{number}行是另一种说法" for number in range(8_000))
    data = (
        "Subject: a\nContent-Type: multipart/alternative; boundary=x\n\n"
        f"--x\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--x\nContent-Type: text/html; charset=utf-8\n\n{page}\n--x--\n"
    )
    document = within(10, lambda: readers.read("a.eml", data.encode()))
    assert len(document.segments) == 16_001


def test_the_size_of_a_text_is_bounded() -> None:
    with pytest.raises(ReadError, match="larger than the 40 MB of text"):
        readers.read("a.txt", b" " * (_raw.LARGEST_TEXT + 1))
