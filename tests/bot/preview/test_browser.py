"""The page in a real Chromium, on a desk and on a phone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from bot.preview.server import Preview
from retrieval.settings import LibrarySettings

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="No Chromium here: install chromium and chromium-driver to test the preview's page.",
)
WIDE, NARROW = (1400, 900), (390, 844)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options, ChromeService(DRIVER))
    yield browser
    browser.quit()


@pytest.fixture
def page(browser: Chrome, preview: Preview) -> Iterator[Chrome]:
    browser.set_window_size(*WIDE)
    browser.get(preview.address)
    yield browser
    entries = browser.get_log("browser")  # type: ignore[no-untyped-call]
    log = [entry["message"] for entry in entries]
    assert log == [], "The page complains on the browser's console."
    browser.get("about:blank")


def shown(page: Chrome, selector: str, says: str = "") -> WebElement:
    """Wait until an element of ``selector`` whose text holds ``says`` is there; return it."""

    def there(driver: Chrome) -> WebElement | None:
        return next(
            (e for e in driver.find_elements(By.CSS_SELECTOR, selector) if says in e.text), None
        )

    found = waiting(page).until(there, f"no {selector} says {says!r}")
    assert found is not None
    return found


def press(page: Chrome, selector: str, says: str) -> None:
    """Click on what ``shown`` finds, again where the page replaced it meanwhile."""

    def pressed(_: Chrome) -> bool:
        shown(page, selector, says).click()
        return True

    waiting(page).until(pressed)


def waiting(page: Chrome) -> WebDriverWait[Chrome]:
    return WebDriverWait(page, 60, ignored_exceptions=[StaleElementReferenceException])


def ask(page: Chrome, question: str) -> None:
    field = page.find_element(By.ID, "question")
    field.click()  # from here on the page leaves it alone
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(question)
    page.find_element(By.CSS_SELECTOR, "#ask button").click()


def keep(page: Chrome, name: str) -> None:
    """Keep a picture of the page where DARICHEH_PICTURES names a folder, to be looked at."""
    if folder := os.environ.get("DARICHEH_PICTURES"):
        page.save_screenshot(str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize(("language", "name"), [("fa", "فارسی"), ("en", "English")])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_document_and_its_answers_are_shown(
    page: Chrome, size: tuple[int, int], language: str, name: str
) -> None:
    page.set_window_size(*size)
    shown(page, ".passage")
    press(page, ".tabs button", name)
    direction = "rtl" if language == "fa" else "ltr"
    assert shown(page, f'.passage[dir="{direction}"][data-id$="@{language}"]')
    assert shown(page, ".keys .count", "rank 1")
    for each in ("fa", "en"):
        assert shown(page, f'.phone[data-language="{each}"] .bubble:not(.mine)', " ")
    keep(page, f"{language}-{size[0]}")
    wide = page.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "The page is wider than the window."


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_typed_question_is_answered_and_its_buttons_work(
    page: Chrome, size: tuple[int, int]
) -> None:
    page.set_window_size(*size)
    shown(page, ".phone")
    ask(page, "چطور با دادبان تماس بگیرم؟")
    shown(page, ".bubble.mine", "چطور با دادبان تماس بگیرم؟")
    assert shown(page, "#found .id", "dadban#")
    persian = '.phone[data-language="fa"]'
    press(page, f"{persian} .keyboard button", "منابع")
    assert shown(page, f"{persian} .bubble blockquote")
    keep(page, f"sources-{size[0]}")


def test_the_page_follows_the_file_while_it_is_edited(
    page: Chrome, settings: LibrarySettings
) -> None:
    press(page, ".tabs button", "English")
    shown(page, '.passage[data-id$="@en"]')
    path = settings.knowledge / "contacts" / "dadban.en.md"
    old = path.read_text("utf-8")
    path.write_text(old + "\n## Purple {#purple}\nDadban paints doors purple.[^dadban]\n", "utf-8")
    assert shown(page, ".passage", "paints doors purple")
    ask(page, "who paints doors purple")
    assert shown(page, '.phone[data-language="en"] .bubble', "paints doors purple")
    path.write_text(old.replace("kind: contact", "kind: sermon"), "utf-8")
    assert shown(page, ".faults .error", "dadban.en.md")


def test_mark_up_in_a_document_stays_text(page: Chrome, settings: LibrarySettings) -> None:
    shown(page, ".passage")
    path = settings.knowledge / "contacts" / "dadban.fa.md"
    evil = "<img src=x onerror=document.title=1> دادبان `<script>document.title=2</script>` است."
    path.write_text(path.read_text("utf-8") + f"\n## بخش نو {{#new}}\n{evil}[^dadban]\n", "utf-8")
    shown(page, ".passage", "document.title=2")
    ask(page, "بخش نو دادبان document title script")
    shown(page, ".bubble.mine", "بخش نو")
    assert page.title == "Preview · Daricheh"
    assert page.find_elements(By.CSS_SELECTOR, "article img, article script, .bubble img") == []
