"""The reader's training: what it starts from, what it learns, and that the files say the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from retrieval.encoder import load_encoder  # noqa: E402
from retrieval.reading.pieces import LONGEST_PASSAGE, LONGEST_QUESTION, pieces_of  # noqa: E402
from retrieval.reading.reader import Reader  # noqa: E402
from retrieval.reading.training.graph import write_reader  # noqa: E402
from retrieval.reading.training.judged import TELLS, read_judged  # noqa: E402
from retrieval.reading.training.learn import (  # noqa: E402
    Lesson,
    Settings,
    Text,
    learn,
    together,
)
from retrieval.reading.training.model import (  # noqa: E402
    ALONE,
    LAYERS,
    Layer,
    Lower,
    begun,
    layer_weights,
    tower_weights,
)

ASKED = "how long may they hold me without a charge"
TOLD = (
    "Arrest › How long\nA person may be held for 24 hours without a charge.",
    "Arrest › Food\nFamilies may not bring food on the first day.",
)


@pytest.fixture(scope="module")
def texts() -> dict[str, Text]:
    lower = Lower(tower_weights("english"))
    read = {}
    for text, longest in ((ASKED, LONGEST_QUESTION), *((t, LONGEST_PASSAGE) for t in TOLD)):
        pieces = pieces_of(text, longest)
        ids = torch.tensor([pieces.ids])
        read[text] = Text(pieces, lower.states(ids, torch.ones_like(ids))[0])
    return read


def test_it_begins_with_the_layers_of_the_encoder(texts: dict[str, Text]) -> None:
    tower = tower_weights("english")
    hidden = texts[ASKED].states.float()[None]
    seen = torch.ones(1, 1, 1, hidden.shape[1], dtype=torch.bool)
    with torch.no_grad():
        for number in range(ALONE, LAYERS):
            layer = Layer()
            layer.load_state_dict(layer_weights(tower, number))
            hidden = layer(hidden, seen)
    vector = torch.nn.functional.normalize(hidden.mean(1)[0], dim=0).numpy()
    assert vector @ load_encoder().encode_queries([ASKED])[0] > 0.99


def test_it_learns_and_the_files_read_as_the_model_does(
    texts: dict[str, Text], tmp_path: Path
) -> None:
    torch.manual_seed(0)
    model = begun([tower_weights("english"), tower_weights("persian")])
    right, wrong = (texts[text] for text in TOLD)
    lesson = Lesson(texts[ASKED], [(right, right, 2), (wrong, wrong, 0)])
    losses: list[float] = []
    learn(
        model, [lesson] * 10, Settings(epochs=10), lambda _step, _steps, loss: losses.append(loss)
    )
    assert losses[-1] < losses[0] / 2
    write_reader(model, tmp_path)
    with torch.no_grad():
        pairs = [(texts[ASKED], texts[text], 0) for text in TOLD]
        expected = model(*together(pairs)).numpy()
    read = Reader(tmp_path).read(ASKED, TOLD)
    assert np.allclose(read, expected, atol=0.6)  # in 8 bits
    assert read[0] > read[1]


def test_the_judged_questions_are_asked_in_both_languages_and_mostly_learned_from() -> None:
    judged = list(read_judged())
    assert all(one.asked["en"] and one.asked["fa"] and one.grades for one in judged)
    assert 0.05 < sum(one.kept_back for one in judged) / len(judged) < 0.15
    assert 0.4 < sum(one.best == TELLS for one in judged) / len(judged) < 0.8
