"""The project's own flows, documents, terms and sources as the bot would show them: all hold."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram import browse_screens, flow_plan, flow_screens
from bot.telegram.flow_commands import FLOWS
from bot.telegram.message import Message
from bot.telegram.sending import _markup
from bot.telegram.texts import LANGUAGES, load
from retrieval.answering.answer import Language
from retrieval.flows import Plan, Question
from retrieval.knowledge.documents import Kind, PlatformHeader
from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import PROJECT
from tests.bot.telegram.judge import judge
from tests.small.shelf import Shelf, shelf

TEXTS = load()
KEY = "12345678"  # as long as the keys of a session
KINDS: tuple[Kind, ...] = ("guidance", "article", "tool", "platform", "contact")


@pytest.fixture(scope="module")
def real() -> Shelf:
    return shelf(PROJECT / "knowledge")


def judge_messages(messages: Sequence[Message]) -> None:
    assert messages
    for message in messages:
        markup = _markup(message)
        judge(message.html, markup.to_dict() if markup else None)


def test_the_three_commands_have_their_flows(real: Shelf) -> None:
    assert set(FLOWS) <= set(real.guides)


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25)
@given(chance=st.randoms(use_true_random=False))
def test_any_way_through_a_flow_reads_well_and_fits(
    real: Shelf, flow: str, language: Language, chance: Random
) -> None:
    guide = real.guides[flow]
    state = guide.start()
    while isinstance(screen := guide.screen(state, language), Question):
        messages = flow_screens.shown(screen, TEXTS[language], KEY)
        assert len(messages) == 1
        judge_messages(messages)
        presses = [choice.press for choice in screen.choices if not choice.ticked]
        if screen.done is not None and (not presses or chance.random() < 0.5):
            presses = [screen.done]
        state = guide.press(state, chance.choice(presses)).state
    messages = flow_screens.shown(screen, TEXTS[language], KEY)
    judge_messages(messages)
    assert len(messages) <= 4
    held = flow_screens.to_hold(screen)
    assert held is not None
    if isinstance(screen, Plan):
        judge_messages(flow_plan.as_text(screen, TEXTS[language]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_opens_and_so_does_every_section(real: Shelf, language: Language) -> None:
    texts = TEXTS[language]
    for kind in KINDS:
        for entry in real.catalogue.of_kind(kind, language):
            sheet = real.catalogue.sheet(entry.id, language)
            assert sheet is not None
            judge_messages(browse_screens.sheet(sheet, texts, KEY))
            for other in sheet.others:
                part = real.catalogue.sheet(entry.id, language, [other.section])
                assert part is not None
                assert part.parts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_and_term_can_be_sent(real: Shelf, language: Language) -> None:
    texts, catalogue = TEXTS[language], real.catalogue
    for term in catalogue.terms(language):
        judge_messages(browse_screens.term(term, texts, language))
    for page in range(len(catalogue.terms(language)) // browse_screens.TERMS + 1):
        judge_messages(browse_screens.terms(catalogue.terms(language), texts, language, page))
    publishers = catalogue.publishers(language)
    count = sum(len(publisher.sources) for publisher in publishers)
    for page in range(count // browse_screens.SOURCES + 1):
        messages = browse_screens.sources(publishers, texts, language, page)
        assert len(messages) == 1
        judge_messages(messages)
    for topic in catalogue.topics(language):
        entries = catalogue.filed_under(topic.id, language)
        for page in range(len(entries) // browse_screens.ENTRIES + 1):
            judge_messages(browse_screens.topic(topic, entries, texts, language, page))


def test_what_a_platform_exposes_people_to_are_sections_of_it() -> None:
    for document in read_knowledge(PROJECT / "knowledge").documents:
        if isinstance(document.header, PlatformHeader):
            written = {section.id for section in document.sections}
            assert document.header.exposes, document.path
            assert set(document.header.exposes) <= written, document.path
