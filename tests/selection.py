"""Which cases of a test run at every commit."""

from collections.abc import Iterable

import pytest


def quick(cases: Iterable[object], others: Iterable[object]) -> list[object]:
    """`cases` run in `make test`, the others in `make test-long` alone."""
    return [*cases, *(pytest.param(case, marks=pytest.mark.long) for case in others)]
