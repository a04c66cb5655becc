"""The reader tells the passage that answers from the one that only speaks of the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import EncoderError
from retrieval.reading import Reader, load_reader

LAWYER = (
    "Lawyers › Who may choose\nIn security cases the accused may, while the case is investigated, "
    "choose a lawyer only from a list approved by the head of the judiciary."
)
PRICE = "Lawyers › Fees\nA lawyer's fee follows a tariff; bar associations give free help."
PERSIAN_LAWYER = (
    "وکیل › چه کسی انتخاب می‌کند\nدر پرونده‌های امنیتی، متهم در مرحلهٔ تحقیقات فقط می‌تواند از میان "
    "وکیل‌های مورد تأیید رئیس قوهٔ قضاییه وکیل بگیرد."
)
PERSIAN_PRICE = "وکیل › هزینه\nحق‌الوکاله تعرفه دارد و کانون‌های وکلا کمک رایگان می‌دهند."


@pytest.mark.parametrize(
    ("question", "passages"),
    [
        ("can i choose any lawyer i like in a security case", (LAWYER, PRICE)),
        ("تو پرونده امنیتی خودم میتونم وکیل انتخاب کنم؟", (PERSIAN_LAWYER, PERSIAN_PRICE)),
        ("what does a lawyer cost, is there free help", (PRICE, LAWYER)),
        ("وکیل چقدر می‌گیره، رایگانم هست؟", (PERSIAN_PRICE, PERSIAN_LAWYER)),
    ],
)
def test_the_passage_that_tells_it_is_surer(question: str, passages: tuple[str, str]) -> None:
    told, other = load_reader().read(question, passages)
    assert told > other


def test_the_company_of_other_passages_changes_nothing() -> None:
    reader = load_reader()
    together = reader.read("who may choose a lawyer", [LAWYER, PERSIAN_PRICE, PRICE * 5])
    alone = [reader.read("who may choose a lawyer", [one])[0] for one in (LAWYER, PERSIAN_PRICE)]
    assert np.allclose(together[:2], alone, atol=0.2)  # 8-bit products round by the batch


def test_nothing_to_read_is_nothing_read() -> None:
    assert load_reader().read("who?", []).shape == (0,)


def test_missing_weights_are_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"Install the project again"):
        Reader(tmp_path).read("who?", [LAWYER])
