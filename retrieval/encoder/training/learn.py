"""The training itself: Persian vectors are pulled to where the English ones of their pairs lie."""

import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import BertModel

from retrieval.encoder.training.student import batches, forward, padded

State = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that shapes a run; the defaults, with 74 minutes, made the shipped weights.

    With a limit in `minutes` the schedule is squeezed into them: slow hardware then sees less, and
    the result depends on its speed.
    """

    seed: int = 1
    epochs: float = 8.0
    minutes: float = math.inf
    batch: int = 192
    batch_tokens: int = 6144
    embedding_rate: float = 1.5e-3
    layer_rate: float = 1.5e-4
    warm_up: float = 0.05
    temperature: float = 0.05
    cosine_weight: float = 1.0
    soft: bool = False
    bank: int = 4096
    joined_spelling: float = 0.12
    trained_share: float = 0.6


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learned from: pieces of each text, the same written without half-spaces, targets.

    `teacher` is (texts, 384), of length one.
    """

    plain: list[list[int]]
    joined: list[list[int]]
    teacher: Tensor


def learn(
    model: BertModel,
    lesson: Lesson,
    draw: Callable[[random.Random], list[int]],
    settings: Settings,
    report: Callable[[int, int, float], None],
) -> None:
    """Trains `model` in place; `report` is called with step, steps in all, and the loss.

    `draw` gives the numbers of the texts of one epoch.
    """
    rng = random.Random(settings.seed)  # noqa: S311 - draws, not secrets
    torch.manual_seed(settings.seed)
    again = random.Random(settings.seed)  # noqa: S311 - draws, not secrets
    steps = sum(1 for _ in _plan(lesson, draw, settings, again))
    embeddings = model.embeddings.word_embeddings.weight
    layers = [weight for weight in model.parameters() if weight is not embeddings]
    rates = (settings.embedding_rate, settings.layer_rate)
    groups: list[dict[str, Any]] = [{"params": [embeddings]}, {"params": layers}]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    begun = time.monotonic()
    model.train()
    for step, batch in enumerate(_plan(lesson, draw, settings, rng)):
        done = max(step / steps, (time.monotonic() - begun) / 60 / settings.minutes)
        if done >= 1:
            break
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * _share_of_rate(done, settings.warm_up)
        vectors = forward(model, *padded([tokens for _, tokens in batch]))
        numbers = torch.tensor([number for number, _ in batch])
        loss = _loss(vectors, lesson.teacher, numbers, settings)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimiser.step()
        report(step + 1, steps, loss.item())


def blended(first: State, trained: State, share: float) -> State:
    """The weights on the way from `first` to `trained`, a `share` of the way.

    What training on little text spoils comes back in part, and what it brought mostly stays
    (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
    """
    return {name: first[name].lerp(weights, share) for name, weights in trained.items()}


def _share_of_rate(done: float, warm_up: float) -> float:
    """Linear warm-up, then a cosine down to nothing, when a share `done` of the run is over."""
    if done < warm_up:
        return done / warm_up
    return 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))


def _plan(
    lesson: Lesson,
    draw: Callable[[random.Random], list[int]],
    settings: Settings,
    rng: random.Random,
) -> Iterator[list[tuple[int, list[int]]]]:
    """Every batch of the run in order: the number of each text and its pieces."""
    left = settings.epochs
    while left > 0:
        drawn = draw(rng)
        drawn = drawn[: round(len(drawn) * min(left, 1.0))]
        rows = [(number, _spelled(lesson, number, settings, rng)) for number in drawn]
        lengths = [len(tokens) for _, tokens in rows]
        for places in batches(lengths, settings.batch_tokens, settings.batch, rng):
            yield [rows[place] for place in places]
        left -= 1.0


def _spelled(lesson: Lesson, number: int, settings: Settings, rng: random.Random) -> list[int]:
    joined = rng.random() < settings.joined_spelling
    return (lesson.joined if joined else lesson.plain)[number]


def _loss(vectors: Tensor, teacher: Tensor, numbers: Tensor, settings: Settings) -> Tensor:
    """Distance to the teacher, and how well each text finds its own among many and is found."""
    targets = teacher[numbers]
    distance = 1 - (vectors * targets).sum(1)
    others = teacher[torch.randint(len(teacher), (settings.bank,))]
    bank = torch.cat([targets, others])
    known = targets @ bank.T
    places = torch.arange(len(targets))
    scores = vectors @ bank.T / settings.temperature
    if settings.soft:
        finds = functional.cross_entropy(scores, (known / settings.temperature).softmax(1))
    else:
        # The same text drawn twice is no counter-example.
        twins = known > 0.95
        twins[places, places] = False
        finds = functional.cross_entropy(scores.masked_fill(twins, -1e4), places)
    here = (targets @ vectors.T / settings.temperature).masked_fill(
        (targets @ targets.T > 0.95) & ~torch.eye(len(targets), dtype=torch.bool), -1e4
    )
    found = functional.cross_entropy(here, places)
    return settings.cosine_weight * distance.mean() + finds + 0.5 * found
