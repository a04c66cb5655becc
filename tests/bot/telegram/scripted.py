"""An answerer that says what a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Callable

from retrieval.answering.answer import Answer, Citation, Language, Statement
from retrieval.answering.views import View, shorter
from retrieval.browsing import Catalogue
from retrieval.flows import Guide
from retrieval.passages import Passage
from retrieval.search.context import NOTHING, Context
from tests.small.shelf import Shelf, shelf

ASKED_FA = "تلفنی احضارم کرده‌اند، چه کار کنم؟"
ASKED_EN = "Is Telegram blocked in Iran?"


class Scripted:
    """Answers from a table, by question; abstains on the rest. Keeps the questions it was asked.

    Its flows and lists are those of ``tests/small``, until a test gives it another ``shelf``.
    """

    def __init__(self, *answers: Answer) -> None:
        self.shelf: Shelf = shelf()
        self._answers = {answer.question: answer for answer in answers}
        self.passages: dict[str, Passage] = {}
        self.asked: list[tuple[str, Language | None]] = []
        self.before: list[Context] = []
        self.views: dict[tuple[str, View], Answer] = {}
        self.hold = threading.Event()
        self.hold.set()
        self.act: Callable[[str], None] | None = None

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Return the scripted answer."""
        self.asked.append((question, language))
        self.before.append(before)
        self.hold.wait(10)
        if self.act is not None:
            self.act(question)
        found = self._answers.get(question)
        if found is not None:
            return found
        latin = question.isascii()
        return Answer(question, language or ("en" if latin else "fa"), "abstained")

    def view(self, answer: Answer, view: View) -> Answer | None:
        """Return the view that a test has put in under the answer's first statement."""
        if not answer.statements:
            return None
        return (
            shorter(answer)
            if view == "short"
            else self.views.get((answer.statements[0].text, view))
        )

    def passage(self, passage_id: str) -> Passage | None:
        """Return a passage that a test has put in."""
        return self.passages.get(passage_id)

    def flow(self, flow_id: str) -> Guide | None:
        """Return a flow of the shelf."""
        return self.shelf.guides.get(flow_id)

    @property
    def catalogue(self) -> Catalogue:
        """The lists of the shelf."""
        return self.shelf.catalogue


def citation(n: int, *, language: Language = "fa", url: str | None = None) -> Citation:
    """Return a citation with something in every field."""
    if language == "fa":
        return Citation(
            n,
            f"phone-summons#first.{n}@fa",
            "phone-summons",
            "احضار تلفنی",
            "پیش از آنکه جواب بدهید",
            "ایران‌وایر (IranWire)",
            "2021-09-23",
            "2021-09-23",
            url or "https://iranwire.com/fa/features/53041?x=1&y=2",
            "reporting",
            "تماس تلفنی احضار رسمی نیست. می‌توانید بخواهید برگهٔ احضار بفرستند.",
        )
    return Citation(
        n,
        f"telegram-blocking#2018.{n}@en",
        "telegram-blocking",
        "Telegram in Iran",
        "The order of 2018",
        "Center for Human Rights in Iran",
        "2018-04-30",
        "2018-05",
        url,
        "research",
        "A prosecutor ordered all providers to block Telegram on 30 April 2018.",
    )


ANSWERED_FA = Answer(
    ASKED_FA,
    "fa",
    "answered",
    statements=(
        Statement("تماس تلفنی احضار رسمی نیست و می‌توانید بخواهید برگهٔ احضار بفرستند.", (1,)),
        Statement("شمارهٔ +98-21-5550 و ساعت تماس را جایی امن یادداشت کنید.", (1, 2), "do"),
        Statement("با Signal یا حضوری به یک آدم مطمئن خبر بدهید.", (2,), "do"),
        Statement("پای تلفن به هیچ سؤالی دربارهٔ دیگران جواب ندهید.", (1,), "avoid"),
    ),
    further=(Statement("اگر رفتید، گوشی را در خانه بگذارید.", (2,), "do"),),
    citations=(citation(1), citation(2, url="https://example.org/a_b")),
    notices=("این راهنما آخرین بار در مهر ۱۴۰۰ بازبینی شده است.",),
    suggestions=("با گوشی‌ام پیش از رفتن چه کنم؟", "VPN چه چیزی را پنهان نمی‌کند؟"),
)
ANSWERED_EN = Answer(
    ASKED_EN,
    "en",
    "answered",
    statements=(
        Statement("Telegram has been blocked in Iran since 30 April 2018.", (1,)),
        Statement("People also call it تلگرام & reach it through a VPN <or Tor>.", (1,)),
    ),
    citations=(citation(1, language="en"),),
)
URGENT_FA = Answer(
    "الان در خانه را می‌زنند",
    "fa",
    "urgent",
    statements=(
        Statement("در را باز نکنید تا حکم را نشان بدهند.", (1,), "do"),
        Statement("به یک نفر خبر بدهید که چه اتفاقی افتاده است.", (1,), "do"),
        Statement("گوشی را خاموش کنید.", (1,), "do"),
        Statement("خط کمک Access Now: help@accessnow.org", (2,)),
    ),
    citations=(citation(1), citation(2)),
)
URGENT_EN = Answer(
    "they are at my door",
    "en",
    "urgent",
    statements=(
        Statement("Ask to see the warrant before you open the door.", (1,), "do"),
        Statement("Tell one person you trust what is happening.", (1,), "do"),
        Statement("Switch your phone off.", (1,), "do"),
        Statement("Access Now helpline: help@accessnow.org", (1,)),
    ),
    citations=(citation(1, language="en"),),
)
ABSTAINED_FA = Answer(
    "قیمت بیت‌کوین فردا چند است؟",
    "fa",
    "abstained",
    notices=("در این باره چیزی در این کتابخانه نیست. خط کمک Access Now فارسی هم جواب می‌دهد.",),
    suggestions=("کدام پیام‌رسان امن‌تر است؟",),
)
OUTSIDE_EN = Answer("best pizza in town", "en", "outside")
DECLINED_EN = Answer("how do I hack his phone", "en", "declined")
ALL = (
    ANSWERED_FA, ANSWERED_EN, URGENT_FA, URGENT_EN, ABSTAINED_FA, OUTSIDE_EN, DECLINED_EN,
)  # fmt: skip
