"""Makes rnn_core/apps/speech/files/digits.safetensors: every digit spoken by every voice. Needs the programs espeak-ng, flite and
festival, and festival's voice ked (Debian: festvox-kdlpc16k).

python -m rnn_core.apps.speech.voices.make_data

This file also assigns each voice to training, validation or test.
"""

import json
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from rnn_core.apps.speech.data import FILE, Voice
from rnn_core.apps.speech.sound import resampled, spoken, to_mulaw
from rnn_core.apps.speech.voices.parts import (
    ESPEAK,
    FLITE,
    KED_TAKES,
    TRAINING_PEOPLE,
    VALIDATION_PEOPLE,
    WITH_MANDARIN,
)
from rnn_core.apps.speech.voices.people import Person, people
from rnn_core.apps.speech.wav import read_wav
from rnn_core.arrays import Array

ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MANDARIN = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
# The English digits in the phonemes of festival's voice ked.
KED = (
    "z ih r ow", "w ah n", "t uw", "th r iy", "f ao r", "f ay v", "s ih k s", "s eh v ax n", "ey t", "n ay n",
)  # fmt: skip
ESPEAK_DATA = Path("/usr/lib/x86_64-linux-gnu/espeak-ng-data")
Command = list[str]


def voices(variants: Path) -> list[tuple[Voice, list[Command]]]:
    """Every voice, and for each of its words the command that writes it to a sound file.

    `variants`: a folder with a copy of eSpeak NG's data, where variants of people can be put.
    """
    made: list[tuple[Voice, list[Command]]] = []
    for split, accent, variant, speed, pitch in ESPEAK:
        end, how = f"+{variant}" if variant else "", ["-s", str(speed), "-p", str(pitch), "-w"]
        words = [["espeak-ng", "-v", accent + end, *how, "OUT", word] for word in ENGLISH]
        words += [["espeak-ng", "-v", f"cmn-latn-pinyin{end}", *how, "OUT", word] for word in MANDARIN]
        made.append((Voice(variant or "default", "eSpeak NG", accent, split), words))
    for number, person in enumerate(people(TRAINING_PEOPLE + VALIDATION_PEOPLE, seed=0)):
        split = "training" if number < TRAINING_PEOPLE else "validation"
        both = split == "validation" or number % WITH_MANDARIN == 0
        made.append((Voice(person.name, "eSpeak NG", person.language, split), _as_person(person, variants, both)))
    for split, name, slower in FLITE:
        how = ["--setf", f"duration_stretch={slower}"]
        words = [["flite", "-voice", name, *how, "-t", word, "-o", "OUT"] for word in ENGLISH]
        made.append(
            (Voice(name if slower == 1.0 else f"{name}, {slower:g} times as long", "Flite", "en", split), words)
        )
    for take in range(KED_TAKES):
        rng = np.random.default_rng([1, take])
        height, tempo = rng.uniform(85.0, 150.0), rng.uniform(0.7, 1.4)
        words = [["festival", "--batch", with_prosody("ked_diphone", word.split(), height, tempo, rng)] for word in KED]
        made.append((Voice(f"ked, take {take + 1}", "Festival", "en-us", "training"), words))
    return made


def _as_person(person: Person, variants: Path, is_bilingual: bool) -> list[Command]:
    name = person.name.replace(" ", "")
    (variants / "espeak-ng-data" / "voices" / "!v" / name).write_text(person.variant)
    how = ["-s", str(person.speed), "-p", str(person.pitch), "-w", "OUT"]
    program = ["espeak-ng", f"--path={variants}"]
    words = [f"[[{each}]]" for each in person.phonemes] if person.phonemes else list(ENGLISH)
    made = [[*program, "-v", f"{person.language}+{name}", *how, word] for word in words]
    if is_bilingual:
        made += [[*program, "-v", f"cmn-latn-pinyin+{name}", *how, word] for word in MANDARIN]
    return made


def with_prosody(
    voice: str, phones: list[str], pitch: float, slower: float, rng: np.random.Generator, silence: str = "pau"
) -> str:
    """A program for festival: the phones with durations and a falling pitch, both a little by chance."""
    parts = [f"({silence} 0.2)"]
    for place, phone in enumerate(phones):
        seconds = (0.15 if phone[0] in "aeiouEO" else 0.09) * slower * np.exp(rng.uniform(-0.25, 0.25))
        hertz = pitch * (1.12 - 0.3 * place / len(phones)) * np.exp(rng.uniform(-0.06, 0.06))
        parts.append(f"({phone} {seconds:.3f} ({seconds / 2:.3f} {hertz:.0f}))")
    parts.append(f"({silence} 0.25)")
    made = f"(set! word (Utterance Segments ({' '.join(parts)})))"
    return f'(begin (voice_{voice}) {made} (utt.synth word) (utt.save.wave word "OUT" \'riff))'


def say(command: Command) -> Array:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "word.wav"
        subprocess.run([part.replace("OUT", str(out)) for part in command], check=True, capture_output=True)
        samples = resampled(*read_wav(out.read_bytes()))
    samples = samples[spoken(samples, margin=0.03)]
    return np.asarray(samples * (0.7 / np.abs(samples).max()))


def main() -> None:
    audio, ends, words, spoken_by = [], [], [], []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
        copied = shutil.copytree(ESPEAK_DATA, Path(folder) / "espeak-ng-data")
        shutil.rmtree(copied / "voices")  # eSpeak NG finds 350 voices at most
        (copied / "voices" / "!v").mkdir(parents=True)
        made = voices(Path(folder))
        for number, (_, commands) in enumerate(made):
            for word, samples in enumerate(pool.map(say, commands)):
                audio.append(to_mulaw(samples))
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
