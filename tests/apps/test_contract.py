"""What every application must have. Each failure says in words what is missing, and where it belongs."""

import ast
from importlib import import_module
from pathlib import Path

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
    shipped = app.settings.shipped()
    assert shipped, f"rnn_core/apps/{app.name}/settings.py: Settings.shipped() must name at least one ready network"
    return next(iter(shipped.items()))


def command(app: Application, variant: str) -> str:
    return f"python -m rnn_core.apps.make {app.name} {variant}"


def check_file(path: Path, why: str) -> None:
    assert path.is_file(), f"{path.relative_to(ROOT)} is missing: {why}"


def test_every_application_is_registered() -> None:
    folders = {path.parent.name for path in (ROOT / "rnn_core" / "apps").glob("*/application.py")}
    missing = folders - APPLICATIONS.keys()
    assert not missing, f"rnn_core/apps/registry.py: list {sorted(missing)}, under the names of their folders"


def test_its_name_is_that_of_its_folder_and_the_kind_of_its_runs(app: Application) -> None:
    settings = f"rnn_core/apps/{app.name}/settings.py"
    check_file(ROOT / settings, f"APPLICATION.name is {app.name!r}, so its folder must be called so")
    assert issubclass(app.settings, AppSettings), f"{settings}: Settings must extend AppSettings"
    assert app.settings.kind == app.name, f"{settings}: Settings.kind must be {app.name!r}"


def test_it_has_a_page_and_a_place_in_the_menu(app: Application) -> None:
    name = app.name
    assert name in site.BY_SLUG, f"ui/shell/site.py: add PageInfo({name!r}, 'apps', ...) to PAGES"
    for words, what in ((site.title, "_titles"), (site.idea, "the ideas")):
        try:
            words(name)
        except KeyError:
            pytest.fail(f"ui/shell/site.py: {what} have no entry for {name!r}")
    check_file(ROOT / "pages" / f"{name}.py", "it opens the page, and calls the controls and views of the application")
    assert name in link_names._NAMES, (
        f"ui/links/names.py: add {name!r} with the names that the link of its page may have"
    )


def test_it_has_lessons_a_data_sheet_and_tests_of_its_own(app: Application) -> None:
    for section, why in (("question", "the question at the top of the page"), ("remember", "the sentence at its end")):
        for language in ("en", "zh"):
            check_file(ROOT / "lessons" / app.name / f"{section}.{language}.md", why)
    assert f"\n## {app.name}/" in (ROOT / "docs" / "data.md").read_text(encoding="utf-8"), (
        f"docs/data.md: add '## {app.name}/' with the source of its data, their licence, and the command that makes them"
    )
    assert list((ROOT / "tests" / "apps" / app.name).glob("test_*.py")), (
        f"tests/apps/{app.name}/ has no test: test what is special about this application"
    )


def test_its_settings_are_read_back_from_a_file(app: Application) -> None:
    for settings in (app.settings(), *app.settings.shipped().values()):
        written = {name: value for name, value in settings.to_plain().items() if name != "kind"}
        assert app.settings.read(written) == settings, (
            f"rnn_core/apps/{app.name}/settings.py: declare every field with whole, real, choice, flag or packed of "
            "rnn_core/learn/fields.py, so that it is written into run files and read back"
        )


def test_what_it_trains_has_the_shapes_that_its_settings_say_and_makes_a_step(app: Application) -> None:
    _variant, settings = first_shipped(app)
    begun = start(settings)
    shapes = {name.removeprefix("network."): each.shape for name, each in load(begun.tensors).items()}
    expected = dict(settings.network_shapes()) | {f"carry.{name}": s for name, s in settings.carry_shapes().items()}
    assert shapes == expected, (
        f"rnn_core/apps/{app.name}: network_shapes() of settings.py must name the tensors of network.py with their shapes"
    )
    state, metrics = advance(begun, 1, view=False)
    assert state.step == 1, f"rnn_core/apps/{app.name}/network.py: the first training step did not end: {state.ending}"
    assert np.isfinite(metrics.steps.loss).all(), f"rnn_core/apps/{app.name}/network.py: the first loss is not finite"
    assert advance(begun, 1, view=False)[0] == state, (
        f"rnn_core/apps/{app.name}/network.py: train_on must depend on the settings and the step alone, but a second "
        "start came out otherwise: seed every random generator with (seed, step)"
    )
    again = runfile.load(runfile.save(state), {app.name: app.settings.read})[0]
    assert again == state, f"rnn_core/apps/{app.name}/settings.py: a run file of these settings is not read back"


def test_every_network_that_ships_is_there_and_nothing_else(app: Application) -> None:
    folder = ROOT / "rnn_core" / "apps" / app.name / "files"
    shipped, measures = app.settings.shipped(), {measure.name for measure in app.measures}
    for variant, settings in shipped.items():
        again = command(app, variant)
        check_file(folder / f"{variant}.safetensors", f"train it with `{again}`")
        check_file(folder / f"{variant}.json", f"train it with `{again}`")
        trained = load_trained(app.settings, variant)
        assert trained.state.settings == settings, f"{variant} was trained with other settings: `{again}`"
        assert trained.about.command == again, f"{variant}.json names another command: `{again}`"
        assert settings.shipped_as() == variant, f"two networks of {app.name} have the settings of {variant}"
        assert app.measures[0].name in trained.about.scores, f"{variant} has no score by the first measure: `{again}`"
        unknown = set(trained.about.scores) - measures
        assert not unknown, f"APPLICATION.measures of {app.name} does not name {unknown}"
    left_over = {
        path.stem for path in folder.glob("*.safetensors") if path.with_suffix(".json").is_file()
    } - shipped.keys()
    assert not left_over, f"{folder.relative_to(ROOT)}: no settings ship {sorted(left_over)}, so delete them"


def test_it_is_scored_beside_simple_answers_and_the_page_has_words_for_all(app: Application) -> None:
    _variant, settings = first_shipped(app)
    answers, measures = app.baselines(settings), [measure.name for measure in app.measures]
    assert len(answers) >= 2, f"APPLICATION.baselines of {app.name}: name at least two simple answers"
    for name, scores in answers.items():
        assert scores, f"APPLICATION.baselines of {app.name}: the answer {name!r} has no score"
        unknown = scores.keys() - measures
        assert not unknown, f"APPLICATION.measures of {app.name} does not name {unknown}, by which {name!r} is scored"
    words = import_module(f"ui.apps.{app.name}.views").answer_names()
    missing = {*measures, *answers} - words.keys()
    assert not missing, f"ui/apps/{app.name}/views.py: answer_names() has no words for {missing}"


def test_its_reader_opens_the_network_and_gives_its_scores(app: Application) -> None:
    variant, _settings = first_shipped(app)
    trained = load_trained(app.settings, variant)
    assert app.reader(trained.state) is not None
    found = app.scores(trained.state)
    assert found.keys() == trained.about.scores.keys()
    for name, value in found.items():
        assert value == pytest.approx(trained.about.scores[name], rel=1e-6, abs=1e-9), (
            f"{name}: the reader or the test data have changed since the training: `{command(app, variant)}`"
        )


def test_its_reader_refuses_a_run_of_another(app: Application) -> None:
    other = next(each for each in APPLICATIONS.values() if each is not app)
    state = load_trained(other.settings, first_shipped(other)[0]).state
    try:
        app.reader(state)
    except TypeError:
        return
    pytest.fail(
        f"rnn_core/apps/{app.name}/reader.py: begin with settings_of(state, Settings) of rnn_core/apps/tensors.py"
    )


@pytest.mark.parametrize("library", ["torch", "keras"])
def test_its_programs_are_python_and_train_as_its_settings_say(app: Application, library: str) -> None:
    where = f"rnn_core/apps/{app.name}/programs.py, as_{library}"
    for settings in app.settings.shipped().values():
        write = app.programs.as_torch if library == "torch" else app.programs.as_keras
        program = write(settings)
        try:
            ast.parse(program)
        except SyntaxError as error:
            pytest.fail(f"{where}: line {error.lineno} is not Python: {error.text}")
        clip = "clip_grad_norm_" if library == "torch" else "global_clipnorm"
        assert (clip in program) == (settings.clip_norm is not None), (
            f"{where}: the settings say clip_norm={settings.clip_norm}"
        )
        assert f"{settings.rate:g}" in program, (
            f"{where}: the learning rate {settings.rate:g} of the settings is missing"
        )


def test_the_comments_of_its_programs_are_translated(app: Application) -> None:
    missing = {str(comment) for comment in app.programs.Comment} - CHINESE
    assert not missing, f"locale/zh/LC_MESSAGES/{app.name}.po: no Chinese for {missing}"
