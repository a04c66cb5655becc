"""`python -m retrieval.encoder.training PARALLEL --out DIR`: from pairs of texts to weights."""

import copy
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console
from rich.progress import Progress
from tokenizers import Tokenizer
from transformers import BertModel

from retrieval.encoder.normalise import normalise
from retrieval.encoder.training.dataset import Dataset, load
from retrieval.encoder.training.export import write_bundle
from retrieval.encoder.training.initialise import Method, initial_embeddings
from retrieval.encoder.training.judge import HeldOut
from retrieval.encoder.training.learn import Lesson, Settings, blended, learn
from retrieval.encoder.training.student import encodings, english_model, with_embeddings
from retrieval.encoder.training.teacher import english_folder, teacher_vectors
from retrieval.encoder.training.vocabulary import KEPT_VOCABULARY, make_vocabulary, tokenizer_of

_DEFAULTS = Settings()
_SAVE_EVERY = 250

console = Console(stderr=True)


def main(
    parallel: Annotated[Path, typer.Argument(help="Folder of tab-separated pairs.")],
    out: Annotated[Path, typer.Option(help="Where checkpoints and the finished folder go.")],
    sources: Annotated[Path | None, typer.Option(help="Folder of guides in two languages.")] = None,
    first: Annotated[str, typer.Option(help="First embeddings of new pieces: align, dice.")] = (
        "align"
    ),
    new_vocabulary: Annotated[
        bool, typer.Option(help="Learn the pieces anew instead of using the kept list.")
    ] = False,
    threads: Annotated[int, typer.Option(help="Processor cores to use.")] = 2,
    seed: int = _DEFAULTS.seed,
    epochs: float = _DEFAULTS.epochs,
    minutes: Annotated[float, typer.Option(help="Finish within this time.")] = _DEFAULTS.minutes,
    embedding_rate: float = _DEFAULTS.embedding_rate,
    layer_rate: float = _DEFAULTS.layer_rate,
    temperature: float = _DEFAULTS.temperature,
    cosine_weight: float = _DEFAULTS.cosine_weight,
    soft: bool = _DEFAULTS.soft,
    trained_share: Annotated[
        float, typer.Option(help="How far to go from the first weights to the trained ones.")
    ] = _DEFAULTS.trained_share,
) -> None:
    """Train the Arabic-script tower and write the folder of both towers, ready to ship."""
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    settings = dataclasses.replace(
        _DEFAULTS,
        seed=seed,
        epochs=epochs,
        minutes=minutes,
        embedding_rate=embedding_rate,
        layer_rate=layer_rate,
        temperature=temperature,
        cosine_weight=cosine_weight,
        soft=soft,
        trained_share=trained_share,
    )
    console.print(settings)
    data = load(parallel, sources, seed)
    for group in data.groups:
        console.print(f"{len(group.pairs):9,} x {group.share:.2f}  {group.name}")

    english = Tokenizer.from_file(str(english_folder() / "tokenizer.json"))
    teacher = english_model(english_folder())
    tokenizer = tokenizer_of(_vocabulary(data, english, new_vocabulary))
    lesson = _lesson(data, teacher, english, tokenizer, out)
    held_out = HeldOut(teacher, english, data)
    embeddings = initial_embeddings(data, teacher, english, tokenizer, Method(first))
    student = with_embeddings(teacher, embeddings)
    console.print("before", held_out.judge(student, tokenizer))
    if epochs > 0:
        before = copy.deepcopy(student.state_dict())
        with Progress(console=console) as bar:
            learn(student, lesson, data.draw, settings, _reporter(bar, student, out))
        console.print("after", held_out.judge(student, tokenizer))
        torch.save(student.state_dict(), out / "unblended.pt")
        student.load_state_dict(blended(before, student.state_dict(), settings.trained_share))
        console.print("blended with the first weights", held_out.judge(student, tokenizer))
    torch.save(student.state_dict(), out / "student.pt")
    write_bundle(student, tokenizer, out / "bundled")
    console.print(f"written: {out / 'bundled'}")


def _vocabulary(data: Dataset, english: Tokenizer, new: bool) -> list[str]:
    if not new:
        return KEPT_VOCABULARY.read_text(encoding="utf-8").splitlines()
    pieces = make_vocabulary((normalise(pair.other) for pair in data.single_pairs()), english)
    KEPT_VOCABULARY.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return pieces


def _lesson(
    data: Dataset, teacher: BertModel, english: Tokenizer, tokenizer: Tokenizer, cache: Path
) -> Lesson:
    pairs = data.pairs()
    console.print("vectors of the English side (kept for the next run) ...")
    targets = teacher_vectors(teacher, english, [pair.english for pair in pairs], cache)
    joined = [pair.other.replace("\u200c", "") for pair in pairs]
    plain_pieces = encodings(tokenizer, [normalise(pair.other) for pair in pairs])
    joined_pieces = encodings(tokenizer, [normalise(text) for text in joined])
    return Lesson(
        [encoding.ids for encoding in plain_pieces],
        [encoding.ids for encoding in joined_pieces],
        torch.from_numpy(targets),
    )


def _reporter(bar: Progress, student: BertModel, out: Path) -> Callable[[int, int, float], None]:
    """Draws the progress, writes the loss down and keeps the state now and then."""
    task = bar.add_task("training")
    log = (out / "loss.tsv").open("w", encoding="utf-8", buffering=1)

    def report(step: int, steps: int, loss: float) -> None:
        bar.update(task, completed=step, total=steps, description=f"training, loss {loss:.3f}")
        log.write(f"{step}\t{steps}\t{loss:.4f}\n")
        if step % _SAVE_EVERY == 0:
            torch.save(student.state_dict(), out / "checkpoint.pt")

    return report


if __name__ == "__main__":
    typer.run(main)
