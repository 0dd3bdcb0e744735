"""Facts about the libraries that are installed here, read from their files without importing them."""

import ast
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Of Keras 3, for a machine on which it is not installed; tests compare it with the installed one.
KERAS_BACKENDS = ("jax", "numpy", "openvino", "tensorflow", "torch")


@dataclass(frozen=True)
class Documented:
    torch_words: int  # of the docstring of torch.nn.LSTM; 0 where torch is not installed
    keras_backends: tuple[str, ...]


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec is not None and spec.origin else None


@cache
def documented() -> Documented:
    torch, keras = _folder("torch"), _folder("keras")
    words = 0
    if torch is not None:
        source = ast.parse((torch / "nn" / "modules" / "rnn.py").read_text(encoding="utf-8"))
        words = sum(
            len((ast.get_docstring(node) or "").split())
            for node in source.body
            if isinstance(node, ast.ClassDef) and node.name == "LSTM"
        )
    backends: tuple[str, ...] = KERAS_BACKENDS
    if keras is not None:
        folders = (keras / "src" / "backend").iterdir()
        backends = tuple(sorted(each.name for each in folders if (each / "rnn.py").is_file()))
    return Documented(words, backends)
