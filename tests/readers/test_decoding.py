"""Encodings, and what is refused because it is not text."""

from __future__ import annotations

import pytest

from scriptlint import readers
from scriptlint.model.document import ReadError
from scriptlint.readers import ReadOptions

WORDS = "您好，本产品不保本。\n请谨慎投资 ABC 123\n"


@pytest.mark.parametrize(
    ("encoding", "mark", "shown"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("gbk", b"", "gb18030"),
        ("gb18030", b"", "gb18030"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_an_encoding_is_recognised(encoding: str, mark: bytes, shown: str) -> None:
    document = readers.read("a.txt", mark + WORDS.encode(encoding))
    assert document.source == WORDS
    assert document.encoding == shown
    assert document.segments[0].text == "您好，本产品不保本。"
    assert document.notes == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04abc", "zip"),
        (b"%PDF-1.7 text", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
        (b"plain\x00text with a hole", "NUL byte at byte 5"),
        (b"\xff\xff\xff\xff", "neither UTF-8 (byte 0) nor GB18030 (byte 0)"),
        ("本产品不保本，请谨慎".encode()[:-1], "not valid UTF-8 at byte 27"),
        (b"\x01\x02\x03\xb0\xa1\x04", "control characters"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read("a.txt", data)
    assert said in caught.value.message
    assert caught.value.hint


def test_big5_read_as_gb18030_is_doubted() -> None:
    data = "親愛的客戶,本產品並非存款,投資涉及風險,閣下應仔細閱讀說明書".encode("big5")
    document = readers.read("a.txt", data)
    assert document.encoding == "gb18030"
    assert "Big5" in document.notes[0]
    named = readers.read("a.txt", data, ReadOptions(encoding="big5"))
    assert named.source.startswith("親愛的客戶")
    assert named.notes == ()


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("no-such", "not a text encoding"), ("base64", "not a text encoding"), ("ascii", "not valid ascii at byte 0")],
)
def test_a_wrong_encoding_setting_is_told(encoding: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read("a.txt", WORDS.encode(), ReadOptions(encoding=encoding))
    assert said in caught.value.message
