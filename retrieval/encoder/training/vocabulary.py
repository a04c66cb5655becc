"""The pieces of words the Arabic-script tower knows.

Arabic-script pieces are learned from the training text; Latin letters, digits and punctuation keep
the pieces of the English model, as many as Persian writers use. The trainer of the tokenizers
library gives a slightly different result each time, so the list that was made is kept in the
repository (KEPT_VOCABULARY) and used again.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

KEPT_VOCABULARY = Path(__file__).parent / "vocabulary.txt"
ARABIC_PIECES = 18_000
LATIN_PIECES = 6_000
UNKNOWN = "[UNK]"
SPECIAL = ("[PAD]", UNKNOWN, "[CLS]", "[SEP]", "[MASK]")

_ARABIC_RUN = re.compile("[\u0620-\u065f\u066e-\u06d3\u06d5\u06fa-\u06ff]+")
_ASCII_RUN = re.compile(r"[!-~]+")


def make_vocabulary(normalised: Iterable[str], english: Tokenizer) -> list[str]:
    """All pieces in the order of their ids, special ones first.

    `normalised` is the Arabic-script side of the training text; `english` the English tokenizer.
    """
    arabic: list[str] = []
    latin: Counter[str] = Counter()
    for text in normalised:
        arabic.append(" ".join(_ARABIC_RUN.findall(text)))
        for run in _ASCII_RUN.findall(text):
            latin.update(english.encode(run, add_special_tokens=False).tokens)
    letters = [piece for piece in _by_id(english) if _is_single(piece)]
    latin.update(dict.fromkeys(letters, 1_000_000))
    del latin[UNKNOWN]
    kept = {piece for piece, _ in latin.most_common(LATIN_PIECES)}
    shared = [piece for piece in _by_id(english) if piece in kept]
    new = [piece for piece in _learned(arabic) if piece not in kept and piece not in SPECIAL]
    return [*SPECIAL, *shared, *new]


def tokenizer_of(vocabulary: list[str]) -> Tokenizer:
    """A WordPiece tokenizer for text that `normalise` has already been over."""
    tokenizer = Tokenizer(
        models.WordPiece(
            {piece: number for number, piece in enumerate(vocabulary)},
            unk_token=UNKNOWN,
            max_input_chars_per_word=60,
        )
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(name, vocabulary.index(name)) for name in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def _learned(texts: list[str]) -> list[str]:
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.WordPieceTrainer(
        vocab_size=ARABIC_PIECES, min_frequency=3, special_tokens=[UNKNOWN], show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return _by_id(tokenizer)


def _by_id(tokenizer: Tokenizer) -> list[str]:
    pieces: dict[str, int] = tokenizer.get_vocab()
    return sorted(pieces, key=lambda piece: pieces[piece])


def _is_single(piece: str) -> bool:
    """Whether a piece is one ASCII letter, digit or mark, alone or inside a word."""
    return len(piece.removeprefix("##")) == 1 and piece.isascii()
