"""The names that each page's link may have. No Streamlit.

A name that is not here is told to the reader (asked.py), so a new widget with a name in the link is added to its page:
tests/ui/links/test_names.py finds one that is missing. Names that end with a length, a network or a text are patterns.
"""

import re

_DIAGRAM = r"step stage direction unit value"
_CELL = rf"preset input form init seed T H X loss code w wave xs\d+ {_DIAGRAM}"
_SEQUENCE = "T H input init seed cell view gain"
_APP = "code inside"

_NAMES = {
    "home": "wave",
    "rnn": _CELL,
    "lstm": _CELL,
    "gru": _CELL,
    "compare": rf"input seed T H X init wave xs\d+ count_layers count_H count_X {_DIAGRAM}",
    "states": rf"{_SEQUENCE} plane sort units dims at\d+ size strength push h1 h2",
    "gates": rf"{_SEQUENCE} bk m0 unit b[ior] gate now\d+ do held value open who step\d+ steps\d+ kept",
    "variants": rf"{_SEQUENCE} unit at\d+ layers sharp peep length\d+ filler chunk loss",
    "bptt": rf"{_SEQUENCE} bk at at\d+ wall\d+ rate weight_\w+ entry\d+ {_DIAGRAM}",
    "gradients": "kind size bias act steps units gates seed look preset",
    "clipping": "w0 b0 rate clip clip_rnn",
    "lab": (
        "task T few more cell H layers two_way symbol_size init w_gain forget chrono optimiser rate schedule momentum decay "
        "clip clip_each dropout same_mask l1 l2 keep batch truncate true_first true_last target patience budget seed look"
    ),
    "runs": "list",
    "experiments": "story runs_from counter_n",
    "forecast": rf"series forecast_cell ahead reads_\w+ window_\w+ horizon_\w+ H_\w+ today_\w+ {_APP}",
    "sentiment": rf"reviewer review_\w+ gather_[\w-]+ both_[\w-]+ H_[\w-]+ layers_[\w-]+ {_APP}",
    "translate": rf"task attention translate_cell translate_H say_[\w-]+ date_form units_[\w-]+ beams half {_APP}",
    "recommend": f"clicks recommend_cell recommend_scores recommend_sessions recommend_E recommend_H category map_of {_APP}",
    "text": (
        r"text text_cell_\w+ begin_\w+ text_H_\w+ text_layers_\w+ text_code_\w+ text_steps_\w+ text_budget_\w+ text_seed_\w+ "
        rf"temperature_[\w-]+ luck top_k top_p text_length fair_sample {_APP}"
    ),
    "speech": (
        r"speech_cell speech_noise speech_order speech_speed speech_language speech_way speech_pooling speech_varied speech_H "
        rf"speech_source speech_voice speech_word speech_word_en speech_frame_\d+ speech_direction {_APP}"
    ),
    "vision": (
        "vision_task vision_cell vision_order vision_hidden_rows vision_asked vision_H vision_ways vision_channels vision_strip_H "
        f"vision_moved vision_source vision_covered vision_picture vision_strip vision_way {_APP}"
    ),
    "multimodal": (
        f"fusion multimodal_cell question typed_question inputs named multimodal_H sight multimodal_source asked_picture {_APP}"
    ),
}
_FREE_TEXT = r"w wave xs\d+ kept list more clicks review_\w+ say_[\w-]+ begin_\w+ typed_question"
_OF_OTHERS = r"lang utm_\w+ fbclid gclid ref"  # the language, and what others append to links


def _one_of(names: str) -> re.Pattern[str]:
    return re.compile("|".join(names.split()))


_KNOWN = {page: _one_of(f"{names} {_OF_OTHERS}") for page, names in _NAMES.items()}
_TEXT = _one_of(_FREE_TEXT)


def is_known(page: str, name: str) -> bool:
    return bool(_KNOWN[page].fullmatch(name))


def is_free_text(name: str) -> bool:
    """What a reader has typed or the app has packed: it may be long, and may look like any number."""
    return bool(_TEXT.fullmatch(name))
