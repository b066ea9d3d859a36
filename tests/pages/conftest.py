"""Pages are tested with a solver that remembers: a hundred tests freeze the same few worlds to the same figures."""

from collections.abc import Iterator
from hashlib import blake2b
from unittest.mock import patch

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from engage.analysis.method.small_numbers import sums


@pytest.fixture(scope="session", autouse=True)
def solver() -> Iterator[None]:
    """Solve each program once in a process; whatever is asked differently, by one number, is solved anew.

    tests/method and tests/bench solve everything each time.
    """
    solved: dict[bytes, OptimizeResult] = {}

    def solve(
        aim: NDArray[np.float64], *, bounds: Bounds, constraints: LinearConstraint, **how: object
    ) -> OptimizeResult:
        asked = name_of(aim, how.get("integrality", 0), bounds, constraints)
        if asked not in solved:
            solved[asked] = milp(aim, bounds=bounds, constraints=constraints, **how)
        return solved[asked]

    with patch.object(sums, "milp", solve):
        yield


def name_of(aim: object, integrality: object, bounds: Bounds, constraints: LinearConstraint) -> bytes:
    """Everything the solver is told, in a few bytes."""
    told, matrix = blake2b(), constraints.A
    parts = (bounds.lb, bounds.ub, constraints.lb, constraints.ub, matrix.data, matrix.indices, matrix.indptr)
    for part in (aim, integrality, *parts):
        numbers = np.ascontiguousarray(part)
        told.update(f"{numbers.dtype}{numbers.shape}".encode())
        told.update(numbers.tobytes())
    return told.digest()
