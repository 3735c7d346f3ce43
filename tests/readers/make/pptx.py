"""Makes the PowerPoint samples anew: ``python -m tests.readers.make.pptx``. Needs python-pptx, openpyxl, LibreOffice.

``deck.pptx`` is written by python-pptx, ``impress.pptx`` by LibreOffice, and ``parts.pptx`` is a small deck with parts
that no library writes put in by hand (comments of both kinds, SmartArt, sections, a film, hand drawing).
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tests.readers.make.xlsx import picture
from tests.readers.office import packed

HERE = Path(__file__).parent.parent
SAMPLES = HERE / "pptx"
TWIN = HERE / "twins" / "twin.pptx"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def deck() -> None:
    """What people put on slides: titles, lists, boxes, groups, tables, pictures, charts, files, notes, hidden slides."""
    from openpyxl import Workbook
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.enum.shapes import PROG_ID
    from pptx.util import Inches, Pt

    show = Presentation()
    one = Inches(1)
    first = show.slides.add_slide(show.slide_layouts[0])
    first.shapes.title.text = "安稳季添利 渠道培训"
    first.placeholders[1].text = "云麓财富 内部资料"
    talk = show.slides.add_slide(show.slide_layouts[1])
    body = talk.placeholders[1].text_frame
    body.text = "客服：您好，这里是云麓财富。"
    for words in ("客户：保本吗？", "客服：稳"):
        body.add_paragraph().text = words
    run = body.paragraphs[2].add_run()
    run.text, run.font.bold = "赚", True
    body.paragraphs[2].add_run().text = "不赔，您放心。"
    small = body.add_paragraph()
    small.level = 1
    small.add_run().text = "理财非存款，产品有风险"
    small.runs[0].font.size = Pt(6)
    # The title is stacked last and read first.
    talk.shapes.title.text = "开场话术"
    tree = talk.shapes._spTree
    tree.append(talk.shapes.title._element)
    talk.notes_slide.notes_text_frame.text = "跟客户说保本，别提风险等级。"
    group = talk.shapes.add_group_shape()
    group.name = "一组"
    box = group.shapes.add_textbox(one, one, one, one)
    box.name, box.text_frame.text = "组里的框", "名额只剩最后三个"
    aside = talk.shapes.add_textbox(-3 * one, one, one, one)
    aside.name, aside.text_frame.text = "页外的框", "放在页面外的话"
    white = talk.shapes.add_textbox(one, one, one, one)
    white.name, white.text_frame.text = "白底白字", "看不见的字"
    white.fill.solid()
    white.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    white.text_frame.paragraphs[0].runs[0].font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    link = white.text_frame.paragraphs[0].add_run()
    link.text, link.hyperlink.address = "详情", "https://example.invalid/"
    link._r.rPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick").set("tooltip", "点此了解收益")
    figures = show.slides.add_slide(show.slide_layouts[5])
    figures.shapes.title.text = "问答与业绩"
    table = figures.shapes.add_table(3, 2, one, one, one, one).table
    for place, words in enumerate(
        ("客户问题", "标准话术", "有没有风险？", "一点风险都没有。", "能随时取吗？", "可以。")
    ):
        table.cell(place // 2, place % 2).text = words
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["一季度", "二季度"]
    data.add_series("月月正收益", (3, 4))
    chart = figures.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, one, one, one, one, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "历史业绩一览"
    image = figures.shapes.add_picture(io.BytesIO(picture()), one, one)
    image._element.nvPicPr.cNvPr.set("descr", "盖章的业绩表")
    book = Workbook()
    book.active["A1"] = "表里夹带的话术：到期一定兑付"
    inner = io.BytesIO()
    book.save(inner)
    inner.seek(0)
    figures.shapes.add_ole_object(inner, PROG_ID.XLSX, one, one, icon_file=io.BytesIO(picture()))
    old = show.slides.add_slide(show.slide_layouts[6])
    old._element.set("show", "0")
    old.shapes.add_textbox(one, one, one, one).text_frame.text = "停用的一页：刚性兑付"
    layout = show.slide_layouts[6]
    layout.shapes._spTree.append(_box(90, "版式上的框", "投资有风险，选择需谨慎"))
    show.slide_master.shapes._spTree.append(_box(91, "母版上的框", "云麓财富 仅供内部使用"))
    (SAMPLES / "deck.pptx").write_bytes(slim(show))


def slim(show: Any) -> bytes:
    """A presentation without the layouts nobody uses, packed the same way each time."""
    for layout in list(show.slide_layouts):
        if not layout.used_by_slides:
            show.slide_layouts.remove(layout)
    data = io.BytesIO()
    show.save(data)
    with zipfile.ZipFile(data) as archive:
        return packed({info.filename: archive.read(info) for info in archive.infolist()})


def _box(number: int, name: str, words: str) -> Any:
    from lxml import etree

    return etree.fromstring(
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f'<p:txBody><a:bodyPr/><a:p><a:r><a:rPr sz="900"/><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


_DIAGRAM = """<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst>
<dgm:pt modelId="3"><dgm:prSet/><dgm:spPr/><dgm:t><a:p><a:r><a:t>第二步 讲收益</a:t></a:r></a:p></dgm:t></dgm:pt>
<dgm:pt modelId="1" type="doc"/><dgm:pt modelId="2"><dgm:prSet/><dgm:t><a:p><a:r><a:t>第一步</a:t></a:r>
<a:r><a:t> 问好</a:t></a:r></a:p></dgm:t></dgm:pt>
<dgm:pt modelId="4"><dgm:prSet phldr="1"/><dgm:t><a:p><a:r><a:t>[文本]</a:t></a:r></a:p></dgm:t></dgm:pt>
</dgm:ptLst><dgm:cxnLst><dgm:cxn modelId="5" srcId="1" destId="3" srcOrd="1" destOrd="0"/>
<dgm:cxn modelId="6" srcId="1" destId="2" srcOrd="0" destOrd="0"/></dgm:cxnLst></dgm:dataModel>"""
_FRAME = """<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="20" name="图示 19"/><p:cNvGraphicFramePr/><p:nvPr/>
</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">
<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="d1"/></a:graphicData></a:graphic>
</p:graphicFrame><p:pic><p:nvPicPr><p:cNvPr id="21" name="宣传片"/><p:cNvPicPr/><p:nvPr><a:videoFile r:link="v1"/></p:nvPr>
</p:nvPicPr><p:blipFill><a:blip r:embed="none"/></p:blipFill></p:pic>
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="p14">
<p:contentPart r:id="ink" xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:nvContentPartPr>
<p14:cNvPr id="22" name="墨迹 21"/></p14:nvContentPartPr></p:contentPart></mc:Choice><mc:Fallback><p:pic><p:nvPicPr>
<p:cNvPr id="22" name="墨迹 21"/></p:nvPicPr></p:pic></mc:Fallback></mc:AlternateContent></p:spTree>"""
_MODERN = """<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:ac="http://schemas.microsoft.com/office/drawing/2013/main/command"><p188:cm id="{1}">
<ac:deMkLst><ac:spMk id="3"/></ac:deMkLst><p188:replyLst><p188:reply id="{2}"><p188:txBody><a:p><a:r><a:t>已改。</a:t></a:r></a:p>
</p188:txBody></p188:reply></p188:replyLst><p188:txBody><a:p><a:r><a:t>这句要删。</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"""
_LEGACY = """<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cm authorId="0" idx="1">
<p:pos x="1" y="1"/><p:text>整页请合规复核。</p:text></p:cm></p:cmLst>"""
_SECTIONS = """<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst
 xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="邀约环节" id="{1}"><p14:sldIdLst>
<p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>"""


def parts() -> None:
    """Parts put in by hand."""
    from pptx import Presentation

    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "邀约"
    slide.placeholders[1].text_frame.text = "名额有限，错过就没有了。"
    with zipfile.ZipFile(io.BytesIO(slim(show))) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    page = "ppt/slides/slide1.xml"
    files[page] = files[page].decode().replace("</p:spTree>", _FRAME).encode()
    rels = "ppt/slides/_rels/slide1.xml.rels"
    links = (
        f'<Relationship Id="d1" Type="{TYPES}/diagramData" Target="../diagrams/data1.xml"/>'
        f'<Relationship Id="c1" Type="{TYPES}/comments" Target="../comments/comment1.xml"/>'
        '<Relationship Id="c2" Type="http://schemas.microsoft.com/office/2018/10/relationships/comments" '
        'Target="../comments/modernComment1.xml"/></Relationships>'
    )
    files[rels] = files[rels].decode().replace("</Relationships>", links).encode()
    files["ppt/diagrams/data1.xml"] = _DIAGRAM.encode()
    files["ppt/comments/comment1.xml"] = _LEGACY.encode()
    files["ppt/comments/modernComment1.xml"] = _MODERN.encode()
    main = "ppt/presentation.xml"
    text = re.sub(r"<p:extLst>.*</p:extLst>", "", files[main].decode(), flags=re.DOTALL)
    files[main] = text.replace("</p:presentation>", _SECTIONS).encode()
    (SAMPLES / "parts.pptx").write_bytes(packed(files))


_IMPRESS = """<?xml version="1.0" encoding="UTF-8"?><office:document office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.presentation"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"><office:body><office:presentation>
<draw:page draw:name="一"><draw:frame presentation:class="title" svg:width="20cm" svg:height="3cm"><draw:text-box>
<text:p>贷后提醒</text:p></draw:text-box></draw:frame><draw:frame draw:name="正文框" svg:width="20cm" svg:height="9cm"><draw:text-box>
<text:p>客服：您的借款今天到期。</text:p><text:p>客户：能缓<text:span>几天</text:span>吗？</text:p></draw:text-box></draw:frame>
<presentation:notes><draw:frame presentation:class="notes" svg:width="9cm" svg:height="9cm"><draw:text-box>
<text:p>语气要重，说要通知单位。</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
</office:presentation></office:body></office:document>"""


def impress() -> None:
    """A slide as LibreOffice writes it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "impress.fodp"
        source.write_text(_IMPRESS, encoding="utf-8")
        command = ["soffice", "--headless", "--convert-to", "pptx", "--outdir", str(SAMPLES), str(source)]
        subprocess.run(command, check=True, capture_output=True)


def twin() -> None:
    """The twin: a title slide, then a slide a heading."""
    from pptx import Presentation

    title, *rest = (HERE / "twins" / "twin.txt").read_text(encoding="utf-8").strip().split("\n\n")
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[0]).shapes.title.text = title
    for block in rest:
        heading, *lines = block.splitlines()
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = heading
        slide.placeholders[1].text_frame.text = "\n".join(lines)
    TWIN.write_bytes(slim(show))


if __name__ == "__main__":
    deck()
    parts()
    impress()
    twin()
