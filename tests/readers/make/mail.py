"""Makes the mail samples anew: ``python -m tests.readers.make.mail`` in the root of the project."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

HERE = Path(__file__).parent.parent
FIXED = "synthetic-boundary-"


def main() -> None:
    """Write every sample, and the twin."""
    folder = HERE / "mail"
    folder.mkdir(exist_ok=True)
    (folder / "campaign.eml").write_bytes(campaign())
    (folder / "reply.eml").write_bytes(REPLY)
    (folder / "page.mhtml").write_bytes(PAGE.replace("\n", "\r\n").encode("utf-8"))
    (HERE / "twins" / "twin.eml").write_bytes(twin())


def _written(message: EmailMessage) -> bytes:
    """The bytes of a message; the boundaries are numbered, so that each run gives the same."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"{FIXED}{number}")
    return message.as_bytes(policy=SMTP)


def campaign() -> bytes:
    """A page with a plain text that says one thing more, pictures, and attachments of several kinds."""
    message = EmailMessage()
    message["From"] = "晨光理财 <news@bank.example>"
    message["To"] = "周大海 <zhou@customer.example>"
    message["Subject"] = "晨光一号限时发售：稳赚不赔"
    message["Date"] = "Mon, 01 Dec 2025 10:00:00 +0800"
    message.set_content("尊敬的客户：\n晨光一号，保证收益。\n只有纯文本里才有的话。\n", charset="utf-8", cte="base64")
    message.add_alternative(
        "<style>.off{display:none}</style><p>尊敬的客户：</p><p>晨光一号，保证收\n益。</p><p class=off>藏起的话</p>"
        '<img src="cid:poster"><img src="cid:logo"><img src="cid:words" alt="图上写着年化百分之八">',
        subtype="html",
        charset="gb18030",
        cte="quoted-printable",
    )
    page = message.get_payload()[1]  # type: ignore[index]
    assert isinstance(page, EmailMessage)
    page.add_related(b"\x89PNG" + b"\0" * 12_000, "image", "png", cid="<poster>")
    page.add_related(b"\x89PNG" + b"\0" * 100, "image", "png", cid="<logo>")
    page.add_related(b"\x89PNG" + b"\0" * 12_000, "image", "png", cid="<words>")
    message.add_attachment("标题\n\n附件里的话：闭眼买就对了。\n".encode("gbk"), "text", "plain", filename="话术.txt")
    message.add_attachment("问题,答复\n保本吗,保本的\n".encode(), "text", "csv", filename="问答.csv")
    message.add_attachment(b"\x00\x00\x00\x20ftypmp42", "video", "mp4", filename="宣传片.mp4")
    inner = EmailMessage()
    inner["Subject"] = "转来的信"
    inner["From"] = "a@bank.example"
    inner.set_content("里面那封信的话。\n", charset="utf-8")
    inner.add_attachment("最里面的附件\n".encode(), "text", "plain", filename="说明.md")
    message.add_attachment(inner)
    return _written(message)


REPLY = (
    b"From: =?gb2312?B?z/uxo9Hr?= <a@bank.example>\r\nSubject: =?GBK?B?u9i4tA==?= =?GBK?Q?=A3=BA=B3=BF=B9=E2?=\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=gb2312; format=flowed; delsp=yes\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    + "# scriptlint: kind=chat\r\n\r\n您好，这款产品保证收 \r\n益，请放心，\r\n镕城支行。\r\n\r\n> 客户来信说： \r\n> 这个保 \r\n> 本吗？\r\n>> 更早的话\r\n-- \r\n晨光支行\r\n".encode(
        "gb18030"
    )
)

PAGE = """From: <Saved by Blink>
Snapshot-Content-Location: https://bank.example/fund
Subject: =?utf-8?Q?=E6=99=A8=E5=85=89=E7=90=86=E8=B4=A2?=
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://bank.example/fund

<html><head><link rel=3D"stylesheet" href=3D"https://bank.example/a.css"></head><body><p class=3D"off">=E8=97=8F=E8=B5=B7</p>
<p>=E4=BF=9D=E6=9C=AC</p><img src=3D"https://bank.example/p.png"><iframe src=3D"cid:frame-1@mhtml.blink"></iframe></body></html>
------b
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: base64

PHA+5qGG6YeM55qE6K+dPC9wPg==
------b
Content-Type: text/css
Content-Transfer-Encoding: 8bit
Content-Location: https://bank.example/a.css

.off { display: none }
------b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://bank.example/p.png

iVBORw0KGgo=
------b--
"""


def twin() -> bytes:
    """The twin as the text of a message."""
    message = EmailMessage()
    message["From"] = "a@bank.example"
    title, _, text = (HERE / "twins" / "twin.txt").read_text(encoding="utf-8").partition("\n")
    message["Subject"] = title
    message.set_content(text.strip() + "\n", charset="utf-8", cte="base64")
    return _written(message)


if __name__ == "__main__":
    main()
