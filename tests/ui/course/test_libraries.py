"""The two lines of every library on the page of the guide run, and give what the page says of them.

`make test-libraries` installs the libraries beside the app and runs all of them; the default suite runs the code of PyTorch.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_core.studies.libraries import LIBRARIES
from tests.repository import ROOT

# What the lines read, made first; and what they must leave. All of it runs where the libraries are, and without a connection.
PREPARED = {
    "librosa": "import numpy, soundfile\nsoundfile.write('word.wav', numpy.sin(numpy.arange(8000) / 9), 8000)",
    "opencv": "import cv2, numpy\ncv2.imwrite('digit.png', numpy.arange(3136, dtype=numpy.uint8).reshape(56, 56))",
    "sklearn": "import numpy\ntraining, test = numpy.arange(12.0).reshape(6, 2), numpy.full((2, 2), [5.0, 6.0])",
    # The folder has the model's name, so that the same lines find it there and download nothing.
    "hugging_face": """
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import DistilBertConfig, DistilBertForSequenceClassification, PreTrainedTokenizerFast

FOLDER = "distilbert/distilbert-base-uncased-finetuned-sst-2-english"
words = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "Not", "bad", "at", "all", "."])}
tokenizer = Tokenizer(WordLevel(words, "[UNK]"))
tokenizer.pre_tokenizer = Whitespace()
PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(FOLDER)
sizes = dict(vocab_size=len(words), dim=8, hidden_dim=16, n_heads=2, n_layers=1)
DistilBertForSequenceClassification(DistilBertConfig(**sizes)).save_pretrained(FOLDER)
""",
}
LEFT = {
    "nltk": "tokens == ['The', 'cat', 'sat', '.']",
    "spacy": "tokens == ['The', 'cat', 'sat', '.']",
    "gensim": "vector.shape == (100,) and vector.any()",
    "librosa": "features.shape == (32, 13)",  # one second: a frame every 512 of 16,000 samples, and one at the start
    "opencv": "rows.shape == (28, 28) and 0 < rows.max() <= 1",
    "sklearn": "abs(scaled).max() < 1e-12",  # the mean of the training part
    "keras": "model.count_params() == 4 * 64 * (13 + 64 + 1) + 65 * 10",
    "torch": "hs.shape == (8, 100, 64) and h.shape == c.shape == (1, 8, 64)",
    "hugging_face": "answer[0]['label'] in ('LABEL_0', 'LABEL_1') and 0.5 <= answer[0]['score'] <= 1",
}


def test_the_code_of_a_library_is_two_lines_of_python_whose_result_is_checked() -> None:
    assert LEFT.keys() == LIBRARIES.keys()
    for library in LIBRARIES.values():
        assert len(library.code.splitlines()) == 2
        ast.parse(library.code)


def run(name: str, python: str, folder: Path) -> None:
    program = "\n".join([PREPARED.get(name, ""), LIBRARIES[name].code, f"assert {LEFT[name]}"])
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run(
        [python, "-c", program], cwd=folder, env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_code_of_pytorch_runs(tmp_path: Path) -> None:
    run("torch", sys.executable, tmp_path)


@pytest.mark.libraries
@pytest.mark.parametrize("name", LIBRARIES)
def test_the_code_of_every_library_runs(name: str, tmp_path: Path) -> None:
    run(name, str(ROOT / ".venv-libraries/bin/python"), tmp_path)
