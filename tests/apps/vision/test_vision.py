"""Digits and strips: nothing leaks, the reader is the torch network, and the shipped networks are as good as they say."""

import json

import numpy as np
import pytest
import torch

from rnn_core.apps.digits import drawing, pictures
from rnn_core.apps.digits.pictures import WIDTH
from rnn_core.apps.tensors import network_tensors
from rnn_core.apps.trained import APPS, load_trained
from rnn_core.apps.vision import baselines, data
from rnn_core.apps.vision import programs as code
from rnn_core.apps.vision.judge import scores
from rnn_core.apps.vision.reader import DigitReader, StripReader
from rnn_core.apps.vision.settings import BLANK, MEASURES, SHIPPED, Settings
from rnn_core.errors import CoreError
from rnn_core.learn.train import advance, start
from tests.programs import printed

TRIVIAL = ("the most frequent digit", "the nearest mean picture", "cut at empty columns, nearest mean picture")
BEATEN = {"shuffled-gru": ("the nearest mean picture",)}  # and the page says so
SMALL = {
    "rows": Settings(hidden=6, budget=3, batch=4, cell="lstm"),
    "shuffled": Settings(hidden=5, budget=3, batch=4, cell="gru", order="shuffled", hidden_rows=2, asked="last"),
    "columns": Settings(hidden=5, budget=3, batch=4, cell="rnn-tanh", order="columns"),
    "strip": Settings(task="strip", hidden=5, budget=3, batch=3, cell="gru", channels=3),
    "strip one way": Settings(task="strip", hidden=5, budget=3, batch=3, cell="lstm", channels=2, both_ways=False),
}


def test_the_parts_are_whole_forms_and_share_no_picture():
    parts = [pictures.pictures(part) for part in pictures.PLACES]
    assert sum(len(part.digits) for part in parts) == 1797
    for part in parts:
        assert part.digits[:36].tolist() == [*range(10)] * 3 + [0, 9, 5, 5, 6, 5], "a part begins where a form begins"
    seen = [{image.tobytes() for image in part.images} for part in parts]
    assert len(set.union(*seen)) == 1797, "no picture is there twice"


def test_strips_are_made_of_their_own_parts_pictures():
    """With the gaps known, each place of a test strip holds a test picture, wherever its neighbours do not reach."""
    known = {digit: pictures.pictures("test").images[pictures.pictures("test").digits == digit] for digit in range(10)}
    strips = data.strips_for_evaluation("test")
    for image, digits, starts in list(zip(strips.images, strips.digits, strips.starts, strict=True))[:20]:
        assert starts[-1] + 8 <= WIDTH
        for digit, at in zip(digits, starts, strict=True):
            middle = image[:, at + 2 : at + 6]
            assert any(np.array_equal(middle[k : k + 8], each[:, 2:6]) for k in range(3) for each in known[digit])


def test_a_batch_is_a_function_of_the_seed_and_the_step():
    settings = Settings(hidden_rows=2, batch=8)
    first, again, later = (data.digit_batch(settings, step) for step in (4, 4, 5))
    assert np.array_equal(first.images, again.images)
    assert not np.array_equal(first.images, later.images)
    assert ((first.images.max(axis=2) == 0).sum(axis=1) >= 2).all()
    assert data.strip_batch(settings, 1).digits == data.strip_batch(settings, 1).digits


def test_every_order_can_be_put_back():
    image = pictures.pictures("test").images[:1]
    for order in ("rows", "columns", "pixels", "shuffled"):
        assert np.array_equal(data.as_picture(data.as_steps(image, order)[0], order), image[0])


@pytest.mark.parametrize("name", SMALL)
def test_the_reader_is_the_torch_network_and_its_gradients_are_torchs(name):
    settings = SMALL[name]
    state, _metrics = advance(start(settings), settings.budget, view=False)
    problem = settings.problem()
    shapes = {name: tuple(weight.shape) for name, weight in problem.network.named_parameters()}
    assert dict(settings.network_shapes()) == shapes
    reader = StripReader(state) if settings.task == "strip" else DigitReader(state)
    weights = {name: torch.from_numpy(value) for name, value in network_tensors(state).items()}
    network = problem.network.double()
    network.load_state_dict(weights)
    if settings.task == "strip":
        strips = data.strips_for_evaluation("validation")
        image, digits = strips.images[0], strips.digits[0]
        given = torch.tensor(image)[None].requires_grad_()
        answer = network(given)
        log_ys = answer.log_softmax(2).transpose(0, 1)
        size = torch.tensor([len(digits)])
        frames = torch.tensor([len(log_ys)])
        torch.nn.functional.ctc_loss(
            log_ys, torch.tensor([digits]), frames, size, blank=BLANK, reduction="sum"
        ).backward()
        reading = reader.read(image)
        dpicture = reader.gradients(reading, digits).picture
    else:
        image = data.digits_for_evaluation("validation", settings.hidden_rows).images[3]
        given = torch.tensor(data.as_steps(image[None], settings.order)).requires_grad_()
        answer = network(given)
        torch.nn.functional.cross_entropy(answer[:, -1], torch.tensor([3])).backward()
        reading = reader.read(image)
        dpicture = data.as_steps(reader.gradients(reading, 3).picture[None], settings.order)[0]
    np.testing.assert_allclose(reading.scores, answer[0].detach().numpy(), rtol=0, atol=1e-10)
    np.testing.assert_allclose(dpicture, given.grad[0].numpy(), rtol=0, atol=1e-10)


@pytest.mark.parametrize("variant", SHIPPED)
def test_a_shipped_network_is_as_good_as_its_file_says_and_beats_the_trivial_answers(variant):
    trained = load_trained(Settings, variant)
    assert trained.state.settings == SHIPPED[variant]
    found = scores(trained.state)
    assert set(found) == {measure.name for measure in MEASURES[: 2 if trained.state.settings.task == "strip" else 4]}
    for name, value in trained.about.scores.items():
        assert found[name] == pytest.approx(value, abs=1e-9)
    for name, simple in baselines.baselines(SHIPPED[variant]).items():
        if name in TRIVIAL and name not in BEATEN.get(variant, ()):
            assert MEASURES[0].is_better(found[MEASURES[0].name], simple[MEASURES[0].name]), name


def test_all_shipped_files_together_are_small():
    files = list((APPS / "vision" / "files").iterdir())
    assert sum(path.stat().st_size for path in files) < 1_400_000
    assert {
        json.loads(path.read_text())["command"].rsplit(" ", 1)[1] for path in files if path.suffix == ".json"
    } == set(SHIPPED)


def test_the_data_are_as_drawings_are_made():
    """Every digit fills the height, has as much ink as any other, and begins and ends in the same column."""
    known = pictures.pictures("training")
    assert (known.images[:, [0, -1]].max(axis=2) > 0).all()
    for digit in range(10):
        images = known.images[known.digits == digit]
        assert images.mean() == pytest.approx(drawing.INK, abs=0.02)
        first, last = (np.mean([_left_edge(image[row]) for image in images]) for row in (0, -1))
        assert first == pytest.approx(last, abs=0.06)
        width = np.mean([(image.max(axis=0) > 0.5).sum() for image in images])
        assert digit == 1 or width == pytest.approx(drawing.WIDE / drawing.BLOCK, abs=0.8)


def _left_edge(row):
    at = np.flatnonzero(row)[0]
    return at + 1 - row[at]


def _ring(radius: float, pen: float, at: tuple[float, float] = (32, 32), lean: float = 0.0) -> np.ndarray:
    y, x = np.mgrid[:64, :64] + 0.5
    across, down = (x - at[1]) + lean * (y - at[0]), y - at[0]
    return np.abs(np.hypot(across / 0.7, down) - radius) <= pen


@pytest.mark.parametrize(
    "ink", [_ring(24, 5), _ring(24, 2), _ring(12, 2), _ring(12, 2, (13, 50)), _ring(18, 3, lean=0.4)]
)
def test_size_place_slant_and_pen_of_a_drawing_hardly_matter(ink):
    picture = drawing.digit_of(ink)
    assert np.abs(picture - drawing.digit_of(_ring(24, 4))).mean() < 0.1
    assert picture.mean() == pytest.approx(drawing.INK, abs=0.06)
    assert (picture.max(axis=1) > 0.3).all(), "the full height"
    assert DigitReader(load_trained(Settings, "digit-gru").state).read(picture).answer == 0


def test_a_stick_stays_one_and_a_dot_is_no_digit():
    stick = np.zeros((64, 64), dtype=bool)
    stick[10:50, 30:34] = True
    assert set(np.flatnonzero(drawing.digit_of(stick).max(axis=0) > 0.5)) <= {2, 3, 4}, "in the middle, and narrow"
    for draw in (drawing.digit_of, drawing.strip_of):
        assert draw(np.zeros((64, 64), dtype=bool)) is None
        assert draw(stick & (np.arange(64) < 15)[:, None]) is None


@pytest.mark.parametrize(
    "ink", [np.ones((80, 448), dtype=bool), np.eye(80, 448, dtype=bool), np.ones((1, 448), dtype=bool)]
)
def test_no_drawing_is_too_strange(ink):
    for draw, shape in ((drawing.digit_of, (8, 8)), (drawing.strip_of, (10, WIDTH))):
        found = draw(ink)
        assert found.shape == shape
        assert 0 < found.mean() <= 1


def test_the_digits_of_a_strip_are_brought_to_size_one_by_one_and_in_order():
    rings = np.concatenate([_ring(26, 3), _ring(12, 2), _ring(20, 4, lean=0.3)], axis=1)
    assert StripReader(load_trained(Settings, "strip-lstm").state).read(drawing.strip_of(rings)).answer == (0, 0, 0)


def test_a_strip_has_no_order_of_pixels():
    with pytest.raises(CoreError, match="column by column"):
        Settings(task="strip", order="pixels")


@pytest.mark.parametrize("write", [code.as_torch, code.as_keras])
def test_the_shown_programs_run(write, monkeypatch):
    programs = [write(Settings(task=task, hidden=8, channels=3, batch=8), steps=2) for task in ("digit", "strip")]
    monkeypatch.chdir(pictures.FILE.parent)  # the programs read a file beside them
    said = [line for line in printed("\n".join(programs)) if "right" in line]
    assert [line.split(":")[0] for line in said] == ["digits right on test pages", "strips right"]
