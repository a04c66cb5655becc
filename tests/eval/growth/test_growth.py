"""Piles of any size are made of real sentences; their figures are drawn and told as they are."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.eval.child import measured
from tests.eval.growth.figures import broken_first, duration, panels, row, table
from tests.eval.growth.material import Material, gather, read_material
from tests.eval.growth.pile import is_wanted, made_passages, own_first
from tests.eval.growth.plot import Line, Panel, plot
from tests.eval.growth.sentences import read_lines, sentences
from tests.small.shelf import SMALL

LINES = [
    f"{start} people walked slowly along the {place} that evening before it rained."
    for start in ("Many", "Some", "Four", "Old")
    for place in ("river", "wall", "road", "harbour", "square")
]
PERSIAN = [
    f"{start} مردم آن شب پیش از باران آهسته از {place} گذشتند."
    for start in ("بیشتر", "چند", "چهار", "همه‌ی")
    for place in ("رودخانه", "دیوار", "جاده", "بندر", "میدان")
]


class Numbered:
    """An encoder that gives each text a vector of its own, without a model."""

    name = "numbered"
    dimensions = 16

    def encode_passages(self, texts, progress=None):  # type: ignore[no-untyped-def]
        rows = [np.random.default_rng(len(text)).normal(size=16) for text in texts]
        if progress is not None:
            progress(len(texts))
        return np.array([r / np.linalg.norm(r) for r in rows], np.float32).reshape(-1, 16)

    encode_queries = encode_passages


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    rows = zip(LINES, PERSIAN, strict=True)
    (data / "pairs.tsv").write_text("\n".join("\t".join(one) for one in rows), "utf-8")
    folder = tmp_path_factory.mktemp("material")
    gather(folder, data, SMALL, Numbered(), most=500, questions=40, progress=lambda *_: None)
    return folder


def test_prose_is_kept_by_language_and_markup_is_not() -> None:
    texts = [
        *LINES[:2],
        PERSIAN[0],
        LINES[0],
        "Save %s to <b>disk</b> now please, my friend",
        "No.",
    ]
    assert sentences(texts, 10) == {"fa": [PERSIAN[0]], "en": LINES[:2]}


def test_what_is_too_much_is_thinned_by_blocks_of_neighbours() -> None:
    many = [f"number {n} is a sentence of several words" for n in range(1_000)]
    kept = sentences(many, 120)["en"]
    assert len(kept) == 120
    assert kept == sorted(kept, key=many.index)
    assert kept != many[:120]


def test_a_folder_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no text"):
        list(read_lines(tmp_path))


def test_a_pile_is_real_passages_first_and_then_different_made_ones(material: Path) -> None:
    made = read_material(material)
    size = len(made.own) + 300
    pile = list(made.pile(size))
    passages = [passage for passage, _ in pile]
    assert passages[: len(made.own)] == made.own
    assert len({p.text for p in passages[len(made.own) :]}) == 300
    assert len({p.id for p in passages}) == size
    assert {p.language for p in passages} == {"fa", "en"}
    assert [list(v) for _, v in made.pile(size)] == [list(v) for _, v in pile]
    assert np.allclose([np.linalg.norm(v) for _, v in pile], 1, atol=1e-3)


def test_a_made_vector_is_the_mean_of_its_sentences(material: Path) -> None:
    made = read_material(material)
    passage, vector = next(iter(made_passages(made.pool, made.vectors, 1)))
    spans = [passage.text[s.start : s.end] for s in passage.sentences]
    rows = [made.pool[passage.language].index(text) for text in spans]
    mean = made.vectors[passage.language][rows].mean(axis=0)
    assert np.allclose(vector, mean / np.linalg.norm(mean))


def test_what_answers_a_question_comes_first(material: Path) -> None:
    own = read_material(material).own
    wanted = {own[-1].document}
    again = own_first(own, wanted)
    count = sum(is_wanted(passage, wanted) for passage in own)
    assert all(is_wanted(passage, wanted) for passage in again[:count])
    assert sorted(p.id for p in again) == sorted(p.id for p in own)


def test_a_size_is_built_and_asked_in_processes_of_their_own(tmp_path: Path) -> None:
    """The whole way, with the bundled encoder and a real Chroma, on a small pile."""
    from retrieval.encoder import load_encoder

    data = tmp_path / "data"
    data.mkdir()
    (data / "a.txt").write_text("\n".join(LINES + PERSIAN), "utf-8")
    folder = tmp_path / "material"
    encoder = load_encoder()
    speed = gather(folder, data, SMALL, encoder, most=60, questions=25, progress=lambda *_: None)
    built = measured("tests.eval.growth.build", [folder, tmp_path / "pile", "120"])
    asked = measured("tests.eval.growth.ask", [folder, tmp_path / "pile"])
    figures = row(120, built, asked, speed)
    assert figures["true_nearest"] > 0.95  # the graph of so few is all but complete
    assert figures["disk_mb"] > 0
    assert figures["steady_mb"] <= figures["peak_mb"]
    assert figures["whole_ms"] > figures["words_ms"] > 0
    assert "| 120 |" in table([figures])


def test_a_measurement_that_fails_names_its_command() -> None:
    with pytest.raises(RuntimeError, match=r"tests\.eval\.growth\.nowhere 7 ended with status 1"):
        measured("tests.eval.growth.nowhere", ["7"])


def _row(size: int, **more: float) -> dict[str, float]:
    names = "whole_cpu_ms dense_cpu_ms words_cpu_ms open_cpu_s vectors_cpu_s words_cpu_s".split()
    return {**dict.fromkeys(names, float(size)), "size": size, **more}


def test_only_what_grows_faster_than_the_pile_is_told() -> None:
    rows = [_row(1_000), _row(10_000, words_cpu_s=40_000)]
    assert broken_first(rows) == [
        "words_cpu_s: 40.0 times from 1,000 to 10,000 passages, 10 times as many"
    ]


@pytest.mark.parametrize(
    ("seconds", "told"), [(5, "5 s"), (90, "1.5 min"), (7_200, "2.0 h"), (59.6, "60 s")]
)
def test_a_time_is_told_in_the_unit_a_person_would_name(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_the_plot_is_an_svg_with_every_point_in_it() -> None:
    lines = [Line("a & b", [(1_000, 2.0), (100_000, 350.0)]), Line("c", [(1_000, 0.05)])]
    drawn = ElementTree.fromstring(  # noqa: S314 - made here
        plot([Panel("ms", lines), Panel("MB", lines[:1])])
    )
    space = "{http://www.w3.org/2000/svg}"
    circles = drawn.findall(f"{space}circle")
    assert len(circles) == 5
    width, height = (float(drawn.attrib[name]) for name in ("width", "height"))
    for circle in circles:
        assert 0 < float(circle.attrib["cx"]) < width
        assert 0 < float(circle.attrib["cy"]) < height
    titles = [circle.findtext(f"{space}title") for circle in circles]
    assert titles[0] == "a & b: 2 at 1,000"


def test_the_kept_figures_and_the_kept_plot_are_of_one_run() -> None:
    here = Path(__file__).parent
    rows = json.loads((here / "growth.json").read_text("utf-8"))
    assert plot(panels(rows)) == (here / "growth.svg").read_text("utf-8")


def test_material_can_be_read_back(material: Path) -> None:
    assert isinstance(read_material(material), Material)
