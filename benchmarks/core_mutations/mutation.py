"""One mistake."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    file: str  # in rnn_core/
    what: str
    old: str  # found exactly once in the file
    new: str
