"""How well a student does on the pairs that were held out; settings are chosen by this."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertModel

from retrieval.encoder.normalise import normalise
from retrieval.encoder.training.dataset import Dataset
from retrieval.encoder.training.student import encode


@dataclass(frozen=True, slots=True)
class Judgement:
    """Shares of held-out texts whose nearest is the right one, and how near that is.

    `sentences`: Persian sentence to English sentence; `passages`: the same for joined sentences;
    `own_passage`: Persian sentence to the Persian passage it was taken from; `cosine`: mean cosine
    of a Persian sentence and its translation.
    """

    sentences: float
    passages: float
    own_passage: float
    cosine: float


class HeldOut:
    """The held-out texts with their English vectors, ready to judge a student again and again."""

    def __init__(self, teacher: BertModel, english: Tokenizer, data: Dataset) -> None:
        self._sentences = [normalise(pair.other) for pair in data.held_out]
        self._passages = [normalise(pair.other) for pair in data.held_out_passages]
        self._english = encode(teacher, english, [pair.english for pair in data.held_out])
        self._english_passages = encode(
            teacher, english, [pair.english for pair in data.held_out_passages]
        )

    def judge(self, student: BertModel, tokenizer: Tokenizer) -> Judgement:
        """The student as it stands."""
        sentences = encode(student, tokenizer, self._sentences)
        passages = encode(student, tokenizer, self._passages)
        inside = [
            (place, number)
            for number, passage in enumerate(self._passages)
            for place, sentence in enumerate(self._sentences)
            if len(sentence) > 30 and sentence in passage
        ]
        places, numbers = (list(side) for side in zip(*inside, strict=True))
        return Judgement(
            _right(sentences @ self._english.T, np.arange(len(sentences))),
            _right(passages @ self._english_passages.T, np.arange(len(passages))),
            _right(sentences[places] @ passages.T, np.array(numbers)),
            float((sentences * self._english).sum(1).mean()),
        )


def _right(scores: NDArray[np.float32], wanted: NDArray[np.int64]) -> float:
    return float((scores.argmax(1) == wanted).mean())
