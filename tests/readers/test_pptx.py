"""What PowerPoint files can hold that no sample does, and files that no PowerPoint writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from scriptlint import readers
from scriptlint.model.document import Document, ReadError, Scope
from tests.readers.office import DRAWING, RELATIONS, SLIDE, packed, relations

SAMPLES = Path(__file__).parent / "pptx"
_SPACES = f'xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}"'


def shape(words: str, kind: str = "", *, run: str = "", style: str = "", body: str = "", name: str = "框 1") -> str:
    """A shape with these paragraphs, one a line; ``kind`` makes it a placeholder."""
    place = f"<p:ph {kind}/>" if kind else ""
    lines = "".join(f"<a:p><a:r><a:rPr {run}/><a:t>{line}</a:t></a:r></a:p>" for line in words.split("\n"))
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr>{body}</a:bodyPr><a:lstStyle>{style}</a:lstStyle>{lines}</p:txBody></p:sp>"
    )


def tree(kind: str, shapes: str, *, attributes: str = "", more: str = "") -> str:
    return f"<p:{kind} {_SPACES} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>{more}</p:{kind}>"


def deck_parts(*slides: str, layout: str = "", master: str = "") -> dict[str, str | bytes]:
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
    links = [(f"r{n}", "slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("o", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f'<p:presentation {_SPACES}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="100" cy="100"/>'
        '<p:defaultTextStyle><a:lvl1pPr><a:defRPr sz="1100"/></a:lvl1pPr></p:defaultTextStyle></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(*links),
        "ppt/slideLayouts/layout1.xml": layout or tree("sldLayout", ""),
        "ppt/slideLayouts/_rels/layout1.xml.rels": relations(("m", "slideMaster", "../slideMasters/master1.xml")),
        "ppt/slideMasters/master1.xml": master or tree("sldMaster", ""),
    }
    for number, slide in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = slide
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(
            ("l", "slideLayout", "../slideLayouts/layout1.xml")
        )
    return parts


def read(*slides: str, **below: str) -> Document:
    return readers.read("a.pptx", packed(deck_parts(*slides, **below)))


def sizes(document: Document) -> dict[str, float | None]:
    return {s.text: s.prominence.size_pt if s.prominence else None for s in document.segments}


def test_size_comes_from_the_run_the_shape_the_layout_the_master_or_the_deck() -> None:
    level = '<a:lvl1pPr><a:defRPr sz="{}"/></a:lvl1pPr>'
    master = tree(
        "sldMaster",
        shape("单击编辑", 'type="body" idx="1"', style=level.format(2500)),
        more='<p:txStyles><p:titleStyle><a:lvl1pPr><a:defRPr sz="4000"/></a:lvl1pPr></p:titleStyle></p:txStyles>',
    )
    layout = tree("sldLayout", shape("单击编辑", 'type="body" idx="7"', style=level.format(1500)))
    body = 'type="body" idx="7"'
    document = read(
        tree(
            "sld", shape("标题", 'type="ctrTitle"') + shape("版式", body) + shape("形状", body, style=level.format(900))
        ),
        tree("sld", shape("母版", 'type="body" idx="99"') + shape("整个") + shape("文字", body, run='sz="600"')),
        tree("sld", shape("缩小", body, body='<a:normAutofit fontScale="50000"/>')),
        layout=layout.replace('idx="7"', 'idx="7" sz="half"'),
        master=master,
    )
    found = sizes(document)
    assert found["标题"] == 40.0
    assert found["版式"] == 15.0
    assert found["形状"] == 9.0
    assert found["整个"] == 11.0
    assert found["文字"] == 6.0
    assert found["缩小"] == 7.5
    assert "单击编辑" not in found  # prompts do not show on slides


def test_slides_come_in_the_order_they_are_shown_and_orphans_do_not() -> None:
    parts = deck_parts(tree("sld", shape("甲")), tree("sld", shape("乙")))
    main = str(parts["ppt/presentation.xml"])
    parts["ppt/presentation.xml"] = main.replace(
        '<p:sldId id="256" r:id="r1"/><p:sldId id="257" r:id="r2"/>',
        '<p:sldId id="257" r:id="r2"/><p:sldId id="256" r:id="r1"/>',
    )
    document = readers.read("a.pptx", packed(parts))
    assert [(s.text, s.locator) for s in document.segments] == [("乙", "slide 1 / 框 1"), ("甲", "slide 2 / 框 1")]


def test_a_title_is_the_section_of_its_slide_wherever_it_stands() -> None:
    document = read(tree("sld", shape("正文") + shape("开场\n白", 'type="title"')), tree("sld", shape("无题")))
    assert [(s.text, s.scope, s.section) for s in document.segments] == [
        ("开场", Scope.HEADING, ()),
        ("白", Scope.HEADING, ()),
        ("正文", Scope.PARAGRAPH, ("开场 白",)),
        ("无题", Scope.PARAGRAPH, ("slide 2",)),
    ]


def test_footers_fields_breaks_and_formulas() -> None:
    paragraph = (
        '<a:p><a:r><a:t>年化</a:t></a:r><a:br/><a:fld type="datetime1"><a:t>2026/3/1</a:t></a:fld>'
        '<a:fld type="slidenum"><a:t>7</a:t></a:fld><a14:m xmlns:a14="urn:a14"><m:oMath xmlns:m="urn:m"><m:r><m:t>r=6%</m:t>'
        "</m:r></m:oMath></a14:m></a:p>"
    )
    words = shape("替").replace("<a:p><a:r><a:rPr /><a:t>替</a:t></a:r></a:p>", paragraph)
    document = read(tree("sld", words + shape("内部资料", 'type="ftr"') + shape("3", 'type="sldNum"')))
    assert [(s.text, s.scope) for s in document.segments] == [
        ("年化\n2026/3/1r=6%", Scope.PARAGRAPH),
        ("内部资料", Scope.FOOTER),
        ("3", Scope.FOOTER),
    ]


def test_cells_that_are_merged_name_the_speaker_of_all_their_rows() -> None:
    rows = [
        [("角色", ""), ("内容", "")],
        [("客户", 'rowSpan="2"'), ("收益有多少？", "")],
        [("", 'vMerge="1"'), ("能取吗？", "")],
    ]
    cells = "".join(
        "<a:tr>"
        + "".join(f"<a:tc {a}><a:txBody><a:p><a:r><a:t>{w}</a:t></a:r></a:p></a:txBody></a:tc>" for w, a in row)
        + "</a:tr>"
        for row in rows
    )
    frame = f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="表格 3"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl>{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>'
    document = read(tree("sld", frame))
    assert [(s.text, str(s.role), s.locator) for s in document.segments if s.scope is Scope.TURN] == [
        ("收益有多少？", "customer", "slide 1 / 表格 3 R2C2"),
        ("能取吗？", "customer", "slide 1 / 表格 3 R3C2"),
    ]


def test_what_is_not_read_is_said_and_where() -> None:
    picture = '<p:pic><p:nvPicPr><p:cNvPr id="5" name="{}"/></p:nvPicPr><p:blipFill><a:blip r:embed="x"/></p:blipFill></p:pic>'
    chart = '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="6" name="图表 5"/></p:nvGraphicFramePr><a:graphic><a:graphicData><c:chart xmlns:c="urn:c" r:id="none"/></a:graphicData></a:graphic></p:graphicFrame>'
    document = read(tree("sld", picture.format("图片 1") + picture.format("图片 2") + chart), tree("sld", ""))
    assert [str(part) for part in document.unread] == [
        "slide 1: 2 × picture whose text is not read (图片 1, 图片 2)",
        "slide 1 / 图表 5: a chart that is not in the file",
    ]


def test_a_damaged_or_missing_slide_does_not_hide_the_others() -> None:
    parts = deck_parts("<broken", tree("sld", shape("乙")), tree("sld", shape("丙")))
    del parts["ppt/slides/slide3.xml"]
    parts["ppt/slideLayouts/layout1.xml"] = tree("sldLayout", "")
    document = readers.read("a.pptx", packed(parts))
    assert [s.text for s in document.segments] == ["乙"]
    assert [part.locator for part in document.unread] == ["slide 1", "slide 3"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "not an Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (packed({"a.xml": "<a/>"}), "not a PowerPoint presentation"),
        (
            packed({"_rels/.rels": relations(("o", "officeDocument", "d.xml")), "d.xml": "<workbook/>"}),
            "holds a workbook",
        ),
        (packed({**deck_parts(), "ppt/presentation.xml": "<!DOCTYPE a><a/>"}), "document type"),
    ],
)
def test_what_is_no_presentation_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        readers.read("a.pptx", data)


def test_a_truncated_presentation_is_refused() -> None:
    whole = (SAMPLES / "parts.pptx").read_bytes()
    for length in range(0, len(whole), 997):
        with pytest.raises(ReadError):
            readers.read("a.pptx", whole[:length])


def test_groups_in_groups_end_somewhere() -> None:
    deep = "<p:grpSp>" * 350 + shape("最里面") + "</p:grpSp>" * 350
    assert [s.text for s in read(tree("sld", deep)).segments] == ["最里面"]
    deeper = "<p:grpSp>" * 500 + shape("更里面") + "</p:grpSp>" * 500
    assert "nested deeper" in str(read(tree("sld", deeper)).unread[0])
