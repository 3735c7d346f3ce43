"""Messages as programs and people make them, whole and broken."""

from __future__ import annotations

import contextlib
from email.message import EmailMessage

import pytest

from scriptlint import readers
from scriptlint.model.document import Document, ReadError
from tests.readers.make.mail import PAGE, REPLY, campaign


def read(data: bytes | str) -> Document:
    return readers.read("a.eml", data.encode() if isinstance(data, str) else data)


def texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def test_alternatives_that_say_the_same_are_read_once() -> None:
    message = EmailMessage()
    message["Subject"] = "您好"
    message.set_content("保证收益，\n放心。\n\n下一段")
    message.add_alternative("<p>保证收益，放心。</p><p>下一段</p>", subtype="html")
    assert texts(read(message.as_bytes())) == ["您好", "保证收益，放心。", "下一段"]


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("gb18030", "gb18030"),
        ("big5", "big5"),
        ("utf-8", "utf-8"),
        ("x-odd", "utf-8"),
        ("", "gbk"),
    ],
)
def test_character_sets(charset: str, codec: str) -> None:
    words = "這個產品" if codec == "big5" else "这个产品保本"
    kind = f"Content-Type: text/plain; charset={charset}\n" if charset else ""
    data = f"Subject: x\n{kind}\n".encode() + words.encode(codec)
    assert texts(read(data)) == ["x", words]


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?B?5L+d5pys?=",
        "=?GB2312?B?saOxvg==?=",
        "=?gbk?Q?=B1=A3?= =?gbk?Q?=B1=BE?=",
        "=?utf-8?q?=E4=BF=9D?=\n =?utf-8?q?=E6=9C=AC?=",
    ],
)
def test_encoded_subjects(subject: str) -> None:
    assert texts(read(f"Subject: {subject}\n\n")) == ["保本"]
    assert texts(read(b"Subject: " + "保本".encode("gbk") + b"\n\n")) == ["保本"]


def test_addresses_are_no_text() -> None:
    assert "example" not in read(campaign()).source.replace("bank.example/", "")


def test_a_text_in_a_damaged_encoding_is_told() -> None:
    data = "Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n5L+d5p!ys\n\x00"
    assert read(data).unread


def test_sealed_messages_are_told() -> None:
    document = read("Subject: x\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nabc")
    assert [part.reason for part in document.unread] == ["an encrypted or sealed part"]


def test_messages_inside_messages_end() -> None:
    inner = EmailMessage()
    inner["Subject"] = "第0层"
    inner.set_content("话")
    for depth in range(1, 7):
        outer = EmailMessage()
        outer["Subject"] = f"第{depth}层"
        outer.add_attachment(inner)
        inner = outer
    document = read(inner.as_bytes())
    assert [text for text in texts(document) if text.startswith("第")] == ["第6层", "第5层", "第4层", "第3层"]
    assert [part.reason for part in document.unread] == ["files inside files inside files"]


def test_many_attachments_are_bounded() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("话")
    for number in range(130):
        message.add_attachment(f"第{number}个".encode(), "text", "plain", filename=f"{number}.txt")
    document = read(message.as_bytes())
    assert [part.reason for part in document.unread] == ["30 more attachments"]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\x00\x01", b"%PDF-1.7", "这是一段普通的话".encode(), b"one: two\n\nthree"]
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.hint


def test_cut_off_messages_are_told_or_refused() -> None:
    data = campaign()
    for length in range(300, len(data) - 200, 211):
        with contextlib.suppress(ReadError):
            assert read(data[:length]).unread, length


def test_flipped_bytes_never_crash() -> None:
    for data in (campaign()[:4_000], REPLY, PAGE.encode()):
        for place in range(0, len(data), 13):
            broken = bytearray(data)
            broken[place] ^= 0x2A
            with contextlib.suppress(ReadError):
                read(bytes(broken))


def test_hostile_messages_take_no_time() -> None:
    deep = "Subject: x\n"
    for depth in range(300):
        deep += f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
    for data in (
        deep,
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 5_000,
        "Subject: " + "=?utf-8?B?5L+d?= " * 5_000 + "\n\n",
        "Subject: x\n\n" + ">" * 100_000,
        "Subject: x\nContent-Type: text/plain; format=flowed\n\n" + "> a \n" * 20_000,
    ):
        with contextlib.suppress(ReadError):
            read(data)
