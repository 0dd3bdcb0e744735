"""The parameter names that each page's link may have. Imports no Streamlit.

`refused.py` warns of a name that is missing here, so a new widget whose value is in the link adds its name to its page;
tests/ui/links/test_names.py finds one that is missing. Names that end with a length, a network or a text are patterns.
"""

import re

_DIAGRAM = r"step stage direction unit value"
_CELL = rf"preset input form init seed T H X loss code w wave target fit aim practice xs\d+ {_DIAGRAM}"
_SEQUENCE = "T H input init seed cell view gain"
_APP = "code inside"

_NAMES = {
    "home": "wave",
    "before": r"part first second layer\d window inputs_per_step layer_units w start in\d factor diagonal beside times",
    "rnn": f"gain {_CELL}",
    "answer": r"part state\d tau right_answer output target_number shape shape_step",
    "after": "part after_cell after_T step direction stage unit value scan_of scan_plan scan_T scan_round pairs_N pairs_d pairs_keys pairs_view pairs_own pairs_query track track_task parity_bits parity_flips parity_gate read attend attend_T positions attend_H attend_tokens attend_task attend_seed live_task live_one live_two live_seed maze_length",
    "history": "",
    "lstm": f"bias {_CELL}",
    "gru": f"bias {_CELL}",
    "compare": rf"input seed T H X init wave practice xs\d+ count_layers count_H count_X {_DIAGRAM}",
    "states": rf"{_SEQUENCE} plane sort units dims at\d+ size strength push h1 h2",
    "gates": rf"{_SEQUENCE} bk m0 unit b[ior] gate now\d+ do held value open who step\d+ steps\d+ kept swapped_gate swapped_by",
    "variants": rf"{_SEQUENCE} unit at\d+ layers sharp peep length\d+ filler chunk loss",
    "bptt": rf"{_SEQUENCE} picture hand_w bk at at\d+ wall\d+ rate weight_\w+ entry\d+ {_DIAGRAM}",
    "gradients": "kind size bias act steps units gates seed look preset",
    "clipping": "w0 b0 rate clip clip_rnn",
    "lab": (
        "task T few more cell H layers two_way symbol_size init w_gain forget chrono optimiser rate schedule momentum decay "
        "clip clip_each dropout same_mask l1 l2 keep batch truncate true_first true_last target patience budget seed look"
    ),
    "runs": "list",
    "experiments": "story runs_from counter_n",
    "forecast": rf"series forecast_cell ahead reads_\w+ window_\w+ horizon_\w+ H_\w+ log_\w+ seasonal_\w+ linear_\w+ today_\w+ {_APP}",
    "sentiment": rf"reviewer review_\w+ other_order gather_[\w-]+ both_[\w-]+ H_[\w-]+ layers_[\w-]+ dropout_[\w-]+ {_APP}",
    "translate": rf"task attention translate_cell translate_H say_[\w-]+ date_form units_[\w-]+ beams half {_APP}",
    "recommend": f"clicks recommend_cell recommend_scores recommend_sessions recommend_E recommend_H category map_of {_APP}",
    "text": (
        r"text text_cell_\w+ text_reads_\w+ text_merges_\w+ tokens_\w+ begin_\w+ text_H_\w+ text_layers_\w+ text_code_\w+ text_steps_\w+ text_budget_\w+ text_seed_\w+ text_dropout_\w+ "
        rf"temperature_[\w-]+ luck top_k top_p text_length fair_sample {_APP}"
    ),
    "speech": (
        r"speech_cell speech_noise speech_order speech_speed speech_language speech_way speech_pooling speech_varied speech_H speech_spoken "
        rf"speech_task speech_lesson speech_model speech_strip_H speech_strip_source speech_strip_voice speech_strip_language speech_digits speech_source speech_voice speech_word speech_word_en speech_frame_\d+ speech_direction {_APP}"
    ),
    "vision": (
        "vision_task vision_cell vision_order vision_hidden_rows vision_asked vision_H vision_ways vision_channels vision_strip_H "
        f"vision_moved vision_varied vision_source vision_covered vision_picture vision_strip vision_way {_APP}"
    ),
    "inside": (
        r"view network value_\w+ pattern ask unit rank label_[\w-]+ place_[\w-]+ at change strength from_\d+ range_\d+ reviewer pair "
        r"swap_[\w-]+ clean_\w+ other_\w+ flip inside_series_of inside_series_cell sequences_of sequences_\w+ marked over over_label over_cell over_pair moment rests rests_cell looked looked_own overwritten step_of_sequence explained inside_own_run"
    ),
    "exercises": r"exercise numbers topic kind homework set_\w+",
    "worksheets": "sheet_cell sheet_H sheet_X sheet_T sheet_seed sheet_view course_topic course_versions course_seed",
    "room": "room key",
    "claims": "claim",
    "frameworks": "part cell X H T B seed difference",
    "lesson": "part ready plan",
    "choose": "reach arrives size window",
    "glossary": "term",
    "reading": "route",
    "caption": rf"scene caption_language_\w+ caption_attention caption_reads caption_cell caption_H {_APP}",
    "watch": f"watch_kind watch_number watch_path watch_order watch_seen watch_ahead watch_trained watch_cell watch_H {_APP}",
    "finding": f"finding_scene finding_way finding_trained finding_cell finding_H {_APP}",
    "multimodal": (
        f"fusion multimodal_cell question typed_question inputs named multimodal_H sight multimodal_source asked_picture {_APP}"
    ),
}
_FREE_TEXT = (
    r"room key w wave aim xs\d+ kept list more clicks review_\w+ say_[\w-]+ begin_\w+ tokens_\w+ typed_question pattern marked clean_own "
    r"other_own looked_own overwritten clean_text other_text own_tour plan fixed scene watch_path finding_scene"
)
# The language, what fills the screen, a tour, a teacher's curtain and limits, and what others append to links
_EVERYWHERE = r"lang show tour stop own_tour student hide fixed without utm_\w+ fbclid gclid ref"


def _one_of(names: str) -> re.Pattern[str]:
    return re.compile("|".join(names.split()))


_KNOWN = {page: _one_of(f"{names} {_EVERYWHERE}") for page, names in _NAMES.items()}
_TEXT = _one_of(_FREE_TEXT)


def is_page(page: str) -> bool:
    return page in _KNOWN


def is_known(page: str, name: str) -> bool:
    return bool(_KNOWN[page].fullmatch(name))


def is_free_text(name: str) -> bool:
    """Whether the value is a text that a reader typed or the app packed: it may be long, and may look like any number."""
    return bool(_TEXT.fullmatch(name))
