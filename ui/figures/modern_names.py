"""The names of the cells after the LSTM."""

from rnn_core.studies.modern.comparison import PRESETS
from ui.i18n import _

NAMES = {
    **{
        "rnn": "RNN",
        "lstm": "LSTM",
        "gru": "GRU",
        "min_gru": "minGRU",
        "min_lstm": "minLSTM",
        "lru": "LRU",
        "s4d": "S4D",
    },
    **{"rg_lru": "RG-LRU", "selective": "Mamba", "slstm": "sLSTM", "mlstm": "mLSTM", "delta_net": "DeltaNet"},
    **{"gated_delta_net": "Gated DeltaNet", "rwkv7": "RWKV-7"},
}


def preset_names() -> dict[str, str]:
    ours = {"linear_attention": _("Linear attention"), "attention": _("Softmax attention")}
    return {preset: NAMES.get(preset) or ours[preset] for preset in PRESETS}
