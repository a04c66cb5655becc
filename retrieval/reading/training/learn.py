"""The training itself: which of a question's passages tell what is asked."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from retrieval.reading.pieces import Pieces, marks_of
from retrieval.reading.training.judged import HELPS, NEITHER, TELLS
from retrieval.reading.training.model import WIDTH, Joint

# What is aimed at for each grade.
_AIMS = {NEITHER: 0.03, HELPS: 0.3, TELLS: 0.97}
# How much it counts which of a question's passages is the right one, beside each for itself.
_CHOICE = 0.3


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that shapes a run; the defaults made the shipped weights. With a limit in
    ``minutes`` the schedule is squeezed into them."""

    seed: int = 0
    epochs: int = 2
    minutes: float = 33.0
    questions: int = 10  # in a batch
    passages: int = 5  # of a question, at most
    rate: float = 1.5e-4
    warm_up: float = 0.06
    other_language: float = 0.06  # of the passages


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the upper layers get it: ``states`` is (pieces, width), in bfloat16."""

    pieces: Pieces
    states: Tensor


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, and its passages with their grades: in its own language, in the other."""

    question: Text
    passages: Sequence[tuple[Text, Text, int]]


def learn(
    model: Joint,
    lessons: Sequence[Lesson],
    settings: Settings,
    report: Callable[[int, int, float], None],
) -> None:
    """Train ``model`` in place; ``report`` is called with step, steps in all, and the loss."""
    rng = random.Random(settings.seed)  # noqa: S311 - draws, not secrets
    torch.manual_seed(settings.seed)
    layers = [p for name, p in model.named_parameters() if not name.startswith("head")]
    optimiser = torch.optim.AdamW(
        [{"params": layers, "share": 1.0}, {"params": model.head.parameters(), "share": 10.0}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    steps = settings.epochs * math.ceil(len(lessons) / settings.questions)
    begun, step = time.monotonic(), 0
    model.train()
    for _ in range(settings.epochs):
        for batch in _batches(lessons, settings, rng):
            done = max(step / steps, (time.monotonic() - begun) / 60 / settings.minutes)
            if done >= 1:
                return
            for group in optimiser.param_groups:
                group["lr"] = settings.rate * group["share"] * _share(done, settings.warm_up)
            loss = _loss(model, batch)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            report(step, steps, loss.item())


_Drawn = list[tuple[Text, Text, int]]


def _batches(
    lessons: Sequence[Lesson], settings: Settings, rng: random.Random
) -> list[list[_Drawn]]:
    """Return the lessons in batches of like length, sorted within random blocks only."""
    drawn = [_drawn(lesson, settings, rng) for lesson in rng.sample(lessons, len(lessons))]
    block = 30 * settings.questions
    batches = []
    for start in range(0, len(drawn), block):
        part = sorted(
            drawn[start : start + block],
            key=lambda rows: max(len(passage.pieces.ids) for _, passage, _ in rows),
        )
        batches += [
            part[at : at + settings.questions] for at in range(0, len(part), settings.questions)
        ]
    rng.shuffle(batches)
    return batches


def _drawn(lesson: Lesson, settings: Settings, rng: random.Random) -> _Drawn:
    """Return some of a question's passages: those that help first, then what looks most alike."""
    helping = [row for row in lesson.passages if row[2] != NEITHER]
    neither = [row for row in lesson.passages if row[2] == NEITHER]
    chosen = rng.sample(helping, min(settings.passages - 2, len(helping)))
    if neither:
        left = settings.passages - 1 - len(chosen)
        chosen += [neither[0], *rng.sample(neither[1:], min(left, len(neither) - 1))]
    other = rng.random() < settings.other_language
    return [(lesson.question, row[1] if other else row[0], row[2]) for row in chosen]


def _loss(model: Joint, batch: Sequence[_Drawn]) -> Tensor:
    pairs = [pair for drawn in batch for pair in drawn]
    aims = torch.tensor([_AIMS[grade] for _, _, grade in pairs])
    with torch.autocast("cpu", torch.bfloat16):
        sure = model(*together(pairs)).float()
    loss = functional.binary_cross_entropy_with_logits(sure, aims)
    choices, start = [], 0
    for drawn in batch:
        own = slice(start, start + len(drawn))
        start += len(drawn)
        if any(grade == TELLS for _, _, grade in drawn):
            share = aims[own] / aims[own].sum()
            choices.append(-(share * functional.log_softmax(sure[own], 0)).sum())
    return loss + _CHOICE * torch.stack(choices).mean() if choices else loss


def together(pairs: Sequence[tuple[Text, Text, int]]) -> tuple[Tensor, Tensor, Tensor]:
    """Return the states, marks and mask of questions with their passages, filled up with 0."""
    longest = max(len(q.pieces.ids) + len(p.pieces.ids) for q, p, _ in pairs)
    states = torch.zeros(len(pairs), longest, WIDTH)
    marks = torch.zeros(len(pairs), longest, dtype=torch.long)
    mask = torch.zeros(len(pairs), longest, dtype=torch.long)
    for row, (question, passage, _) in enumerate(pairs):
        both = torch.cat([question.states, passage.states])
        states[row, : len(both)] = both
        marks[row, : len(both)] = torch.from_numpy(marks_of(question.pieces, passage.pieces))
        mask[row, : len(both)] = 1
    return states, marks, mask


def _share(done: float, warm_up: float) -> float:
    """Linear warm-up, then a cosine down to nothing, when a share ``done`` of the run is over."""
    if done < warm_up:
        return done / warm_up
    return 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))
