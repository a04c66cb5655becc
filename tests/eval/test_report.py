"""The page as a reader meets it, in a real Chromium: on a phone, on paper, in the dark."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from retrieval.answering.answer import Statement
from tests.eval.asking import Asked
from tests.eval.baseline import compare
from tests.eval.drops import drop
from tests.eval.evaluation import Evaluation, Speed
from tests.eval.floors import Floor, check
from tests.eval.groups import language_gaps, means
from tests.eval.made import TEXT, answer, asked, citation, passage, question
from tests.eval.measures import score
from tests.eval.report.page import page
from tests.eval.report.shown import marked
from tests.eval.risk import calibration

TODAY = dt.date(2026, 11, 22)
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
EVIL = '<script>document.title = "taken"</script><img src="https://example.org/x"> ' + "x" * 90
PERSIAN = "تلگرام در ۱۰ اردیبهشت ۱۳۹۷ بسته شد."
FLOORS = [
    Floor(measure="status", group="all", at_least=1.0, why="this one breaks"),
    Floor(measure="false alarm", group="all", at_most=0.5, why="this one holds"),
]


def asked_questions() -> list[Asked]:
    english, persian = passage(), passage("telegram#blocked.1@fa", PERSIAN, language="fa")
    blocked = TEXT.split("\n")[0]
    return [
        asked(
            question(
                "right", gold=("telegram#blocked",), nuggets=(("30 April",),), must_not=("open",)
            ),
            answer("answered", [Statement(blocked, (1,))], [citation(1, english)]),
            english,
            found=("telegram#blocked.1",),
            confidence=0.9,
        ),
        asked(
            question(
                "farsi",
                question="VPN من كجا رفت؟ " + "اردیبهشت" * 12,
                language="fa",
                script="persian",
                gold=("telegram#blocked",),
            ),
            replace(
                answer("answered", [Statement(PERSIAN, (1,))], [citation(1, persian, PERSIAN)]),
                language="fa",
            ),
            persian,
            found=("else#where.1", "telegram#blocked.1"),
            confidence=0.7,
        ),
        asked(
            question("evil", question=EVIL, kind="out-of-folder", expect=("abstained",)),
            answer("answered", [Statement(blocked, (1,))], [citation(1, english)]),
            english,
            confidence=0.6,
        ),
    ]


@pytest.fixture(scope="module")
def html() -> str:
    scored = score(asked_questions(), TODAY)
    averages = means(scored)
    line = calibration(scored)
    assert line is not None
    evaluation = Evaluation(
        scored=tuple(scored),
        means=averages,
        gaps=language_gaps(scored),
        drops=(drop("a typo", {one.asked.question.id: one for one in scored}, scored),),
        risk={"dev": line},
        speed=Speed(0.014, 0.02, 300),
    )
    comparison = compare({"right": {"status": 0.0}}, scored, {"right", "farsi", "evil"})
    return page(evaluation, check(FLOORS, averages), comparison, split="dev", today=TODAY)


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    paths = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in paths:
        pytest.skip("needs Chromium (on Debian: apt install chromium chromium-driver)")
    chromium, driver = map(str, paths)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    yield browser
    browser.quit()


@pytest.fixture
def opened(browser: webdriver.Chrome, html: str, tmp_path: Path) -> webdriver.Chrome:
    """The page on a phone, everything unfolded."""
    path = tmp_path / "report.html"
    path.write_text(html, "utf-8")
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    browser.get(path.as_uri())
    browser.execute_script(
        "for (const one of document.querySelectorAll('details')) one.open = true"
    )
    return browser


def test_nothing_overflows_on_a_phone(opened: webdriver.Chrome) -> None:
    assert opened.execute_script("return innerWidth") == PHONE["width"]
    assert opened.execute_script("return document.documentElement.scrollWidth") == PHONE["width"]
    wide = opened.execute_script(
        "return [...document.querySelectorAll('body *')].filter(one => !one.closest('.wide, svg')"
        " && one.scrollWidth > Math.ceil(one.getBoundingClientRect().width) + 1"
        " && getComputedStyle(one).display !== 'inline').map(one => one.outerHTML)"
    )
    assert wide == []


def test_persian_reads_from_the_right_and_english_from_the_left(opened: webdriver.Chrome) -> None:
    directions = opened.execute_script(
        "return ['farsi', 'right'].map(id => ['.asked', '.statements', '.passage .text']"
        ".map(name => getComputedStyle(document.querySelector(`#${id} ${name}`)).direction))"
    )
    assert directions == [["rtl"] * 3, ["ltr"] * 3]


def logged(opened: webdriver.Chrome, kind: str) -> list[str]:
    entries: list[dict[str, str]] = opened.get_log(kind)  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in entries]


def test_it_asks_nothing_of_any_network(opened: webdriver.Chrome) -> None:
    assert opened.execute_script("return performance.getEntriesByType('resource').length") == 0
    messages = [json.loads(text)["message"] for text in logged(opened, "performance")]
    schemes = {
        message["params"]["request"]["url"].partition(":")[0]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    }
    assert "file" in schemes
    assert schemes <= {"file", "data"}


def test_its_script_runs_and_what_people_typed_does_not(opened: webdriver.Chrome) -> None:
    assert opened.title == "Evaluation, dev, 2026-11-22"
    assert logged(opened, "browser") == []
    assert opened.find_element(By.CSS_SELECTOR, "#evil .asked").text == EVIL
    assert opened.find_elements(By.TAG_NAME, "img") == []


def visible(opened: webdriver.Chrome) -> set[str]:
    found = opened.find_elements(By.CSS_SELECTOR, ".question")
    return {str(one.get_attribute("id")) for one in found if one.is_displayed()}


@pytest.mark.parametrize(
    ("typed", "chosen", "left"),
    [
        ("", {}, {"right", "farsi", "evil"}),
        ("TELEGRAM", {}, {"right", "farsi"}),
        ("کجا", {}, {"farsi"}),
        ("", {"kind": "out-of-folder"}, {"evil"}),
        ("", {"script": "persian"}, {"farsi"}),
        ("", {"outcome": "wrong"}, {"evil"}),
        ("", {"outcome": "right"}, {"right", "farsi"}),
        ("telegram", {"kind": "out-of-folder"}, set()),
    ],
)
def test_the_filter_leaves_what_fits(
    opened: webdriver.Chrome, typed: str, chosen: dict[str, str], left: set[str]
) -> None:
    opened.find_element(By.NAME, "text").send_keys(typed)
    for name, value in chosen.items():
        Select(opened.find_element(By.NAME, name)).select_by_visible_text(value)
    assert visible(opened) == left
    assert opened.find_element(By.ID, "count").text == f"{len(left)} of 3 questions"


def test_the_words_that_are_quoted_are_marked_in_their_passage(opened: webdriver.Chrome) -> None:
    marks = opened.find_elements(By.CSS_SELECTOR, "#right .passage mark")
    assert [one.text for one in marks] == [TEXT.split("\n")[0]]
    assert opened.find_element(By.CSS_SELECTOR, "#right .passage .text").text == TEXT


def test_floors_come_first_and_say_which_broke(opened: webdriver.Chrome) -> None:
    assert opened.find_element(By.TAG_NAME, "h2").text == "Floors"
    broken = opened.find_elements(By.CSS_SELECTOR, ".floors .broken")
    assert [("this one breaks" in one.text) for one in broken] == [True]
    assert len(opened.find_elements(By.CSS_SELECTOR, ".floors .holds")) == 1


def test_every_plot_is_drawn_inside_its_frame(opened: webdriver.Chrome) -> None:
    outside = opened.execute_script(
        "return [...document.querySelectorAll('svg')].map(svg => { const box ="
        " svg.getBoundingClientRect(); return [...svg.querySelectorAll('circle, text, polyline')]"
        ".filter(one => { const own = one.getBoundingClientRect();"
        " return own.left < box.left - 1 || own.right > box.right + 1"
        " || own.bottom > box.bottom + 1 }).length })"
    )
    assert outside == [0, 0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_the_ground_in_light_and_dark(
    opened: webdriver.Chrome, scheme: str
) -> None:
    """At least 4.5 to 1, WCAG 2.2's AA, for everything that is read."""
    emulated: dict[str, Any] = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", emulated)
    ratios = opened.execute_script(
        """
        const light = (text) => {
          const parts = text.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
          return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
        };
        const ground = (one) => {
          for (; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if (colour !== "rgba(0, 0, 0, 0)") return colour;
          }
        };
        return ["h1", ".faint", ".good", ".bad", ".asked", "mark", ".question .faint", "td"]
          .map((name) => {
            const one = document.querySelector(name);
            const both = [light(getComputedStyle(one).color), light(ground(one))].sort();
            return [name, (both[1] + 0.05) / (both[0] + 0.05)];
          });
        """
    )
    assert [(name, round(ratio, 2)) for name, ratio in ratios if ratio < 4.5] == []


def test_it_prints_without_the_filter(opened: webdriver.Chrome) -> None:
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not opened.find_element(By.CSS_SELECTOR, ".filter").is_displayed()
        assert opened.find_element(By.CSS_SELECTOR, ".floors").is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (["b"], [("a", False), ("b", True), ("c", False)]),
        (["ab", "bc"], [("abc", True)]),
        (["a", "c"], [("a", True), ("b", False), ("c", True)]),
        (["x"], [("abc", False)]),
        ([], [("abc", False)]),
    ],
)
def test_marks_begin_and_end_with_the_quote(
    quotes: list[str], expected: list[tuple[str, bool]]
) -> None:
    assert list(marked("abc", quotes)) == expected
