"""Makes rnn_core/apps/speech/files/digits.safetensors: every digit spoken by every voice. Needs the programs espeak-ng and flite.

python -m rnn_core.apps.speech.make_data

This file also assigns each voice to training, validation or test.
"""

import json
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from rnn_core.apps.speech.data import FILE, Voice
from rnn_core.apps.speech.sound import resampled, spoken, to_mulaw
from rnn_core.apps.speech.wav import read_wav
from rnn_core.arrays import Array

ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MANDARIN = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")

# split, accent, variant of eSpeak NG, words a minute, pitch (0 to 99)
ESPEAK = (
    ("training", "en-us", "", 160, 50),
    ("training", "en-gb", "m1", 140, 40),
    ("training", "en-gb-x-rp", "m2", 175, 55),
    ("training", "en-us", "m4", 190, 45),
    ("training", "en-gb-x-gbclan", "m6", 150, 60),
    ("training", "en-029", "m7", 165, 35),
    ("training", "en-us", "f1", 145, 55),
    ("training", "en-gb", "f2", 170, 65),
    ("training", "en-us-nyc", "f4", 180, 50),
    ("training", "en-gb-x-gbcwmd", "klatt", 150, 50),
    ("training", "en-us", "klatt4", 170, 40),
    ("training", "en-gb", "whisper", 155, 50),
    ("training", "en-us", "croak", 140, 30),
    ("training", "en-gb-x-rp", "Alex", 185, 50),
    ("training", "en-us", "Andrea", 160, 60),
    ("training", "en-029", "Annie", 150, 50),
    ("training", "en-us-nyc", "Denis", 175, 45),
    ("training", "en-gb", "Gene", 130, 50),
    ("training", "en-us", "Hugo", 165, 40),
    ("training", "en-gb-x-gbclan", "linda", 155, 60),
    ("training", "en-us", "Mike", 200, 50),
    ("training", "en-gb-x-gbcwmd", "steph", 145, 70),
    ("training", "en-us", "adam", 125, 50),
    ("training", "en-us", "travis", 180, 55),
    ("validation", "en-gb", "m5", 165, 45),
    ("validation", "en-us", "f5", 155, 55),
    ("validation", "en-us-nyc", "belinda", 175, 60),
    ("validation", "en-gb-x-rp", "klatt3", 160, 50),
    ("validation", "en-gb", "whisperf", 150, 50),
    ("validation", "en-us-nyc", "Alicia", 185, 55),
    ("validation", "en-gb-x-rp", "Lee", 140, 50),
    ("validation", "en-us", "zac", 170, 50),
    ("test", "en-us", "m3", 150, 50),
    ("test", "en-gb-scotland", "m8", 165, 40),
    ("test", "en-us", "f3", 175, 60),
    ("test", "en-gb", "klatt2", 160, 45),
    ("test", "en-gb-scotland", "grandma", 150, 50),
    ("test", "en-us-nyc", "victor", 185, 55),
    ("test", "en-gb-x-rp", "boris", 140, 50),
    ("test", "en-us", "anika", 170, 50),
)
# split, voice of Flite, how much slower than as it is
FLITE = (
    ("training", "rms", 1.0),
    ("training", "rms", 1.3),
    ("training", "awb", 1.0),
    ("training", "awb", 1.25),
    ("test", "slt", 1.0),
    ("test", "slt", 1.3),
    ("test", "kal16", 1.0),
    ("test", "kal16", 1.25),
)


def voices() -> list[tuple[Voice, list[list[str]]]]:
    """Every voice, and for each of its words the command that writes it to a sound file."""
    made: list[tuple[Voice, list[list[str]]]] = []
    for split, accent, variant, speed, pitch in ESPEAK:
        end, how = f"+{variant}" if variant else "", ["-s", str(speed), "-p", str(pitch), "-w"]
        words = [["espeak-ng", "-v", accent + end, *how, "OUT", word] for word in ENGLISH]
        words += [["espeak-ng", "-v", f"cmn-latn-pinyin{end}", *how, "OUT", word] for word in MANDARIN]
        made.append((Voice(variant or "default", "eSpeak NG", accent, split), words))
    for split, name, slower in FLITE:
        how = ["--setf", f"duration_stretch={slower}"]
        words = [["flite", "-voice", name, *how, "-t", word, "-o", "OUT"] for word in ENGLISH]
        made.append((Voice(name if slower == 1.0 else f"{name}, slowly", "Flite", "en", split), words))
    return made


def say(command: list[str]) -> Array:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "word.wav"
        subprocess.run([str(out) if part == "OUT" else part for part in command], check=True, capture_output=True)
        samples = resampled(*read_wav(out.read_bytes()))
    samples = samples[spoken(samples, margin=0.03)]
    return np.asarray(samples * (0.7 / np.abs(samples).max()))


def main() -> None:
    audio, ends, words, spoken_by = [], [], [], []
    made = voices()
    for number, (_, commands) in enumerate(made):
        for word, command in enumerate(commands):
            audio.append(to_mulaw(say(command)))
            ends.append(len(audio[-1]))
            words.append(word)
            spoken_by.append(number)
    tensors: dict[str, NDArray[Any]] = {
        "audio": np.concatenate(audio),
        "ends": np.cumsum(ends).astype(np.int32),
        "words": np.array(words, np.uint8),
        "voices": np.array(spoken_by, np.uint8),
    }
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(save(tensors, {"voices": json.dumps([asdict(voice) for voice, _ in made])}))
    print(f"{len(ends)} words, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
