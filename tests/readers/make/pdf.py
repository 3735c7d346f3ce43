"""Makes the PDF samples anew: ``python -m tests.readers.make.pdf`` in the root of the project.

Needs Chromium, LibreOffice and the font WenQuanYi Zen Hei (Debian: chromium, libreoffice-writer, fonts-wqy-zenhei).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.readers.raw_pdf import RawPage, at, pdf

HERE = Path(__file__).parent.parent
STYLE = """<meta charset="utf-8"><style>
@page { size: A5; margin: 18mm } body { font-family: "WenQuanYi Zen Hei"; font-size: 11pt }
.small { font-size: 6pt } .white { color: white } td, th { border: 1px solid black; padding: 4px; width: 50% }
</style>"""
HANDBOOK = f"""<html lang="zh"><head>{STYLE}<title>晨光理财手册</title></head><body>
<h1>晨光理财手册</h1><h2>一、开场</h2>
<p>您好，我是晨光支行的理财经理。这款产品由我行精选，投资于高等级债券，我们向您保证收益，亏了由我行承担。</p>
<p class="small">理财非存款，产品有风险。</p>
<p>客服：您想了解哪一款？</p><p>客户：这个产品保本吗？</p>
<p>这里有<span class="white">看不见的字</span>。</p>
<ul><li>第一条</li><li>第二条要长一些，需要折行才能写完整，看看能不能合在一起</li></ul>
<table><tr><th>客户问题</th><th>推荐话术</th></tr>
<tr><td>有风险吗</td><td>这款产品零风险，收益一定比存款高。</td></tr></table>
<p style="page-break-before: always">第二页的文字。</p></body></html>"""
COLUMNS = f"""<html lang="zh"><head>{STYLE}<style>
p {{ text-indent: 2em; margin: 0; text-align: justify }} .two {{ columns: 2 }}</style><title>月报</title></head><body>
<h1 style="text-align: center">晨光一号<br>月度报告</h1>
<p>第一段的文字在这里，写得长一些才会折行，我们向您保证收益，亏了由我行承担，请放心。</p>
<p>第二段紧跟第一段，中间没有空行，只有首行缩进，读出来应该是另一个段落才对。</p>
<div class="two"><p>左栏的文字在这里，要折成好几行，看看读出来的顺序对不对。</p>
<p>右栏的文字在这里，也要折成好几行，看看会不会左右混在一起。</p></div>
<table><tr><th>客户问题</th><th>推荐话术</th></tr>
<tr><td>有风险吗</td><td>这款产品零风险，收益一定高，看看折行之后是不是一格。</td></tr></table>
<p style="page-break-before: always">第二页的文字。</p></body></html>"""


def main() -> None:
    """Write every sample, and the twin."""
    with tempfile.TemporaryDirectory() as folder:
        _chromium(Path(folder), HANDBOOK, HERE / "pdf" / "tagged.pdf", "--no-pdf-header-footer")
        _chromium(
            Path(folder), COLUMNS, HERE / "pdf" / "columns.pdf", "--disable-pdf-tagging", "--no-pdf-header-footer"
        )
        _libreoffice(Path(folder), HERE / "twins" / "twin.txt", HERE / "twins" / "twin.pdf")
    (HERE / "pdf" / "handmade.pdf").write_bytes(handmade())


def handmade() -> bytes:
    """What no program makes at will: words in every kind of hiding, notes, a form, a page that is a picture."""
    first = RawPage(
        _edge(1)
        + at(40, 500, "产品说明", 20)
        + at(40, 460, "本产品由我行管理，适合所有投资者，我行向您保证收")
        + at(40, 442, "益，请放心购买。")
        + at(40, 410, "夹在中间的", more="")
        + at(40, 390, "无形的字", more="3 Tr")
        + at(140, 390, "白纸上的白字", more="1 1 1 rg")
        + "0 0 0.6 rg 40 330 300 40 re f\n"
        + at(50, 345, "蓝底上的白字", 16, "1 1 1 rg")
        + at(900, 345, "页面之外的字", more="0 g")
        + at(40, 300, "很小的风险提示", 4, "0.6 g")
        + "q 30 0 0 30 360 540 cm /Im1 Do Q\n",
        entries="/Annots [{1} {2} {3} {4}]",
        resources="/XObject << /Im1 {0} >>",
        objects=[
            ("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80"),
            (f"/Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents {_string('这句要改：保本二字不能用')}", None),
            (f"/Type /Annot /Subtype /FreeText /Rect [40 200 200 220] /Contents {_string('打字机写上的话')}", None),
            (
                f"/Type /Annot /Subtype /Widget /FT /Tx /Rect [40 240 200 260] /T {_string('备注')} "
                f"/V {_string('请客户放心，稳赚不赔')}",
                None,
            ),
            ("/Type /Annot /Subtype /RichMedia /Rect [40 100 200 180]", None),
        ],
    )
    second = RawPage(
        _edge(2) + "q 340 0 0 460 40 60 cm /Im1 Do Q\n" + at(40, 45, "第二页上有一张海报，话要接着说到下一"),
        resources="/XObject << /Im1 {0} >>",
        objects=[
            ("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80")
        ],
    )
    third = RawPage(_edge(3) + at(40, 530, "页才说完。"))
    scan = RawPage(
        "q 420 0 0 595 0 0 cm /Im1 Do Q\n",
        resources="/XObject << /Im1 {0} >>",
        objects=[
            ("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80")
        ],
    )
    return pdf(
        [first, second, third, scan],
        root="/Outlines 500 0 R",
        trailer="/Info 502 0 R",
        objects={
            500: "<< /Type /Outlines /First 501 0 R /Last 501 0 R /Count 1 >>",
            501: f"<< /Title {_string('收益说明')} /Parent 500 0 R /Dest [4 0 R /Fit] >>",
            502: f"<< /Title {_string('晨光一号说明书')} >>",
        },
    )


def _edge(page: int) -> str:
    return at(40, 560, "晨光支行内部资料", 9) + at(200, 20, f"第 {page} 页", 9)


def _string(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _chromium(folder: Path, page: str, target: Path, *options: str) -> None:
    source = folder / "page.html"
    source.write_text(page, encoding="utf-8")
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    command = ["chromium", *quiet, f"--user-data-dir={folder}/profile", *options]
    subprocess.run([*command, f"--print-to-pdf={target}", source.as_uri()], check=True, capture_output=True)


def _libreoffice(folder: Path, text: Path, target: Path) -> None:
    """A plain text opened in Writer and exported; each line is a paragraph."""
    lines = (line for line in text.read_text(encoding="utf-8").splitlines() if line.strip())
    source = folder / "twin.txt"
    source.write_text("\n".join(lines), encoding="utf-8")
    reading = "--infilter=Text (encoded):UTF8,LF,WenQuanYi Zen Hei,zh-CN"
    convert = ["soffice", "--headless", reading, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(source)], check=True, capture_output=True)
    target.write_bytes((folder / "twin.pdf").read_bytes())


if __name__ == "__main__":
    main()
