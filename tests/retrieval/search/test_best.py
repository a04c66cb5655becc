"""The highest scores are found without sorting all of them, and are the same as if all were."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.search.search import best


@pytest.mark.parametrize("size", [0, 1, 7, 1_000])
@pytest.mark.parametrize("limit", [1, 5, 200])
def test_the_best_are_those_of_a_whole_sort_with_the_earlier_of_equals_first(
    size: int, limit: int
) -> None:
    # Few different values, so that equals stand at the limit.
    scores = np.random.default_rng(size + limit).integers(-3, 9, size).astype(np.float32)
    order = [int(at) for at in np.argsort(-scores, kind="stable")[:limit] if scores[at] > 0]
    assert list(best(scores, limit).items()) == [(at, float(scores[at])) for at in order]
