"""The widgets of the page on text: the text, the network, and how it writes."""

from dataclasses import replace

import streamlit as st

from rnn_core.apps.text import own
from rnn_core.apps.text.pieces import MOST_MERGES
from rnn_core.apps.text.settings import MERGES, MOST_OWN_STEPS, Settings, for_own, standard
from rnn_core.apps.text.writing import Manner
from rnn_core.errors import CoreError
from ui.apps.cell_choice import cell_choice
from ui.i18n import _
from ui.links.kept_settings import in_link, in_session
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice
from ui.widgets.uploads import digest, problem_of, report_upload_problem, upload

CELL_AT_FIRST = {"english": "lstm", "chinese": "lstm", "python": "gru", "own": "lstm"}
BEGINNINGS = {"english": "And God said", "chinese": "明月", "python": "def ", "own": ""}
# With thousands of rare characters, a low temperature seldom chooses any of them before the end of a line.
WARMTH = {"english": 0.5, "chinese": 0.8, "python": 0.5, "own": 0.5}
LONGEST_BEGINNING = 300


def text_labels() -> dict[str, str]:
    return {
        "english": _("English: the King James Bible"),
        "chinese": _("Chinese: Tang and Song poems"),
        "python": _("Python: its standard library"),
        "own": _("My own text"),
    }


def chosen_settings(name: str, packed: str) -> Settings:
    """`packed`: the visitor's text, where one is chosen and was brought."""
    cell = cell_choice(f"text_cell_{name}", CELL_AT_FIRST[name])
    units = {"characters": _("characters"), "pieces": _("word pieces")}
    chosen = choice(st.segmented_control, _("The network reads"), units, "characters", f"text_reads_{name}")
    merges = MERGES[name] if chosen == "pieces" else 0
    return _changed(standard(name, cell, merges) if name != "own" else for_own(packed, cell, merges))


def _changed(settings: Settings) -> Settings:
    """The defaults depend on the text and its symbols; the keys name both, so that each has its own widgets."""
    is_own = settings.text == "own"
    name = f"own-{digest(settings.own)}" if is_own else settings.text
    name += "_pieces" if settings.merges else ""
    place = in_session if is_own else in_link  # a visitor's text is in no link
    merges = settings.merges
    with more_settings():
        if merges:
            merges = st.slider(
                _("Merges of the word pieces"), 50, MOST_MERGES, merges, step=50, **place(f"text_merges_{name}")
            )
        hidden = st.slider(_("Hidden size H"), 8, 256, settings.hidden, step=8, **place(f"text_H_{name}"))
        layers = int(
            choice(
                st.segmented_control, _("Layers"), {"1": "1", "2": "2"}, "1", f"text_layers_{name}", in_link=not is_own
            )
        )
        coded = _encodings(settings)
        usual = "one hot" if settings.embedding is None else "tied" if settings.tied else "embedding"
        code = choice(
            st.segmented_control, _("Encoding of the symbols"), coded, usual, f"text_code_{name}", in_link=not is_own
        )
        counted = st.toggle(
            _("Begin with counts of the text"),
            settings.counted,
            help=_(
                "Before the first step, characters with similar neighbours get similar embeddings, and the readout’s bias is the "
                "log of each character’s frequency. Otherwise these weights begin at random."
            ),
            disabled=code == "one hot",
            **place(f"text_counted_{name}"),
        )
        dropout = st.slider(_("Dropout"), 0.0, 0.6, settings.dropout, step=0.05, **place(f"text_dropout_{name}"))
        steps = st.slider(
            _("Truncate back-propagation after (time steps)"),
            8,
            128,
            settings.steps,
            step=8,
            **place(f"text_steps_{name}"),
        )
        budget = st.slider(
            _("Steps of training"), 100, MOST_OWN_STEPS, settings.budget, step=50, **place(f"text_budget_{name}")
        )
        seed = st.number_input(_("Seed of the training"), 0, 9999, settings.seed, **place(f"text_seed_{name}"))
    try:
        return settings.changed(
            merges=merges,
            hidden=hidden,
            layers=layers,
            embedding={"one hot": None, "embedding": _embedding(settings), "tied": hidden}[code],
            tied=code == "tied",
            counted=counted and code != "one hot",
            dropout=dropout,
            steps=steps,
            budget=budget,
            seed=int(seed),
        )
    except CoreError:
        st.error(_("This network would be too large to train here. Choose a smaller hidden size, or the embedding."))
        return settings


def _embedding(settings: Settings) -> int:
    """The size of an embedding that is not tied."""
    return settings.embedding if settings.embedding is not None and not settings.tied else 32


def _encodings(settings: Settings) -> dict[str, str]:
    return {
        "one hot": _("one-hot"),
        "embedding": _("embedding of {size} numbers").format(size=_embedding(settings)),
        "tied": _("embedding, tied to the readout"),
    }


def typed_beginning(name: str) -> str:
    place = in_session if name == "own" else in_link
    return st.text_input(_("Your beginning (press Enter)"), BEGINNINGS[name], **place(f"begin_{name}")) or ""


def valid_beginning(beginning: str, settings: Settings) -> str:
    if len(beginning) > LONGEST_BEGINNING:
        st.caption(_("Only the last {most} characters are read.").format(most=LONGEST_BEGINNING))
        beginning = beginning[-LONGEST_BEGINNING:]
    known = set(settings.corpus.symbols)
    foreign = "".join(dict.fromkeys(character for character in beginning if character not in known))
    if foreign:
        st.caption(_("Not in the network’s alphabet, and read as “unknown”:"))
        st.text(foreign)
    return beginning


def chosen_temperature(name: str) -> float:
    return st.slider(_("Temperature"), 0.0, 2.0, WARMTH[name], step=0.05, **in_link(f"temperature_{name}"))


def again_button() -> None:
    st.button(_("Write another"), icon=":material/casino:", on_click=_draw_again, key="write_again")


def _draw_again() -> None:
    st.session_state["luck"] = (int(st.session_state.get("luck", 0)) + 1) % 10_000


def chosen_manner(temperature: float, settings: Settings) -> tuple[Manner, int]:
    """The decoding method, and how many symbols to write."""
    luck = st.number_input(_("Seed of the draw"), 0, 9999, 0, **in_link("luck"))
    return _ruled_out(Manner(temperature=temperature, seed=int(luck)), settings)


def _ruled_out(manner: Manner, settings: Settings) -> tuple[Manner, int]:
    """The manner without the improbable, and how many symbols to write."""
    with st.expander(_("Rule out the improbable")):
        top_k = st.slider(_("Only the k most probable (0: all)"), 0, 50, 0, **in_link("top_k"))
        nucleus = _("Nucleus: only the most probable that together have")
        top_p = st.slider(nucleus, 0.05, 1.0, 1.0, step=0.05, **in_link("top_p"))
        label = _("Word pieces to write") if settings.merges else _("Characters to write")
        length = st.slider(label, 20, 400, 160, step=20, **in_link("text_length"))
    return replace(manner, top_k=top_k or None, top_p=top_p), length


def own_text() -> str:
    """The visitor's text, packed; a refused text does not replace it."""
    data, problem = upload(_("A plain text file"), ["txt", "md", "py", "csv"], "text_file", own.LARGEST_FILE)
    pasted = st.text_area(_("or text, pasted"), **in_session("text_pasted"), max_chars=own.MOST_BYTES)
    if data is None and pasted:
        data = pasted.encode("utf-8", "replace")
    if data is not None:
        problem = problem or problem_of("text_file", data, _read)
    found: own.OwnText | None = st.session_state.get("text_own")
    report_upload_problem(problem, found)
    if found is not None:
        count = f"{found.characters:,}"
        if found.is_cut:
            st.warning(
                _("The text is longer than {size} MB: its first {count} characters are used.").format(
                    size=own.MOST_BYTES // 1_000_000, count=count
                )
            )
        st.caption(_("{count} characters are kept: four fifths to learn from.").format(count=count))
    else:
        st.caption(
            _("At least {count} characters. Until then the English text is used.").format(
                count=f"{own.LEAST_CHARACTERS:,}"
            )
        )
    return found.packed if found is not None else ""


def _read(data: bytes) -> str:
    """Keeps a valid text; returns the reason why another is refused."""
    try:
        st.session_state["text_own"] = own.own_text(data)
    except own.NotText:
        return _("This is not a text that can be read. Save it as plain text (UTF-8), and try again.")
    except own.TooShort as problem:
        return _("Too short to learn from: {given}. At least {count} characters are needed.").format(
            given=problem.given.replace("nothing", "0").replace(" characters", ""), count=f"{own.LEAST_CHARACTERS:,}"
        )
    except own.NoPattern:
        return _("Nothing in this text comes back, so there is nothing to learn. Please take a real text.")
    return ""
