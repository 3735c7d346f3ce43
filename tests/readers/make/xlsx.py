"""Makes the Excel samples anew: ``python -m tests.readers.make.xlsx``. Needs XlsxWriter, openpyxl and LibreOffice.

``scripts.xlsx`` is written by XlsxWriter, ``tables.xlsx`` by openpyxl, ``calc.xlsx`` by LibreOffice from a CSV, and
``parts.xlsx`` is ``tables.xlsx`` with parts that no library writes put in by hand (conversations, pictures of WPS).
"""

from __future__ import annotations

import io
import struct
import subprocess
import tempfile
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent.parent
SAMPLES = HERE / "xlsx"
TWIN = HERE / "twins" / "twin.xlsx"
WHEN = datetime(2026, 1, 1)


def picture() -> bytes:
    """A grey PNG of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def scripts() -> None:
    """What people do in Excel itself: looks, hiding, comments, text boxes, a chart, page headers, checks of input."""
    from xlsxwriter import Workbook

    book = Workbook(str(SAMPLES / "scripts.xlsx"))
    book.set_properties({"created": WHEN})
    sheet = book.add_worksheet("话术")
    bold, plain = book.add_format({"bold": True}), book.add_format({})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    tiny, white = book.add_format({"font_size": 6}), book.add_format({"font_color": "white"})
    red = book.add_format({"font_color": "#C00000"})
    sheet.merge_range("A1:E1", "安稳季添利 回访话术", title)
    for column, name in enumerate(("场景", "客户问题", "标准话术", "登记号码", "备注")):
        sheet.write(1, column, name, bold)
    sheet.merge_range("A3:E3", "一、开场", bold)
    sheet.write_row("A4", ["首呼", "你们这个产品保本吗？"])
    sheet.write_rich_string("C4", "请放心，稳", red, "赚", plain, "不赔，", "跟存款一样。")
    sheet.write_number("D4", 13800001234, book.add_format({"num_format": "#,##0"}))
    sheet.write_datetime("E4", datetime(2026, 3, 1), book.add_format({"num_format": "yyyy/m/d"}))
    sheet.write_row("A5", ["收益", "一年有多少？"])
    sheet.write_number("D5", 0.06, book.add_format({"num_format": "0.0%"}))
    sheet.write_formula("C5", '="年化收益"&"稳稳的"', None, "年化收益稳稳的")
    sheet.write_string("E5", "理财非存款，产品有风险", tiny)
    sheet.merge_range("A6:E6", "二、异议处理", bold)
    sheet.write_row("A7", ["再想想", "我考虑一下"])
    sheet.write_string("C7", "名额只剩三个", white)
    sheet.write_string("E7", "第一行\n第二行")
    sheet.write_row("A8", ["旧版", "还有吗", "本行已停用的话术"])
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.write("G2", "内部口径")
    sheet.write("G4", "隐藏列里的话")
    sheet.set_column("G:G", None, None, {"hidden": True})
    sheet.write_comment("C4", "这句不合规吧", {"author": "周小安"})
    sheet.write_comment("F9", "空单元格上的批注", {"author": "周小安"})
    sheet.data_validation(
        "A4:A8", {"validate": "list", "source": ["首呼", "回访"], "input_title": "场景", "input_message": "从列表里选"}
    )
    sheet.insert_textbox("C10", "文本框里的话术：到期一定给您兑付", {"description": "一段提示"})
    sheet.insert_image("H2", "dot.png", {"image_data": io.BytesIO(picture()), "description": "行徽"})
    sheet.set_header('&L内部资料&C&"宋体,常规"&14云麓财富 &A&R第 &P 页')
    sheet.set_footer("&C理财有风险 投资需谨慎 R&&D")
    figures = book.add_worksheet("业绩")
    figures.write_column("A1", ["月份", "一月", "二月"])
    figures.write_column("B1", ["收益", 3, 4])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "收益", "categories": ["业绩", 1, 0, 2, 0], "values": ["业绩", 1, 1, 2, 1]})
    chart.set_title({"name": "月月正收益"})
    figures.insert_chart("D2", chart)
    old = book.add_worksheet("停用")
    old.write("A1", "藏起来的表里的话术")
    old.hide()
    book.close()


def tables() -> None:
    """Layouts: roles in a merged column, two rows of names, tables below and beside one another, formulas unsaved."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    talk = book.active
    talk.title = "对话"
    talk.append(["角色", "内容"])
    for said in (("客户", "这个产品有风险吗？"), ("客服", "没有风险的，您放心。"), (None, "而且随时能取。")):
        talk.append(said)
    talk.merge_cells("A3:A4")
    talk["B3"].comment = Comment('scriptlint: disable-next return-claim reason="引用来电录音"', "合规岗")
    layouts = book.create_sheet("版式")
    for row in (
        ["场景", "一线", None, "催收组"],
        [None, "客户问", "坐席说", "备注"],
        ["利率", "利息多少？", "一天只要两块钱。", "见制度"],
        ["逾期", "晚还会怎样？", "不还就通知您单位。", "已停用"],
        [],
        ["场景", "推荐话术"],
        ["结束", "谢谢您的支持，再见。"],
        ["投诉", "您的意见我已记录。"],
        [],
        ["补充", "补充的一行接在上表后面，因为它没有表头。"],
        ["注：以上话术自下月起执行，请各网点转发。"],
    ):
        layouts.append(row)
    layouts.merge_cells("B1:C1")
    layouts.merge_cells("A1:A2")
    layouts["C3"].hyperlink = "https://example.invalid/"
    layouts["C3"].hyperlink.tooltip = "点此查看口径"
    beside = book.create_sheet("并排")
    for cells in (
        ["问题", "答复", None, "姓名", "工号"],
        ["能提前还吗？", "可以的，没有违约金。", None, "周小安", 10086],
        ["怎么还？", "绑定的卡里留够钱就行。", None, "李大海", 10010],
    ):
        beside.append(cells)
    sums = book.create_sheet("公式")
    sums["A1"], sums["B1"], sums["A2"] = "话术", '="稳赚"&"不赔"', "只有一列的话术，写到这里。"
    sums["A3"] = 990101199001011234
    sums["A4"], sums["A5"] = True, "客服：您好。\n客户：我不需要。"
    book.save(SAMPLES / "tables.xlsx")


def parts() -> None:
    """Parts put in by hand: a conversation on a cell, a picture in a cell as WPS has it, an old button."""
    with zipfile.ZipFile(SAMPLES / "tables.xlsx") as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    sheet = files["xl/worksheets/sheet2.xml"].decode()
    sheet = sheet.replace(
        "</sheetData>",
        '<row r="13"><c r="A13" t="str"><f>DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row></sheetData>',
    )
    files["xl/worksheets/sheet2.xml"] = sheet.encode()
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    rels = files["xl/worksheets/_rels/sheet2.xml.rels"].decode()
    rels = rels.replace(
        "</Relationships>",
        '<Relationship Id="t1" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="/xl/threadedComments/threadedComment1.xml"/>'
        f'<Relationship Id="t2" Type="{types}comments" Target="/xl/comments9.xml"/>'
        f'<Relationship Id="t3" Type="{types}vmlDrawing" Target="/xl/drawings/old.vml"/></Relationships>',
    )
    files["xl/worksheets/_rels/sheet2.xml.rels"] = rels.encode()
    files["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="C3" personId="{0}" id="{1}"><text>一天两块是多少年化？</text></threadedComment>'
        '<threadedComment ref="C3" personId="{0}" id="{2}" parentId="{1}"><text>要写明年化利率。</text></threadedComment>'
        "</ThreadedComments>"
    ).encode()
    files["xl/comments9.xml"] = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>tc={1}</author>'
        '</authors><commentList><comment ref="C3" authorId="0"><text><t>[线程批注] 你的版本可读取此批注。</t></text>'
        "</comment></commentList></comments>"
    ).encode()
    files["xl/drawings/old.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<v:shape type="#b"><v:textbox><div><font>一键复制话术</font></div></v:textbox>'
        '<x:ClientData ObjectType="Button"><x:Anchor>4, 1, 2, 1, 5, 1, 3, 1</x:Anchor></x:ClientData></v:shape></xml>'
    ).encode()
    with zipfile.ZipFile(SAMPLES / "parts.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)


def calc() -> None:
    """A sheet as LibreOffice writes it."""
    rows = "角色,话术\n客户,利息高不高？\n客服,日息低至万分之三，非常划算。\n客户,好的\n"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "calc.csv"
        source.write_text(rows, encoding="utf-8")
        command = [
            "soffice",
            "--headless",
            "--infilter=CSV:44,34,76,1",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(SAMPLES),
        ]
        subprocess.run([*command, str(source)], check=True, capture_output=True)


def twin() -> None:
    """The twin, a line a row."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "回访"
    for line in (HERE / "twins" / "twin.txt").read_text(encoding="utf-8").splitlines():
        sheet.append([line] if line else [])
    book.save(TWIN)


if __name__ == "__main__":
    scripts()
    tables()
    parts()
    calc()
    twin()
