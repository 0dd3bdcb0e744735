"""Why a sound is refused, and what was noticed in it, in the reader's words."""

from ui.as_text import in_markdown
from ui.i18n import _


def refused(fault: str, detail: str) -> str:
    """Why a sound is refused, and what to do."""
    words = {
        "empty": _("There is nothing in this file. Record again, or choose another."),
        "large": _("The file is too large ({detail}). One spoken digit is enough: a second or two."),
        "compressed file": _("This is a file of another kind ({detail}). Save the sound as WAV (PCM), and try again."),
        "text": _("This is text, not sound. Choose a WAV file."),
        "not sound": _("This is not a WAV file. Choose one, or use the microphone."),
        "cut off": _("The file begins like a WAV file and breaks off. Save or record it again."),
        "format": _("A WAV file of a form that is not read here ({detail}). Save it as PCM with 16 bits."),
        "rate": _("{detail} is a sampling rate that speech does not come in. From 4,000 to 192,000 Hz can be read."),
        "numbers": _("The file holds values that are no numbers. Save it again as PCM with 16 bits."),
        "long": _("The recording lasts {detail} seconds, and ten are the most. Say one digit."),
        "silent": _("Nothing is heard, only silence. Is the right microphone chosen, and not muted?"),
        "short": _("Only {detail} seconds of sound: too short for a word. Say the digit a little more slowly."),
        "long strip": _("{detail} seconds of speech: up to six digits in six seconds are read."),
        "pauses": _("Only {detail} words could be told apart: make a longer pause after each."),
        "several words": _("{detail} seconds of speech: more than one word? Say a single digit."),
    }
    return words[fault].format(detail=in_markdown(detail))


def remarks() -> dict[str, str]:
    return {
        "clipped": _("Too loud: the peaks are cut off (clipping). Move away from the microphone, or turn it down."),
        "quiet": _("Very quiet. It is read all the same; nearer to the microphone is better."),
        "noisy": _("The voice hardly stands out from the background. Where it is quieter, the answer is surer."),
        "low rate": _("A low sampling rate: the high tones of s and f are missing."),
    }
