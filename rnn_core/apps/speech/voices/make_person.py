"""Makes rnn_core/apps/speech/files/person.safetensors: the ten English digits that Allison Smith recorded for the telephone system
Asterisk. Needs Debian's package asterisk-core-sounds-en-wav (CC BY-SA 3.0, and so is the file).

python -m rnn_core.apps.speech.voices.make_person
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from rnn_core.apps.speech.data import PERSON, Voice
from rnn_core.apps.speech.sound import resampled, spoken, to_mulaw
from rnn_core.apps.speech.wav import read_wav

FOLDER = Path("/usr/share/asterisk/sounds/en_US_f_Allison/digits")
VOICE = Voice("Allison Smith", "recorded", "en-us", "test")


def main() -> None:
    codes = []
    for digit in range(10):
        samples = resampled(*read_wav((FOLDER / f"{digit}.wav").read_bytes()))
        samples = samples[spoken(samples, margin=0.03)]
        codes.append(to_mulaw(samples * (0.7 / np.abs(samples).max())))
    tensors: dict[str, NDArray[Any]] = {
        "audio": np.concatenate(codes),
        "ends": np.cumsum([len(each) for each in codes]).astype(np.int32),
        "words": np.arange(10, dtype=np.uint8),
        "voices": np.zeros(10, np.uint8),
    }
    PERSON.write_bytes(save(tensors, {"voices": json.dumps([asdict(VOICE)])}))


if __name__ == "__main__":
    main()
