"""Data augmentation of spoken words: throat, tempo, pitch, room, microphone and noise.

The network must generalise to new voices and rooms, and would overfit a few dozen synthetic voices without augmentation.
Every batch changes every sound at random. The rooms, microphones and noises are drawn once, and every sound gets one of
each.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.speech.features import (
    CEPSTRA,
    HOP,
    WINDOW,
    at_one_scale,
    cepstra,
    decibels,
    emphasise,
    hann,
    mel_filters,
)
from rnn_core.apps.speech.sound import RATE, Integers
from rnn_core.arrays import Array

Floats = NDArray[np.float32]

LEAD = 2000  # samples of background before the word
BUFFER = 3 * 2**12  # samples: a second and a half, for one word
POOL = 256  # number of rooms with a microphone, and of noises
WARPS = np.round(np.arange(0.76, 1.2001, 0.02), 2)  # relative length of the vocal tract, from short (a child's) to long
WHISPERED = 0.15  # the share of sounds that lose their voice


@dataclass(frozen=True)
class Sounds:
    """B sounds, padded to the longest."""

    cepstra: Array  # (B, T, 13)
    lengths: Integers  # (B,) frames; the rest is padding

    @cached_property
    def inputs(self) -> Array:
        """(B, T, 13) standardised, as the network reads them."""
        result = np.zeros_like(self.cepstra)
        for row, length in enumerate(self.lengths):
            result[row, :length] = at_one_scale(self.cepstra[row, :length])
        return result


def changed(words: list[Array], rng: np.random.Generator, buffer: int = BUFFER) -> Sounds:
    """Each word, changed at random; what lies beyond `buffer` samples is cut off."""
    sounds, ends = _placed(words, rng, buffer)
    count = len(words)
    loudness = np.sqrt(np.sum(sounds**2, axis=1) / (ends - LEAD))[:, None]  # of the word itself
    background = _background(sounds, rng)
    there = np.fft.irfft(np.fft.rfft(sounds) * channels(buffer)[rng.integers(0, POOL, count)], buffer)
    return _heard(_overdriven(there + loudness * background, rng), ends, rng)


def _placed(words: list[Array], rng: np.random.Generator, buffer: int) -> tuple[Floats, Integers]:
    """(B, N) each word after LEAD samples, played a little faster or slower (pitch and throat with it), and its end."""
    sounds, ends = np.zeros((len(words), buffer), np.float32), np.zeros(len(words), np.int64)
    for row, word in enumerate(words):
        faster = np.exp(rng.uniform(-0.2, 0.25))
        played = np.interp(np.arange(0.0, len(word) - 1, faster), np.arange(len(word)), word)[: buffer - LEAD]
        ends[row] = LEAD + len(played)
        sounds[row, LEAD : ends[row]] = played
    return sounds, ends


def _background(sounds: Floats, rng: np.random.Generator) -> Floats:
    """(B, N) for a word of loudness 1: a hiss of random colour and strength, and for one in four another voice below it."""
    count = len(sounds)
    hiss = noises(sounds.shape[1])[rng.integers(0, POOL, count)] * _decibels(-rng.uniform(3.0, 50.0, (count, 1)))
    others = np.roll(np.roll(sounds, 1, axis=0), int(rng.integers(-3000, 3000)), axis=1)
    others /= np.sqrt(np.mean(others**2, axis=1, keepdims=True)) + 1e-9
    heard = rng.random((count, 1)) < 0.25
    return hiss + others * (heard * _decibels(-rng.uniform(12.0, 35.0, (count, 1)))).astype(np.float32)


def _decibels(value: Array) -> Floats:
    return np.asarray(10.0 ** (value / 20.0), np.float32)


@lru_cache(maxsize=2)
def channels(buffer: int = BUFFER) -> NDArray[np.complex64]:
    """(POOL, F): a room (a decaying noise after the direct sound; half of them none) heard through a microphone
    (smooth hills and valleys, and for some an upper or a lower edge)."""
    rng = np.random.default_rng(1)
    time = np.arange(RATE // 2) / RATE
    fade = rng.uniform(0.05, 0.5, (POOL, 1))  # seconds until 60 dB are gone
    tail = rng.standard_normal((POOL, len(time))) * np.exp(-6.9 * time / fade)
    strength = rng.uniform(0.0, 1.0, (POOL, 1)) * (rng.random((POOL, 1)) < 0.5)
    tail *= strength / np.sqrt(np.sum(tail**2, axis=1, keepdims=True))
    tail[:, 0] += 1.0

    hertz = np.arange(buffer // 2 + 1) * (RATE / buffer)
    place = np.log1p(hertz / 300.0) / np.log1p(4000.0 / 300.0)
    curve = rng.normal(0.0, 2.5, (POOL, 4)) @ np.cos(np.pi * np.outer(np.arange(1, 5), place))  # decibels
    upper = np.where(rng.random((POOL, 1)) < 0.3, rng.uniform(2200.0, 4000.0, (POOL, 1)), 9000.0)
    lower = np.where(rng.random((POOL, 1)) < 0.5, rng.uniform(60.0, 350.0, (POOL, 1)), 1.0)
    curve -= 10.0 * np.log10((1.0 + (hertz / upper) ** 12) * (1.0 + (lower / (hertz + 1.0)) ** 4))
    return (np.fft.rfft(tail, buffer) * 10.0 ** (curve / 20.0)).astype(np.complex64)


@lru_cache(maxsize=2)
def noises(buffer: int = BUFFER) -> Floats:
    """(POOL, N) of loudness 1, from white to dark."""
    rng = np.random.default_rng(2)
    hertz = np.arange(buffer // 2 + 1) * (RATE / buffer)
    colour = (hertz + 30.0) ** -rng.uniform(0.0, 1.2, (POOL, 1))
    made = np.fft.irfft(np.fft.rfft(rng.standard_normal((POOL, buffer))) * colour, buffer)
    return np.asarray(made / made.std(axis=1, keepdims=True), np.float32)


def _overdriven(sounds: NDArray[Any], rng: np.random.Generator) -> NDArray[Any]:
    """One in six sounds is clipped at a fraction of its peak."""
    peak = np.abs(sounds).max(axis=1, keepdims=True)
    edge = np.where(rng.random(peak.shape) < 1 / 6, rng.uniform(0.2, 0.9, peak.shape), 1.0).astype(np.float32) * peak
    return np.asarray(np.clip(sounds, -edge, edge))


def _heard(sounds: NDArray[Any], ends: Integers, rng: np.random.Generator) -> Sounds:
    """Features at frames that are not quite evenly spaced (tempo), with filters that are a little off (throat)."""
    count = len(sounds)
    emphasised = emphasise(sounds)
    first = LEAD - rng.integers(0, LEAD, count)
    last = np.minimum(ends + rng.integers(0, 2400, count), sounds.shape[1]) - WINDOW
    hops = HOP * np.exp(rng.uniform(-0.35, 0.35, count))
    lengths = np.maximum(2, ((last - first) / hops).astype(np.int64))
    bends = rng.uniform(-0.12, 0.12, count)
    warps, whispered = rng.choice(WARPS, count), rng.random(count) < WHISPERED
    result = np.zeros((count, int(lengths.max()), CEPSTRA))
    for row, length in enumerate(lengths):
        way = np.linspace(0.0, 1.0, length)
        way += bends[row] * np.sin(np.pi * way)
        starts = (first[row] + np.clip(way, 0.0, 1.0) * (last[row] - first[row])).astype(np.int64)
        views = np.lib.stride_tricks.sliding_window_view(emphasised[row], WINDOW)
        spectrum = np.fft.rfft(views[starts] * hann().astype(np.float32))
        power = spectrum.real**2 + spectrum.imag**2
        if whispered[row]:  # breath instead of a voice: every frequency of every frame is strong or weak by chance
            power = power * rng.exponential(size=power.shape)
        mel = power @ mel_filters(float(warps[row])).T
        result[row, :length] = cepstra(decibels(mel))
    return Sounds(result, lengths)
