"""The caption page: the scene with its sentence, the sentences by the number of shapes, and the inside."""

import streamlit as st

from rnn_core.apps.caption import data
from rnn_core.apps.caption.data import MOST_SHAPES, is_new_pair
from rnn_core.apps.caption.grammar import joined
from rnn_core.apps.caption.reader import Caption, Reader
from rnn_core.apps.caption.scenes import Scene, scene_count, written
from rnn_core.apps.caption.settings import Settings
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.caption import compute, names, scene_choice
from ui.apps.caption.presets import presets
from ui.apps.caption.take import take_caption
from ui.apps.figures.pictures import picture_chart
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.browser.plot import plot
from ui.browser.scene import SceneText, SceneWord, scene_stage
from ui.i18n import _, listed
from ui.widgets.stage import dock
from ui.widgets.tables import table

CURSOR, STAGE = "caption", "caption_stage"
END = "■"


def answer_names() -> dict[str, str]:
    return {
        "most frequent sentence": _("most frequent sentence"),
        "the most similar picture": _("the most similar picture"),
        "the right words, sorted": _("the right words, sorted"),
        "exactly right": _("exactly right"),
        "BLEU": "BLEU",
        "exactly right with new pairs": _("exactly right with new pairs"),
        "exactly right with four shapes": _("exactly right with four shapes"),
    }


def play(network: frame.Network[Settings], reads_right_words: bool) -> None:
    scene, state = scene_choice.chosen_scene(), network.state
    shown = st.container()
    with dock():
        presets(scene)
    if state is None or not scene:
        with shown:
            _draw(scene, SceneText(_("The network writes"), (), "", _no_sentence(network)))
        return
    found = compute.caption(state, written(scene), reads_right_words)
    reader = compute.reader(state)
    take_caption(network, scene, reads_right_words, found)
    with shown:
        _draw(scene, _text(reader, scene, found, reads_right_words))
    on_demand(_("Look inside: this scene"), lambda: _inside(reader, found))


def _draw(scene: Scene, text: SceneText) -> None:
    scene_stage(scene, text, names.names(), key=STAGE, take=scene_choice.take)


def _no_sentence(network: frame.Network[Settings]) -> str:
    if network.state is not None:
        return ""
    words = _("No network with these settings is ready. Train one: it takes {steps} steps.")
    return words.format(steps=network.settings.budget)


def _text(reader: Reader, scene: Scene, found: Caption, reads_right_words: bool) -> SceneText:
    wanted = [*data.tokens_of(compute.right_words(reader.settings, scene), reader.language), reader.end]
    output = found.likeliest
    symbols = (*reader.settings.words, END)
    words = [
        SceneWord(
            symbols[word],
            float(found.probabilities[at, word]),
            "" if at < len(wanted) and word == wanted[at] else symbols[wanted[min(at, len(wanted) - 1)]],
            None if found.attention is None else found.attention[at],
        )
        for at, word in enumerate(output)
    ]
    if words[-1].text == END and not words[-1].wanted:
        words = words[:-1]
    title = (
        _("The network predicts, each from the right words before it") if reads_right_words else _("The network writes")
    )
    between = "" if reader.language == "zh" else " "
    return SceneText(title, words, between, _verdict(reader, scene, output, wanted, reads_right_words), _note(scene))


def _verdict(reader: Reader, scene: Scene, output: tuple[int, ...], wanted: list[int], reads_right_words: bool) -> str:
    if reads_right_words:
        right = sum(one == other for one, other in zip(output, wanted, strict=True))
        return _("**{right} of {all}** words are right, the end among them.").format(right=right, all=len(wanted))
    if list(output) == wanted:
        return _("**Exactly right.**")
    right_sentence = joined(compute.right_words(reader.settings, scene), reader.language)
    return _("Right is: **{sentence}**").format(sentence=right_sentence)


def _note(scene: Scene) -> str:
    """How many scenes have as many shapes, and the parts of the scene that no training scene had."""
    notes = [
        _("Different scenes with {shapes} shapes: {count}.").format(
            shapes=len(scene), count=f"{scene_count(len(scene)):,}"
        )
    ]
    if new := [shape for shape in scene if is_new_pair(shape)]:
        pairs = listed(" ".join(names.colour_and_place(shape)) for shape in new)
        notes.append(_("Training never showed: {pairs}.").format(pairs=pairs))
    if len(scene) > MOST_SHAPES:
        notes.append(_("Training showed at most {most} shapes.").format(most=MOST_SHAPES))
    return " ".join(notes)


def _inside(reader: Reader, found: Caption) -> None:
    words = [*(reader.settings.words[word] if word != reader.end else END for word in found.output)]
    at = st.select_slider(
        _("Word that is written"),
        range(len(words)),
        0,
        format_func=lambda k: f"{k + 1}. {words[k]}",
        key=f"caption_word_{len(words)}",
    )
    back = reader.gradients(found, at)
    left, right = st.columns([2, 3])
    with left:
        title = _("More ink here: for this word (pink), against it (green)")
        plot(picture_chart(back.picture.sum(axis=0), title=title, push=True), key="caption_push")
    with right:
        st.markdown(
            _("The gradients are of the log-probability of word {step}, “{word}”.").format(step=at + 1, word=words[at])
        )
    inside(found.decoder, back.decoder, CURSOR, ["→", *words[:-1]])


def by_shapes(network: frame.Network[Settings]) -> None:
    """The share of exactly right sentences by the number of shapes, beside the shipped network with the other decoder."""
    state = network.state
    if state is not None:
        label = _("How many are exactly right, by the number of shapes")
        on_demand(label, lambda: _by_shapes(network, state), icon=":material/table_chart:", key="caption_shapes_open")
        on_demand(_("Teacher forcing or its own words"), lambda: _forcing(state), key="caption_forcing_open")


def _by_shapes(network: frame.Network[Settings], state: RunState) -> None:
    kinds = {True: _("with attention"), False: _("through one state")}
    here = network.settings.attention
    columns = {kinds[here]: compute.by_shapes(state)}
    other = compute.other_network(network.settings)
    if other is not None:
        columns[kinds[not here]] = compute.by_shapes(other)
    st.caption(_("Training shows one to three shapes."))
    rows = {_("shapes"): [str(count) for count in range(1, compute.MOST_SHAPES + 1)]}
    table(rows | {name: [f"{share:.0%}" for share in shares] for name, shares in columns.items()})


def _forcing(state: RunState) -> None:
    one, two, three, _four = compute.by_shapes(state)
    st.markdown(
        _(
            "With teacher forcing the network predicts **{words}** of the words of the test sentences. When it reads its own words, "
            "**{one}**, **{two}** and **{three}** of the sentences with one, two and three shapes are right in every word."
        ).format(words=f"{compute.share_of_words(state):.1%}", one=f"{one:.0%}", two=f"{two:.0%}", three=f"{three:.0%}")
    )
