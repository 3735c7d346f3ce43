"""The HTML report in a real browser: choosing, moving about, and hostile text. Needs Chromium and playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.conftest import Desk
from tests.cli.conftest import desk as desk

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
sync_api = pytest.importorskip("playwright.sync_api", reason='playwright is not installed: pip install -e ".[browser]"')
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
HOSTILE = '<script>document.title="owned"</script><img src=x onerror=\'document.title="owned"\'>我们保证收益</p>。\n'


@pytest.fixture
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


class Shown:
    """A report as somebody looks at it, and everything the browser complains about."""

    def __init__(self, desk: Desk, browser: Any, *args: str, hash_: str = "", **context: Any) -> None:
        done = desk.run("check", ".", "--as-of", "2026-11-24", "--format", "html=report.html", *args)
        assert "Traceback" not in done.err
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page = browser.new_context(**context).new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.address = (desk.cwd / "report.html").as_uri()
        self.page.goto(self.address + hash_)

    def findings(self) -> list[str]:
        visible = self.page.locator("article.finding:visible")
        return [each.get_attribute("id") for each in visible.all()]

    def chip(self, value: str) -> Any:
        return self.page.locator(f'button.chip[data-value="{value}"]')


def scripts(desk: Desk) -> None:
    desk.write("a.txt", "客户您好。\n我们保证收益，这是老掉牙的话。\n" + "没有问题的一段。\n" * 9)
    desk.write("b.txt", "我们承诺收益给您。\n")
    desk.write("c.md", "<!-- scriptlint: disable-next promised-return reason='引用' -->\n我们保证收益。\n")
    desk.write("d.txt", "您好。\n")


def test_choosing_what_to_see(desk: Desk, browser: Any) -> None:
    scripts(desk)
    shown = Shown(desk, browser)
    page = shown.page
    assert shown.findings() == ["f1", "f2", "f3"]
    assert page.locator("#shown").inner_text() == "显示 3 处，共 4 处"
    assert page.locator("#clean").is_visible()

    shown.chip("conduct").click()
    assert shown.findings() == ["f2"]
    assert shown.chip("conduct").get_attribute("aria-pressed") == "true"
    assert page.url.endswith("#family=conduct")
    assert not page.locator("#file-2").is_visible()
    assert not page.locator("#clean").is_visible()
    # The words of a note that is not shown are not marked.
    assert "off" in page.locator('.mark[data-f="1"]').get_attribute("class").split()
    assert page.locator("#shown").inner_text() == "显示 1 处，共 4 处"

    shown.chip("return-claim").click()
    assert shown.findings() == ["f1", "f2", "f3"]
    shown.chip("error").click()
    assert shown.findings() == ["f1", "f3"]
    page.locator("#reset").click()
    assert shown.findings() == ["f1", "f2", "f3"]
    assert not page.locator("#reset").is_visible()

    shown.chip("open").click()
    shown.chip("suppressed").click()
    assert shown.findings() == ["f4"]
    assert "引用" in page.locator("#f4").inner_text()
    page.locator("#reset").click()

    page.locator("#file").select_option(label="b.txt")
    assert shown.findings() == ["f3"]
    page.locator("#reset").click()

    page.locator("#q").fill("老掉牙 过时")
    assert shown.findings() == ["f2"]
    page.locator("#q").fill("b.txt")
    assert shown.findings() == ["f3"]
    page.locator("#q").fill("没有这样的词")
    assert shown.findings() == []
    assert page.locator("#none").is_visible()
    page.locator("#reset").click()

    page.locator("#f1 a.rule").click()
    assert shown.findings() == ["f1", "f3"]
    assert page.locator("#rule").inner_text().startswith("zz/promised-return")
    page.locator("#rule button").click()
    assert shown.findings() == ["f1", "f2", "f3"]

    page.locator("#only").check()
    assert not page.get_by_text("客户您好。").is_visible()
    page.locator("#only").uncheck()
    assert page.get_by_text("客户您好。").is_visible()
    assert shown.complaints == []


def test_a_choice_can_be_sent_as_an_address(desk: Desk, browser: Any) -> None:
    scripts(desk)
    shown = Shown(desk, browser, hash_="#family=return-claim&q=%E6%89%BF%E8%AF%BA")
    assert "f3" in shown.findings()
    assert shown.page.locator("#q").input_value() == "承诺"
    broken = Shown(desk, browser, hash_="#q=%E6%&family=nonsense&__proto__=x&=")
    assert broken.findings() == []
    assert broken.complaints == []
    settled = Shown(desk, browser, hash_="#f4")
    assert "f4" in settled.findings()


def test_charts_lead_to_what_they_count(desk: Desk, browser: Any) -> None:
    scripts(desk)
    shown = Shown(desk, browser)
    shown.page.get_by_role("link", name="行为规范：错误 0，警告 0，提示 1").click()
    assert shown.findings() == ["f2"]
    shown.page.locator(".number.error a").click()
    assert shown.findings() == ["f1", "f3"]


def test_it_can_be_used_by_keyboard(desk: Desk, browser: Any) -> None:
    scripts(desk)
    page = Shown(desk, browser).page

    def focused() -> str:
        return str(page.evaluate("document.activeElement.id"))

    page.keyboard.press("n")
    assert focused() == "f1"
    page.keyboard.press("n")
    assert focused() == "f2"
    page.keyboard.press("p")
    assert focused() == "f1"
    assert page.locator(".mark.lit").count() >= 1
    page.keyboard.press("/")
    assert focused() == "q"
    page.keyboard.type("n")
    assert page.locator("#q").input_value() == "n"
    page.keyboard.press("Escape")
    page.locator("#q").fill("")
    shown = page.locator(".mark").first
    shown.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'f1'")
    page.locator("a.skip").focus()
    assert page.locator("a.skip").is_visible()


def test_hostile_text_does_nothing(desk: Desk, browser: Any) -> None:
    desk.write("a.txt", HOSTILE)
    desk.write('"><script>document.title=1<br>.txt'.replace("/", ""), HOSTILE)
    shown = Shown(desk, browser)
    assert shown.page.title() == "话术合规检查报告 2026-11-24"
    assert shown.page.locator("img").count() == 0
    assert '<script>document.title="owned"</script>' in shown.page.locator(".words").first.inner_text()
    assert [url for url in shown.requests if not url.startswith(("file:", "data:"))] == []
    # The policy stops what should ever get in.
    shown.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\">')")
    shown.page.wait_for_timeout(100)
    assert shown.page.title() == "话术合规检查报告 2026-11-24"


def test_without_scripts_everything_is_there(desk: Desk, browser: Any) -> None:
    scripts(desk)
    shown = Shown(desk, browser, java_script_enabled=False)
    assert shown.findings() == ["f1", "f2", "f3", "f4"]
    assert not shown.page.locator("#filters").is_visible()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_sticks_out(desk: Desk, browser: Any, width: int) -> None:
    scripts(desk)
    desk.write("a-very-long-folder-name/" + "long" * 40 + ".txt", "我们保证收益" + "a" * 400 + "。\n")
    page = Shown(desk, browser, viewport={"width": width, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints(desk: Desk, browser: Any) -> None:
    scripts(desk)
    page = Shown(desk, browser, hash_="#family=conduct").page
    page.emulate_media(media="print")
    assert not page.locator("#q").is_visible()
    assert page.locator("#shown").is_visible()
    assert page.locator("#f2").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_a_thousand_findings_are_chosen_from_at_once(desk: Desk, browser: Any) -> None:
    desk.write("a.txt", "我们保证收益。\n这是老掉牙的话。\n" * 500)
    shown = Shown(desk, browser)
    spent = shown.page.evaluate(
        "() => { const start = performance.now(); document.querySelector('.chip.conduct').click();"
        " document.body.offsetHeight; return performance.now() - start; }"
    )
    assert shown.page.locator("#shown").inner_text() == "显示 500 处，共 1000 处"
    assert spent < 3000
