"""Makes the Word samples anew: ``python -m tests.readers.make.docx``. Needs python-docx and LibreOffice (soffice).

``office.docx`` is written by python-docx on Word's own template, ``writer.docx`` by LibreOffice, ``parts.docx`` by
hand, because no library writes text boxes, tracked changes, fields and the rest.
"""

from __future__ import annotations

import io
import re
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent.parent
SAMPLES = HERE / "docx"
TWINS = HERE / "twins"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS = {"document": "document.main", "styles": "styles", "numbering": "numbering", "comments": "comments"}
_KINDS |= {"footnotes": "footnotes", "endnotes": "endnotes", "header": "header", "footer": "footer"}


def package(parts: Mapping[str, str | bytes], links: Mapping[str, tuple[str, str]], *, macros: bool = False) -> bytes:
    """A Word file of hand-written parts. ``links`` are those of the document: id to (kind, target)."""
    overrides = []
    for name in parts:
        kind = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if kind in _KINDS and name.endswith(".xml"):
            content = _CONTENT + _KINDS[kind] + "+xml"
            if kind == "document" and macros:
                content = "application/vnd.ms-word.document.macroEnabled.main+xml"
            overrides.append(f'<Override PartName="/{name}" ContentType="{content}"/>')
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "htm": "text/html",
        "bin": "application/octet-stream",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    types = "".join(f'<Default Extension="{key}" ContentType="{value}"/>' for key, value in defaults.items())
    relations = "".join(
        f'<Relationship Id="{name}" Type="{TYPES}{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for name, (kind, target) in links.items()
    )
    root = f'<Relationship Id="rId1" Type="{TYPES}officeDocument" Target="word/document.xml"/>'
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{types}{''.join(overrides)}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{rels}">{root}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{rels}">{relations}</Relationships>',
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            if isinstance(data, str):
                data = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{data}'.encode()
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def document(body: str) -> str:
    """The main part around a body."""
    return f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"


def part(name: str, inside: str) -> str:
    """Another part of Word's own vocabulary."""
    return f"<w:{name} {_SPACES}>{inside}</w:{name}>"


def p(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph; words without markup become a run."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of one look."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inside: str, properties: str = "") -> str:
    """A table cell; words without markup become a paragraph."""
    look = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{look}{inside if inside.startswith('<') else p(inside)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A table row."""
    look = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{look}{''.join(cells)}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    """A table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def box(inside: str) -> str:
    """A run with a text box as Word writes it: once for itself, once more for older programs."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:anchor><wp:docPr id="9" name="文本框 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def drawing(uri: str, inside: str, alternative: str = "") -> str:
    """A run with a picture, chart or diagram in the line."""
    described = f' descr="{alternative}"' if alternative else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="3" name="图 3"{described}/><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/{uri}">{inside}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


PICTURE = '<pic:pic><pic:blipFill><a:blip r:embed="rIdPicture"/></pic:blipFill></pic:pic>'


def field(code: str, result: str = "") -> str:
    """A field as Word writes it."""
    between = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{between}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def png() -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ab"><w:name w:val="自拟小节"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="n"><w:name w:val="小字提示"/><w:basedOn w:val="a"/>'
    '<w:rPr><w:color w:val="BFBFBF"/><w:sz w:val="10"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="li"><w:name w:val="List"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
    '<w:style w:type="character" w:styleId="x"><w:name w:val="内部备注"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="tt"><w:name w:val="Table Grid"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="客户："/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>',
)
COMMENTS = part(
    "comments",
    '<w:comment w:id="0" w:author="合规部"><w:p><w:r><w:t>scriptlint: disable-next guaranteed-principal '
    'reason="演示用的反例"</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="1" w:author="合规部"><w:p><w:r><w:t>这一句要改。</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>第二段批注。</w:t></w:r></w:p></w:comment>"
    '<w:comment w:id="7" w:author="合规部"><w:p><w:r><w:t>没有落点的批注。</w:t></w:r></w:p></w:comment>',
)
FOOTNOTES = part(
    "footnotes",
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>业绩比较基准不代表实际收益。</w:t></w:r></w:p>'
    '</w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>先被引用的脚注。</w:t></w:r></w:p></w:footnote>',
)
ENDNOTES = part("endnotes", f'<w:endnote w:id="2">{p("尾注里写着稳赚不赔。")}</w:endnote>')


def parts_body() -> str:
    """Everything a paragraph may hold, one case after the other."""
    insertion = f'<w:ins w:id="20" w:author="x">{r("保本")}</w:ins>'
    deletion = '<w:del w:id="21" w:author="x"><w:r><w:delText>（删去的话）</w:delText></w:r></w:del>'
    emoji = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" '
        'w16se:char="1F60F"/></mc:Choice><mc:Fallback><w:t>😏</w:t></mc:Fallback></mc:AlternateContent></w:r>'
    )
    picture = drawing("picture", PICTURE, "收益走势图")
    chart = drawing("chart", '<c:chart r:id="rIdChart"/>')
    diagram = drawing("diagram", '<dgm:relIds r:dm="rIdData"/>')
    drop_down = (
        '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="保本型" w:value="1"/>'
        '<w:listItem w:displayText="稳健型" w:value="2"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{r('稳健型')}</w:sdtContent></w:sdt>"
    )
    placeholder = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('点此填写产品名称')}</w:sdtContent></w:sdt>"
    )
    ruby = f"<w:r><w:ruby><w:rt>{r('bao')}</w:rt><w:rubyBase>{r('保')}</w:rubyBase></w:ruby></w:r>"
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>100</m:t></m:r></m:den></m:f></m:oMath>"
    )
    nested = tbl(tr(tc("期限"), tc("收益")), tr(tc("一年"), tc("到期一定赚")))
    commented = '<w:commentRangeStart w:id="0"/>' + r("批注所在的这句说产品保本保息。")
    commented += '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    embedded = (
        '<w:r><w:object><v:shape><v:imagedata r:id="rIdPicture"/></v:shape>'
        '<o:OLEObject ProgID="Excel.Sheet.12" r:id="rIdObject"/></w:object></w:r>'
    )
    return "".join(
        [
            p("云麓财富理财话术", style="t"),
            p("第一部分 开场", style="1"),
            p(r("这款产品保"), r("本保", "<w:b/>"), r("息，"), insertion, deletion, r("您放心。"), box(p("文本框：稳赚不赔"))),
            p(r("前面是正文，"), r("客户不要看到这句，", "<w:vanish/>"), r("样式藏起的话，", '<w:rStyle w:val="x"/>'), "后面也是。"),
            p(),
            p("客服：您好，请问需要了解什么？"),
            p("我先介绍一下自己。"),
            p("客户：能保本吗？", "<w:r><w:br/></w:r>", "客服：不能保本。"),
            p("产品名称 2 级标题", style="ab"),
            p("理财非存款，产品有风险，投资须谨慎。", style="n"),
            p(r("字号不一："), r("这一段的多数文字是小五号红色", '<w:color w:val="FF0000"/><w:sz w:val="18"/>')),
            p("逐条说明", more='<w:outlineLvl w:val="1"/>'),
            p("列表项甲", style="li"),
            p("列表项乙", more='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
            p("• 手工符号的列表项"),
            p("本条自动编号", more='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
            p("本条编号第二", more='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
            p("编号里写着客户，我能保本吗？", more='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'),
            p("二、没有样式的标题"),
            p(r("加粗的短标题", "<w:b/>")),
            p("段落标记被删，", more='<w:rPr><w:del w:id="30" w:author="x"/></w:rPr>'),
            p("与下一段相连。"),
            p("打", "<w:r><w:tab/></w:r>", "表符，", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "同意，连", "<w:r><w:noBreakHyphen/></w:r>", "字符", emoji, "。"),
            p(field("PAGEREF x", r("第 3 页")), "，", field('IF a = b "保证兑付" "按合同兑付"', r("按合同兑付")), "。"),
            p(field("MACROBUTTON NoMacro 点击此处填写")),
            p('<w:fldSimple w:instr="DATE">' + r("2026年1月1日") + "</w:fldSimple>", "起售。"),
            p('<w:hyperlink r:id="rIdLink" w:tooltip="内部链接提示">' + r("链接文字") + "</w:hyperlink>", "，", drop_down, "，", placeholder, "。"),
            p('<w:smartTag w:element="place">' + r("云麓市") + "</w:smartTag>", ruby, "本，", formula, "的概率。"),
            p('<w:moveFrom w:id="40" w:author="x">' + r("移走的话。") + "</w:moveFrom>", '<w:moveTo w:id="41" w:author="x">' + r("移来的话。") + "</w:moveTo>"),
            p(picture, r("图下的说明。")),
            p(picture, picture),
            p(chart),
            p(diagram),
            p(embedded),
            p(r("随文附上的话术表：") + embedded.replace("rIdObject", "rIdFile")),
            p(commented),
            p("脚注", '<w:r><w:footnoteReference w:id="2"/></w:r>', "与", '<w:r><w:footnoteReference w:id="5"/></w:r>', "和尾注", '<w:r><w:endnoteReference w:id="2"/></w:r>', "。"),
            p("这句有", '<w:commentRangeStart w:id="1"/>', "批注", '<w:commentRangeEnd w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>', "。"),
            tbl(
                tr(tc("场景"), tc("客户"), tc("客服")),
                tr(tc("问收益"), tc("这款产品收益有多少？"), tc("年化收益保证达到五个点，您放心。")),
                tr(tc("问风险", "<w:vMerge w:val='restart'/>"), tc("会不会亏本啊？"), tc(p("不会亏。") + p("第二段话术。"))),
                tr(tc("<w:p/>", "<w:vMerge/>"), tc("合并两列的内容都在这里", '<w:gridSpan w:val="2"/>')),
                properties='<w:tblStyle w:val="tt"/>',
            ),
            tbl(
                tr(tc("说明"), tc("内容"), properties="<w:tblHeader/>"),
                tr(tc("内嵌表"), tc(p("外层单元格") + nested + "<w:p/>")),
                tr(tc("隐藏行"), tc("隐藏行里的话"), properties="<w:hidden/>"),
                tr(tc("删除的行"), tc("这一行已被删除"), properties='<w:del w:id="50" w:author="x"/>'),
            ),
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p('块级内容控件里的段落。')}</w:sdtContent></w:sdt>",
            '<w:altChunk r:id="rIdPage"/>',
            p("<w:r><w:br w:type='page'/></w:r>", "换页之后的一段，符号 &amp; 和 &lt; 都在。"),
            '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rIdHeader2"/>'
            '<w:headerReference w:type="first" r:id="rIdHeader1"/><w:footerReference w:type="default" '
            'r:id="rIdFooter1"/></w:sectPr></w:pPr></w:p>',
        ]
    )  # fmt: skip


def parts_sample() -> bytes:
    """The hand-written sample."""
    watermark = '<w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
    chart = (
        "<c:chartSpace {spaces}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>历史业绩稳步上涨</a:t></a:r></a:p>"
        "</c:rich></c:tx></c:title></c:chart></c:chartSpace>"
    )
    data = (
        '<dgm:dataModel {spaces}><dgm:ptLst><dgm:pt modelId="1" type="doc"/><dgm:pt modelId="2"><dgm:t><a:p><a:r>'
        "<a:t>第一步 零风险</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst>"
        '<dgm:cxn modelId="3" srcId="1" destId="2" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>'
    )
    page = "<html><body><h2>嵌入网页</h2><p>网页里说<b>零</b>风险。</p></body></html>"
    return package(
        {
            "word/document.xml": document(parts_body()),
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/comments.xml": COMMENTS,
            "word/footnotes.xml": FOOTNOTES,
            "word/endnotes.xml": ENDNOTES,
            "word/header1.xml": part("hdr", p("首页页眉", watermark)),
            "word/header2.xml": part("hdr", p("云麓财富 内部培训")),
            "word/footer1.xml": part("ftr", p("市场有风险，投资须谨慎")),
            "word/charts/chart1.xml": chart.format(spaces=_SPACES),
            "word/diagrams/data1.xml": data.format(spaces=_SPACES),
            "word/media/image1.png": png(),
            "word/embeddings/object1.bin": b"object",
            "word/embeddings/note.docx": package({"word/document.xml": document(p("内嵌文档里写着：稳赚。"))}, {}),
            "word/page.htm": page.encode(),
        },
        {
            "rIdStyles": ("styles", "styles.xml"),
            "rIdNumbers": ("numbering", "numbering.xml"),
            "rIdComments": ("comments", "comments.xml"),
            "rIdNotes": ("footnotes", "footnotes.xml"),
            "rIdEnd": ("endnotes", "endnotes.xml"),
            "rIdHeader1": ("header", "header1.xml"),
            "rIdHeader2": ("header", "header2.xml"),
            "rIdFooter1": ("footer", "footer1.xml"),
            "rIdChart": ("chart", "charts/chart1.xml"),
            "rIdData": ("diagramData", "diagrams/data1.xml"),
            "rIdPicture": ("image", "media/image1.png"),
            "rIdObject": ("oleObject", "embeddings/object1.bin"),
            "rIdFile": ("package", "embeddings/note.docx"),
            "rIdPage": ("aFChunk", "page.htm"),
            "rIdLink": ("hyperlink", "https://example.invalid/"),
        },
    )


def office_sample() -> bytes:
    """A script as a person keeps it in Word, on Word's own template."""
    import docx
    from docx.shared import Pt, RGBColor

    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "云麓银行 零售条线"
    made.sections[0].footer.paragraphs[0].text = "仅供内部学习"
    made.add_heading("季添利产品话术", 0)
    made.add_heading("开场", 1)
    for line in ("坐席：您好，我是您的专属顾问。", "客户：你好，这个有风险吗？", "坐席：完全没有风险，您放心买。"):
        made.add_paragraph(line)
    made.add_heading("异议处理", 1)
    made.add_heading("担心亏损", 2)
    table = made.add_table(rows=3, cols=2, style="Table Grid")
    rows = [
        ("客户说", "我们答"),
        ("万一亏了怎么办？", "真亏了我个人补给您。"),
        ("我再考虑一下。", "今天是最后一天，错过就没有了。"),
    ]
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    made.add_paragraph("先问客户年龄", style="List Bullet")
    made.add_paragraph("再问风险承受能力", style="List Number")
    note = made.add_paragraph()
    run = note.add_run("理财非存款，产品有风险，投资须谨慎。")
    run.font.size, run.font.color.rgb = Pt(6), RGBColor(0xC0, 0xC0, 0xC0)
    made.add_comment(runs=[run], text="字号太小，按规定放大。", author="合规部", initials="合")
    return saved(made)


def saved(made: object) -> bytes:
    """The bytes of a python-docx document, the same for the same content."""
    out = io.BytesIO()
    made.save(out)  # type: ignore[attr-defined]
    with zipfile.ZipFile(out) as old:
        members = [(info.filename, old.read(info)) for info in old.infolist()]
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members:
            if name == "_rels/.rels":
                data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
            data = re.sub(rb'w:date="[^"]*"', b'w:date="2026-01-01T00:00:00Z"', data)
            if name != "docProps/thumbnail.jpeg":
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return fresh.getvalue()


def twin() -> bytes:
    """The text of ``twins/twin.txt``, a paragraph a line."""
    import docx

    made = docx.Document()
    for line in (TWINS / "twin.txt").read_text(encoding="utf-8").splitlines():
        made.add_paragraph(line)
    return saved(made)


WRITER = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
 <style:style style:name="small" style:family="text"><style:text-properties fo:font-size="6pt" style:font-size-asian="6pt"
  fo:color="#c0c0c0"/></style:style>
 <style:style style:name="gone" style:family="text"><style:text-properties text:display="none"/></style:style>
</office:automatic-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><office:change-info><dc:creator>x</dc:creator>
<dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
<text:changed-region text:id="c2"><text:deletion><office:change-info><dc:creator>x</dc:creator>
<dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>删掉的半句</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">贷款外呼话术</text:h>
<text:p>客服：您好，我们的贷款<text:change-start text:change-id="c1"/>秒批<text:change-end text:change-id="c1"/>\
秒<text:span>放</text:span>，<text:change text:change-id="c2"/>利率全市最低。</text:p>
<text:p>客户：要看征信吗？<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>贷款由合作银行审批发放。</text:p></text:note-body></text:note></text:p>
<text:p>客服：不看征信，<text:span text:style-name="gone">藏起来的话，</text:span>黑户也能办。\
<office:annotation><dc:creator>合规</dc:creator><text:p>这句不能说。</text:p></office:annotation></text:p>
<text:p><text:span text:style-name="small">贷款有风险，借款需谨慎。</text:span><draw:frame text:anchor-type="char"
 svg:width="5cm"><draw:text-box><text:p>文本框里的促销语：零门槛</text:p></draw:text-box></draw:frame></text:p>
<table:table><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell><text:p>问题</text:p></table:table-cell><table:table-cell><text:p>回答</text:p>
</table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>利息怎么算？</text:p></table:table-cell><table:table-cell>
<text:p>每天只要两块钱。</text:p></table:table-cell></table:table-row></table:table>
<text:list><text:list-item><text:p>先核实身份</text:p></text:list-item></text:list>
</office:text></office:body></office:document>
"""


def writer_sample() -> bytes:
    """A script saved as .docx by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        flat = Path(folder) / "writer.fodt"
        flat.write_text(WRITER, encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx"]
        subprocess.run([*command, "--outdir", folder, str(flat)], check=True, capture_output=True, timeout=180)
        return (Path(folder) / "writer.docx").read_bytes()


def main() -> None:
    """Write all samples."""
    SAMPLES.mkdir(exist_ok=True)
    (SAMPLES / "parts.docx").write_bytes(parts_sample())
    (SAMPLES / "office.docx").write_bytes(office_sample())
    (SAMPLES / "writer.docx").write_bytes(writer_sample())
    (TWINS / "twin.docx").write_bytes(twin())


if __name__ == "__main__":
    main()
