"""`python -m benchmarks mutations` shows that the tests notice mistakes; here only that its list still fits the code."""

import ast

import pytest

from benchmarks.mutations import MUTATIONS, ROOT


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.what)
def test_every_mutation_applies_to_the_current_code(mutation):
    source = (ROOT / "rnn_core" / mutation.file).read_text(encoding="utf-8")
    assert source.count(mutation.old) == 1
    mutated = source.replace(mutation.old, mutation.new)
    assert ast.dump(ast.parse(mutated)) != ast.dump(ast.parse(source))
