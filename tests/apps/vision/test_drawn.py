"""Digits drawn by others: forms of the test are never trained on, drawings vary, and beliefs are calibrated."""

import numpy as np
import pytest

from rnn_core.apps.digits import strokes
from rnn_core.apps.digits.drawing import digit_of
from rnn_core.apps.digits.drawn import drawings
from rnn_core.apps.digits.pictures import PLACES, pictures
from rnn_core.apps.digits.variety import redrawn
from rnn_core.apps.trained import load_trained
from rnn_core.apps.vision import data
from rnn_core.apps.vision.calibration import calibration_error, drawn_scores, last_scores, temperature
from rnn_core.apps.vision.reader import DigitReader
from rnn_core.apps.vision.settings import Settings
from tests.charts import opened

NEEDED, MOST_APART = 0.88, 0.1


def test_a_way_of_writing_is_on_one_side_alone():
    for learned, judged in zip(strokes.TRAINED, strokes.JUDGED, strict=True):
        assert not {stroke for form in learned for stroke in form} & {stroke for form in judged for stroke in form}


def test_drawings_fill_their_picture_and_no_part_shares_one():
    seen = [{image.tobytes() for image in drawings(part).images} for part in PLACES]
    assert len(set.union(*seen)) >= 0.99 * sum(map(len, seen))
    for part in PLACES:
        found = drawings(part)
        assert set(found.digits) == set(range(10))
        assert found.images.max() <= 1.0
        assert (found.images[:, [0, -1]].max(axis=2) > 0).mean() > 0.9, "the full height"


def test_drawing_anew_changes_a_picture_a_little():
    rng = np.random.default_rng(0)
    image = pictures("training").images[0]
    again = [digit_of(redrawn(image, rng)) for _ in range(3)]
    apart = [np.abs(image - one).mean() for one in again]
    assert all(0.005 < each < 0.25 for each in apart)
    assert not np.array_equal(again[0], again[1])


def test_half_of_a_batch_is_drawn_by_others():
    settings = Settings(drawn=True, moved=False, batch=8)
    batch = data.digit_batch(settings, 3)
    known = {image.tobytes() for image in pictures("training").images}
    assert [image.tobytes() in known for image in batch.images] == [False] * 4 + [True] * 4
    assert np.array_equal(batch.images, data.digit_batch(settings, 3).images)


def test_the_calibration_error_is_what_belief_and_right_answers_are_apart():
    beliefs = np.full((10, 10), 0.2 / 9)
    beliefs[:, 4] = 0.8
    assert calibration_error(beliefs, np.array([4] * 8 + [1] * 2)) == pytest.approx(0.0, abs=1e-12)
    assert calibration_error(beliefs, np.array([4] * 3 + [1] * 7)) == pytest.approx(0.5)


def test_scores_of_many_are_those_of_one_by_one():
    reader = DigitReader(load_trained(Settings, "digit-gru").state)
    images = drawings("validation").images[:4]
    np.testing.assert_allclose(
        last_scores(reader, images), [reader.read(each).scores[-1] for each in images], atol=1e-9
    )


def test_drawings_by_others_are_read_and_beliefs_are_no_surer_than_right():
    state = load_trained(Settings, "digit-gru").state
    assert temperature(state) > 1.0
    right, error = drawn_scores(state)
    assert right >= NEEDED
    assert error <= MOST_APART


def test_the_page_tells_how_its_beliefs_are_calibrated():
    app = opened("vision")
    assert not app.exception
    assert any("calibrated" in each.value for each in app.caption)
