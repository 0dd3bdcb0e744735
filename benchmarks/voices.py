"""How well unseen speakers are understood: English digits of people in Debian's packages, of whom nothing was learned.

`python -m benchmarks voices` needs festival with the voices below, asterisk-core-sounds-en-wav and saytime. Two people recorded the digits
themselves. The voices of festival are cut from recordings of speakers of other languages, who get the English sounds that come nearest in
their own language, three times in other tempi and pitches. Neither their recordings nor these voices ship with the app.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import timing
from rnn_core.apps.speech.data import padded
from rnn_core.apps.speech.language import in_language
from rnn_core.apps.speech.listen import heard
from rnn_core.apps.speech.playing import played
from rnn_core.apps.speech.reader import Reader
from rnn_core.apps.speech.settings import SHIPPED, Settings
from rnn_core.apps.speech.sound import RATE, resampled
from rnn_core.apps.speech.voices.make_data import KED, with_prosody
from rnn_core.apps.speech.wav import read_wav
from rnn_core.apps.trained import load_trained
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax

ITALIAN = ("dz i r o", "w a1 n", "t u1", "t r i1", "f O1 r", "f a1 i v", "s i1 k s", "s E1 v e n", "e1 i t", "n a1 i n")
CZECH = ("z i r o u", "v a n", "t u:", "s r i:", "f o: r", "f a j v", "s i k s", "s e v n", "e j t", "n a j n")
FINNISH = ("s i: r o u", "v a n", "t u:", "s r i:", "f o: r", "f a i v", "s i k s", "s e v e n", "e i t", "n a i n")
HINDI = (
    "j iy r oo", "w aa n", "t uw", "th r iy", "f oo r", "f aa iy v", "s ih k s", "s eh v ih n", "ee t", "n aa iy n",
)  # fmt: skip
# The voice, its digits, its silence, its pitch in Hz.
VOICES: dict[str, tuple[tuple[str, tuple[str, ...], str, float], ...]] = {
    "speakers of other languages": (
        ("lp_diphone", ITALIAN, "#", 200.0),
        ("pc_diphone", ITALIAN, "#", 120.0),
        ("czech_krb", CZECH, "#", 250.0),
        ("czech_ph", CZECH, "#", 115.0),
        ("hy_fi_mv_diphone", FINNISH, "#", 105.0),
        ("czech_dita", CZECH, "#", 200.0),
        ("czech_machac", CZECH, "#", 110.0),
        ("suo_fi_lj_diphone", FINNISH, "#", 190.0),
        ("hindi_NSK_diphone", HINDI, "pau", 120.0),
    ),
    "American English": (("kal_diphone", KED, "pau", 105.0),),
}
TAKES = ((1.0, 1.0), (0.8, 1.15), (1.3, 0.9))  # how much slower, and how much higher
ALLISON = Path("/usr/share/asterisk/sounds/en_US_f_Allison/digits")
SAYTIME = Path("/usr/share/saytime")


def of_festival(voice: str, digits: tuple[str, ...], silence: str, hertz: float) -> Iterator[tuple[Array, int]]:
    for take, (slower, higher) in enumerate(TAKES):
        for digit, phones in enumerate(digits):
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "word.wav"
                rng = np.random.default_rng([take, digit])
                program = with_prosody(voice, phones.split(), hertz * higher, slower, rng, silence)
                subprocess.run(["festival", "--batch", program.replace("OUT", str(out))], check=True)
                yield resampled(*read_wav(out.read_bytes())), digit


def recorded() -> dict[str, list[tuple[Array, int]]]:
    people: dict[str, list[tuple[Array, int]]] = {"Allison Smith": [], "David Dawson": []}
    for digit in range(10):
        people["Allison Smith"].append((resampled(*read_wav((ALLISON / f"{digit}.wav").read_bytes())), digit))
        plain = (SAYTIME / f"{digit}.au").read_bytes()  # mu-law at 8 kHz, without a header
        form = b"RIFF\x00\x00\x00\x00WAVEfmt \x12\x00\x00\x00\x07\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00\x00\x00data"
        people["David Dawson"].append((read_wav(form + len(plain).to_bytes(4, "little") + plain)[0], digit))
    return people


def understood(reader: Reader, sounds: list[tuple[Array, int]]) -> dict[str, float]:
    """The share that is right where the language is guessed and where English is chosen, and that is taken for Mandarin."""
    read = padded([played(heard(sound, RATE).whole).features.cepstra for sound, _digit in sounds])
    digits = np.array([digit for _sound, digit in sounds])
    words = reader.settings.words
    beliefs = softmax(reader.scores(read.inputs, read.lengths))
    guessed = [in_language(belief[None], words, "guess") for belief in beliefs]
    chosen = [in_language(belief[None], words, "english") for belief in beliefs]
    return {
        "language guessed": float(np.mean([each.belief[-1].argmax() for each in guessed] == digits)),
        "English chosen": float(np.mean([each.belief[-1].argmax() for each in chosen] == digits)),
        "taken for Mandarin": float(np.mean([each.language == "mandarin" for each in guessed])),
    }


def main() -> None:
    groups = {"recorded people": recorded()} | {
        group: {voice[0]: list(of_festival(*voice)) for voice in voices} for group, voices in VOICES.items()
    }
    results: dict[str, Any] = {}
    for variant, settings in SHIPPED.items():
        if settings.task == "word":
            reader = Reader(load_trained(Settings, variant).state)
            results[variant] = {
                group: {name: understood(reader, sounds) for name, sounds in people.items()}
                for group, people in groups.items()
            }
    timing.save("voices", results)
