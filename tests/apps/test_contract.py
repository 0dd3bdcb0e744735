"""What every application must have. Each failure says in words what is missing, and where it belongs."""

import ast

import numpy as np
import polib
import pytest
from safetensors.numpy import load

from rnn_core.apps.application import Application
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.trained import load_trained
from rnn_core.learn import runfile
from rnn_core.learn.train import advance, start
from tests.repository import ROOT
from ui.links import names as link_names
from ui.shell import site

CATALOGUES = (ROOT / "locale" / "zh" / "LC_MESSAGES").glob("*.po")
CHINESE = {entry.msgid for path in CATALOGUES for entry in polib.pofile(str(path)) if entry.msgstr}


@pytest.fixture(params=APPLICATIONS)
def app(request: pytest.FixtureRequest) -> Application:
    return APPLICATIONS[request.param]


def first_shipped(app: Application) -> tuple[str, AppSettings]:
    return next(iter(app.settings.shipped().items()))


def test_its_name_is_the_kind_of_its_runs(app: Application) -> None:
    assert app.settings.kind == app.name, f"rnn_core/apps/{app.name}/settings.py: Settings.kind must be {app.name!r}"
    assert issubclass(app.settings, AppSettings)


def test_it_has_a_page_its_words_and_a_place_in_the_menu(app: Application) -> None:
    name = app.name
    assert name in site.BY_SLUG, f"ui/shell/site.py: add PageInfo({name!r}, 'apps', ...), a title and an idea"
    assert (ROOT / "pages" / f"{name}.py").is_file(), f"pages/{name}.py is missing"
    for section in ("question", "remember"):
        for language in ("en", "zh"):
            lesson = ROOT / "lessons" / name / f"{section}.{language}.md"
            assert lesson.is_file(), f"{lesson.relative_to(ROOT)} is missing"
    assert name in link_names._NAMES, f"ui/links/names.py: add the names that the link of /{name} may have"
    assert f"\n## {name}/" in (ROOT / "docs" / "data.md").read_text(encoding="utf-8"), (
        f"docs/data.md: say where the data of {name}/ come from, under which licence, and how to make them again"
    )


def test_its_settings_are_read_back_from_a_file(app: Application) -> None:
    for settings in (app.settings(), *app.settings.shipped().values()):
        assert app.settings.read({k: v for k, v in settings.to_plain().items() if k != "kind"}) == settings


def test_what_it_trains_has_the_shapes_that_its_settings_say_and_makes_a_step(app: Application) -> None:
    _variant, settings = first_shipped(app)
    begun = start(settings)
    shapes = {name.removeprefix("network."): each.shape for name, each in load(begun.tensors).items()}
    expected = dict(settings.network_shapes()) | {f"carry.{name}": s for name, s in settings.carry_shapes().items()}
    assert shapes == expected, f"rnn_core/apps/{app.name}/settings.py: network_shapes() and network.py must agree"
    state, metrics = advance(begun, 1, view=False)
    assert state.step == 1
    assert np.isfinite(metrics.steps.loss).all()
    assert runfile.load(runfile.save(state), {app.name: app.settings.read})[0] == state


def test_every_network_that_ships_is_there_and_nothing_else(app: Application) -> None:
    folder = ROOT / "rnn_core" / "apps" / app.name / "files"
    for variant, settings in app.settings.shipped().items():
        again = f"python -m rnn_core.apps.make {app.name} {variant}"
        assert (folder / f"{variant}.safetensors").is_file(), f"{variant} is missing: {again}"
        trained = load_trained(app.settings, variant)
        assert trained.state.settings == settings, f"{variant} was trained with other settings: {again}"
        assert trained.about.command == again
        assert settings.shipped_as() == variant
        assert app.measures[0].name in trained.about.scores
        assert set(trained.about.scores) <= {measure.name for measure in app.measures}


def test_it_is_scored_beside_simple_answers_by_the_same_measures(app: Application) -> None:
    _variant, settings = first_shipped(app)
    answers = app.baselines(settings)
    assert len(answers) >= 2, f"rnn_core/apps/{app.name}/baselines.py: name at least two simple answers"
    for name, scores in answers.items():
        assert scores, f"the answer {name!r} has no score"
        assert set(scores) <= {measure.name for measure in app.measures}, name


def test_its_reader_opens_the_network_and_gives_its_scores(app: Application) -> None:
    variant, _settings = first_shipped(app)
    trained = load_trained(app.settings, variant)
    assert app.reader(trained.state) is not None
    found = app.scores(trained.state)
    assert found.keys() == trained.about.scores.keys()
    for name, value in found.items():
        assert value == pytest.approx(trained.about.scores[name], rel=1e-6, abs=1e-9), name


@pytest.mark.parametrize("library", ["torch", "keras"])
def test_its_programs_are_python_and_their_comments_are_translated(app: Application, library: str) -> None:
    for settings in app.settings.shipped().values():
        write = app.programs.as_torch if library == "torch" else app.programs.as_keras
        ast.parse(write(settings))
    missing = {str(comment) for comment in app.programs.Comment} - CHINESE
    assert missing == set(), f"locale/zh/LC_MESSAGES/{app.name}.po: no Chinese for these comments"
