"""Everything that the search finds: pages, terms, presets, experiments and claims, with the address of each."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Literal
from urllib.parse import urlencode

from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.params.presets import PRESETS
from rnn_core.studies.claims.all_claims import CLAIMS
from ui.browser import assets
from ui.cells.controls import preset_label
from ui.course.claims.texts import text_of
from ui.i18n import Language, _, using_language
from ui.lab.experiments.titles import titles as experiment_titles
from ui.memory.after import page as after
from ui.memory.bptt import presets as bptt
from ui.memory.clipping import presets as clipping
from ui.memory.gates import presets as gates
from ui.memory.gradients import controls as gradients
from ui.memory.states import presets as states
from ui.memory.variants.controls import labels as variant_labels
from ui.shell import site
from ui.widgets import glossary

Kind = Literal["page", "term", "preset", "experiment", "claim"]


@dataclass(frozen=True)
class Entry:
    kind: Kind
    title: str
    text: str  # a sentence below the title
    also: str  # more words by which it is found, the other language's among them
    address: str  # relative to any page: slug?parameter=value


def kind_titles() -> dict[Kind, str]:
    return {
        "page": _("Page"),
        "term": _("Term"),
        "preset": _("Preset"),
        "experiment": _("Experiment"),
        "claim": _("Claim"),
    }


@cache
def entries(lang: Language) -> tuple[Entry, ...]:
    other: Language = "zh" if lang == "en" else "en"
    with using_language(other):
        also = [each.title for each in _entries(other)]
    with using_language(lang):
        return tuple(
            Entry(each.kind, each.title, each.text, f"{each.also} {more}".strip(), each.address)
            for each, more in zip(_entries(lang), also, strict=True)
        )


@cache
def addresses() -> frozenset[str]:
    return frozenset(each.address for lang in ("en", "zh") for each in entries(lang))


@cache
def index(lang: Language) -> bytes:
    """All entries as JSON. A browser fetches them once, when it searches first."""
    with using_language(lang):
        kinds = kind_titles()
    found = {"kinds": kinds, "entries": [list(asdict(each).values()) for each in entries(lang)]}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def publish_index(lang: Language) -> str:
    """The address of a file with the index."""
    return assets.publish(f"reference_{lang}", {"reference.json": index(lang)}) + "reference.json"


def _entries(lang: Language) -> Iterator[Entry]:
    for page in site.PAGES:
        yield Entry("page", site.title(page.slug), site.idea(page.slug), page.slug, page.slug)
    for key, term in glossary.terms().items():
        named = term.named[lang]
        yield Entry("term", named.name, named.sentence, " ".join(named.also), f"glossary?term={key}")
    for slug, label, settings in _presets():
        yield Entry("preset", label, site.title(slug), "", f"{slug}?{urlencode(settings, doseq=True)}")
    titles = experiment_titles()
    for name in EXPERIMENTS:
        yield Entry("experiment", titles[name], site.title("experiments"), name, f"experiments?story={name}")
    for claim in CLAIMS:
        text = text_of(claim)
        yield Entry("claim", text.sentence, text.right.replace("*", ""), "", f"claims?claim={claim.number}")


def _presets() -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """The page, the label and the link's parameters of every preset."""
    for cell in ("rnn", "lstm", "gru"):
        for name in PRESETS[cell]:
            yield cell, preset_label(name), {"preset": name}
    for name in gradients.PRESETS:
        yield "gradients", gradients.preset_name(name), {"preset": name}
    for slug, module in (("states", states), ("gates", gates), ("bptt", bptt), ("clipping", clipping)):
        labels = module.example_labels()
        for name, settings in module.EXAMPLES.items():
            if settings:
                yield slug, labels[name], settings
    for view, label in variant_labels().items():
        yield "variants", label, {"view": view}
    for part, label in after.labels().items():
        yield "after", label, {"part": part}
