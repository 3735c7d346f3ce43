"""Changes to samples: what breaks in transport, what programs write by mistake, and what an attacker writes.

A case is a reader and a number; the same number always gives the same bytes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from tests.fuzz.samples import Sample, packed, samples

LARGEST = 400_000
"""Bytes of a changed text or part; longer inputs are tried by tests of their own."""
_HOSTILE = "0 -1 1 2 7 255 256 65535 65536 2147483647 4294967296 999999999999999999999 1e308 -1e400 0.0000001 nan"
_NUMBERS = _HOSTILE.encode().split()
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TOKEN = re.compile(rb"<[^<>]{0,300}>|[\w:.%/#-]{1,60}|[^\w\s]{1,4}|\s+")
_TAG = re.compile(rb"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>")
_CODECS = (
    "gb18030",
    "gbk",
    "utf-16",
    "utf-16-be",
    "utf-8-sig",
    "big5",
    "utf-32",
    "latin-1",
    "utf-7",
    "hz",
    "shift-jis",
)
_WORDS = (
    "保本保息", "客户：", "客服:", "问：", "**", "`", "```\n", "# ", "- ", "> ", "|", "---\n", "\n", "\n\n", "\r", "\x00", "  \n",
    "\\", "[", "](", ")", "![", "<b>", "</b>", "<table>", "</table>", "<tr>", "<td>", "<!--", "-->", "<![CDATA[", "]]>",
    "<?", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "&x;", "&amp;", "&#0;", "&#xD800;", "&#x110000;", "<script>", "<style>",
    "<svg>", "<iframe srcdoc='", "<template>", "<", ">", '"', "'", '""', ",", ";", "\t", "{", "}", "{}", "[]", ":", ": ",
    "text: |\n  ", "? ", "- - ", "&a ", "*a ", "<<: *a\n", "!!python/object ", "!!binary ", "%YAML 9.9\n", "\\u0000", "\\ud800",
    '{"role":"agent","text":"', '"start":1,"end":2,"text":"', "😀", "\u200b", "\ufeff", "\u2028", "\x85", "\x1b", "{name}", "${x}",
    "00:00:01,000 --> 00:00:02,000\n", "99:99:99.999 --> 00:00:00.000\n", "WEBVTT\n", "NOTE ", "STYLE\n", "<v 客服>", "{\\an8}",
    "From: a@b.example\n", "Subject: =?gbk?B?sbGxvg==?=\n", "Content-Type: multipart/mixed; boundary=x\n\n--x\n", "--x--\n",
    "Content-Type: text/html; charset=nonsense\n", "Content-Type: message/rfc822\n\n", "Content-Transfer-Encoding: base64\n\n",
    "Content-Transfer-Encoding: uuencode\n\n", "=\n", "=3D", "begin 644 a\n", "filename*=utf-8''%00", "format=flowed; delsp=yes",
    " obj\n", "endobj\n", "<<", ">>", "stream\n", "endstream\n", " 0 R", " 1 0 R", "/Kids [1 0 R]", "/Parent 1 0 R", "/Length 99999999",
    "/Filter /FlateDecode", "/Filter [/ASCII85Decode /LZWDecode]", "/Filter /RunLengthDecode", "/Prev 0", "/ToUnicode 4 0 R",
    "/Encrypt 1 0 R", "/ObjStm", "/XRef", "xref\n", "trailer\n", "startxref\n0\n%%EOF", "BT", "ET", " Tj", " TJ", " Tf", " Tm",
    " Do", " cm", " q", " Q", " gs", "BI", " ID ", "EI", "/Im0 Do", "1 beginbfrange <0000> <ffff> <0000> endbfrange",
    "<w:t>", "<w:p>", "<w:tbl>", '<w:gridSpan w:val="99999999"/>', '<w:fldChar w:fldCharType="begin"/>', "<w:del>", "<a:t>",
    '<c r="ZZZ99999999"><v>0</v></c>', 't="s"', 'r:id="rId1"', 'Target="../../../etc/passwd"', 'TargetMode="External"',
    'Target="document.xml"', 'xml:space="preserve"', 'ref="A1:XFD1048576"', "<mc:AlternateContent>", "xmlns:a='b'",
)  # fmt: skip

Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def case(reader: str, number: int) -> tuple[str, bytes]:
    """The name and bytes of one case."""
    chance = random.Random(f"{reader} {number}")
    all_samples = samples(reader)
    sample = chance.choice(all_samples)
    return sample.name, _changed_package(chance, sample) if sample.parts else _changed_text(chance, sample, all_samples)


def _changed_text(chance: random.Random, sample: Sample, others: Sequence[Sample]) -> bytes:
    data = sample.data
    donors = [chance.choice(others).data for _ in range(2)]
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        data = chance.choice(_CHANGES)(chance, data, donors)[:LARGEST]
    return data


def _changed_package(chance: random.Random, sample: Sample) -> bytes:
    if chance.random() < 0.06:
        return chance.choice((_flip, _cut, _drop, _double))(chance, sample.data, ())
    parts = list(sample.parts.items())
    donors = [content for _, content in parts]
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        roll = chance.random()
        place = chance.randrange(len(parts))
        name, content = parts[place]
        if roll < 0.05 and len(parts) > 1:
            del parts[place]
        elif roll < 0.08:
            parts.append((name, chance.choice(donors)))
        elif roll < 0.12:
            parts[place] = name, chance.choice(donors)
        elif roll < 0.15:
            odd = ("../" + name, "/" + name, name.upper(), "C:\\x", "a/../" + name)
            parts[place] = chance.choice(odd), content
        else:
            change = chance.choice(_XML_CHANGES if roll < 0.7 else _CHANGES)
            parts[place] = name, change(chance, content, donors)[:LARGEST]
    return packed(parts)


def _span(chance: random.Random, data: bytes, most: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randrange(1, chance.choice((4, 40, most))))


def _flip(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _times in range(chance.choice((1, 3, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + data[end:]


def _double(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(chance, data)
    times = chance.choice((2, 2, 3, 30, 1000, 20_000))
    return data[:start] + data[start:end] * min(times, LARGEST // max(end - start, 1)) + data[end:]


def _insert(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    place = chance.randrange(len(data) + 1)
    word = chance.choice(_WORDS).encode("utf-8") * chance.choice((1, 1, 1, 2, 50, 5000))
    return data[:place] + word + data[place:]


def _put_token(chance: random.Random, data: bytes, donors: Sequence[bytes]) -> bytes:
    tokens: list[bytes] = _TOKEN.findall(chance.choice(donors)[:60_000]) or [b""]
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(tokens) + data[place:]


def _splice(chance: random.Random, data: bytes, donors: Sequence[bytes]) -> bytes:
    donor = chance.choice(donors)
    start, end = _span(chance, donor, 3000)
    place = chance.randrange(len(data) + 1)
    return data[:place] + donor[start:end] + data[chance.choice((place, min(len(data), place + end - start))) :]


def _number(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    hit = chance.choice(found)
    return data[: hit.start()] + chance.choice(_NUMBERS) + data[hit.end() :]


def _wrap(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Put what opens and closes around a stretch, many times."""
    before, after = chance.choice(
        ((b"<div>", b"</div>"), (b"[", b"]"), (b'{"a":', b"}"), (b"> ", b""), (b"**", b"**"), (b"(", b")"), (b"<<", b">>"),
         (b"- ", b""), (b"<table><tr><td>", b"</td></tr></table>"), (b'"', b'"'), (b"`", b"`"), (b"![", b"](a)"))
    )  # fmt: skip
    times = chance.choice((1, 2, 20, 500, 10_000))
    start, end = _span(chance, data)
    return data[:start] + before * times + data[start:end] + after * times + data[end:]


def _recode(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(_CODECS), "replace")


def _drop_tag(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    found = _element(chance, data)
    return data[: found[0]] + data[found[1] :] if found else data


def _double_tag(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    found = _element(chance, data)
    if found is None:
        return data
    start, end = found
    times = chance.choice((2, 2, 3, 50, 3000))
    return data[:start] + data[start:end] * min(times, max(1, LARGEST // (end - start))) + data[end:]


def _move_tag(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    found, other = _element(chance, data), _element(chance, data)
    if found is None or other is None:
        return data
    piece = data[found[0] : found[1]]
    place = chance.choice((other[0], other[1]))
    return data[:place] + piece + data[place:]


def _nest_tag(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    found = _element(chance, data)
    if found is None:
        return data
    start, end = found
    opening = _TAG.match(data, start)
    assert opening is not None
    times = chance.choice((2, 20, 150, 2000))
    return data[:start] + opening[0] * times + data[start:end] + (b"</" + opening[1] + b">") * times + data[end:]


def _element(chance: random.Random, data: bytes) -> tuple[int, int] | None:
    """Start and end of some element; of one with the same name inside, the end of the inner."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return None
    tag = chance.choice(tags)
    if tag[0].endswith(b"/>"):
        return tag.span()
    close = b"</" + tag[1] + b">"
    end = data.find(close, tag.end())
    return (tag.start(), end + len(close)) if end >= 0 else tag.span()


_XML_CHANGES: Sequence[Change] = (_drop_tag, _double_tag, _move_tag, _nest_tag, _number, _number)
_CHANGES: Sequence[Change] = (
    _flip, _cut, _drop, _double, _insert, _insert, _put_token, _put_token, _splice, _number, _wrap, _recode, *_XML_CHANGES
)  # fmt: skip
