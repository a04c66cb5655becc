"""The check between a language model and a person: nothing passes that its passage does not say."""

from retrieval.checking.checker import Checker, Entailment
from retrieval.checking.entailment import CrossEncoderEntailment
from retrieval.checking.splitting import Splitter, split
from retrieval.checking.verdict import Fault, Verdict
from retrieval.checking.written import Written

__all__ = [
    "Checker",
    "CrossEncoderEntailment",
    "Entailment",
    "Fault",
    "Splitter",
    "Verdict",
    "Written",
    "split",
]
