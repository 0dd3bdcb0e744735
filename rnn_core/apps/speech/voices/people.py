"""Synthetic people for make_data.py: formants, glottis, tempo and accent drawn at random, as variants that eSpeak NG reads.

The variants that come with eSpeak NG are a few dozen. A network that learns from those alone knows too few vocal tracts
and accents, so people are drawn from a seed: the length of the vocal tract moves all formants, each formant has an offset of its own,
and some people pronounce the digits as speakers of another language do.
"""

from dataclasses import dataclass

import numpy as np

NATIVE = (
    "en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029", "en-us-nyc", "en-gb-x-gbclan", "en-gb-x-gbcwmd",
)  # fmt: skip
# The English digits in the phonemes of eSpeak NG, as a speaker of each language may pronounce them.
FOREIGN = {
    "de": "z'i:Ro: v'an t'u: sR'i: f'o:R f'aIf z'Iks z'EvEn 'e:It n'aIn",
    "fr": "z'iRo w'an t'u sR'i f'OR f'ajv s'iks sEv'En 'Ejt n'ajn",
    "es": "s'iro gw'an t'u tr'i f'or f'aif s'iks s'eBen 'eit n'ain",
    "el": "z'iro w'an t'u Tr'i f'or f'aiv s'iks s'even 'eit n'ain",
    "it": "dz'iro w'an t'u tr'i f'or f'aiv s'iks s'even 'eit n'ain",
    "hi": "z'i:ro: v'Vn t'u: t'ri: f'o:r f'a:Iv s'Iks s'e:vVn 'e:t n'a:In",
    "ru": "z'iro v'an t'u sr'i f'or f'ajf s'iks s'even 'ejt n'ajn",
    "nl": "z'i:ro: w'An t'u tr'i f'o:r f'aIf s'Ik|s s'Ev@n 'e:t n'aIn",
    "sv": "s'i:ro: v'an t'u: tr'i: f'o:r f'ajv s'iks s'Ev@n 'ejt n'ajn",
}


@dataclass(frozen=True)
class Person:
    name: str
    language: str  # of eSpeak NG
    variant: str  # the content of a variant file
    speed: int  # words a minute
    pitch: int  # 0 to 99

    @property
    def phonemes(self) -> list[str] | None:
        """The ten digits in phonemes, for an accent; None for a native speaker."""
        return FOREIGN[self.language].split() if self.language in FOREIGN else None


def people(count: int, seed: int) -> list[Person]:
    rng = np.random.default_rng(seed)
    return [_person(f"person {k + 1}", rng) for k in range(count)]


def _person(name: str, rng: np.random.Generator) -> Person:
    languages = NATIVE if rng.random() < 0.65 else tuple(FOREIGN)
    size = rng.uniform(0.85, 1.25)  # of the formants' frequencies: large for a short vocal tract
    low = int(np.clip(95.0 * size ** rng.uniform(1.5, 3.5) * rng.uniform(0.8, 1.2), 60, 260))
    lines = ["language variant", f"name {name.replace(' ', '')}", f"pitch {low} {int(low * rng.uniform(1.1, 1.7))}"]
    for formant in range(9):
        place = round(100.0 * size * rng.uniform(0.94, 1.06))
        lines.append(f"formant {formant} {place} {rng.integers(70, 130)} {rng.integers(70, 140)}")
    lines += [
        f"roughness {rng.integers(0, 5)}",
        f"flutter {rng.integers(0, 10)}",
        f"voicing {rng.integers(70, 150)}",
        f"consonants {rng.integers(60, 140)} {rng.integers(60, 140)}",
    ]
    if rng.random() < 0.35:
        lines.append(f"klatt {rng.integers(1, 5)}")
    if rng.random() < 0.2:
        lines.append(f"breath {rng.integers(10, 60)} {rng.integers(10, 60)} {rng.integers(0, 40)}")
    variant = "\n".join(lines) + "\n"
    return Person(name, str(rng.choice(languages)), variant, int(rng.integers(105, 215)), int(rng.integers(30, 70)))
