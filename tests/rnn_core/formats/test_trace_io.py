"""Trace files: everything is read back to the last bit, and inconsistent files are refused with a message."""

import io
import json
import zipfile

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file
from safetensors.torch import save as torch_save

import rnn_core as rc
from rnn_core.formats import params_io, trace_io
from rnn_core.formats.trace_arrays import arrays
from rnn_core.params.build import form_of, weights_of
from rnn_core.passes.layers import StackParams, init_stack, run_stack

FORMS = [
    *[("rnn", {"activation": name}) for name in ("tanh", "relu", "sigmoid", "linear")],
    *[("lstm", {"variant": name}) for name in ("standard", "no_forget", "peephole", "coupled")],
    *[("gru", {"reset": reset, "z_keeps": keeps}) for reset in ("after", "before") for keeps in (True, False)],
]
WAYS = {
    "csv": (trace_io.trace_to_csv, trace_io.trace_from_csv),
    "json": (trace_io.trace_to_json, trace_io.trace_from_json),
    "npz": (trace_io.trace_to_npz, trace_io.trace_from_npz),
}
ways = pytest.mark.parametrize(("write", "read"), WAYS.values(), ids=WAYS)


def example(cell="lstm", form=None, X=2, H=3, T=4, seed=0, interventions=()):
    params = rc.init_params(cell, X, H, seed, **(form or {}))
    return rc.run(params, np.random.default_rng(seed).normal(size=(T, X)), interventions=interventions)


def same(one, other):
    assert type(one) is type(other)
    assert form_of(one.params) == form_of(other.params)
    assert one.interventions == other.interventions
    assert one.first_bad == other.first_bad
    assert arrays(one).keys() == arrays(other).keys()
    for name, array in arrays(one).items():
        back = arrays(other)[name]
        assert back.dtype == np.float64
        number = ~np.isnan(array)
        np.testing.assert_array_equal(np.signbit(back)[number], np.signbit(array)[number])
        np.testing.assert_array_equal(back, array)  # nan equals nan here


@ways
@given(st.sampled_from(FORMS), st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.integers(0, 99))
def test_a_trace_comes_back_to_the_last_bit(write, read, form, X, H, T, seed):
    held = (rc.Silence((0,), (T - 1,)), rc.SetState("h", (H - 1,), 1 / 3, 0))
    trace = example(*form, X, H, T, seed, held)
    back = read(write(trace))
    same(trace, back)
    dhs = np.ones((T, H))
    assert np.array_equal(rc.bptt(back, dhs).dxs, rc.bptt(trace, dhs).dxs)


@ways
def test_an_overflowed_trace_comes_back_with_its_infinities_and_says_so(write, read):
    params = rc.RNNParams(np.full((2, 1), -1e300), np.array([[1e300, -1e300], [0, 1.0]]), np.zeros(2), "linear")
    trace = rc.run(params, np.ones((5, 1)))
    assert trace.first_bad is not None
    assert np.isnan(trace.hs).any()
    same(trace, read(write(trace)))


@ways
def test_minus_zero_and_the_smallest_number_survive(write, read):
    params = rc.RNNParams(np.array([[5e-324]]), np.array([[-0.0]]), np.array([-0.0]), "linear")
    same(rc.run(params, [[1.0], [-0.0]]), read(write(rc.run(params, [[1.0], [-0.0]]))))


def test_the_csv_counts_steps_as_the_equations_do():
    trace = example(T=2)
    lines = trace_io.trace_to_csv(trace).splitlines()
    assert lines[0] == "name,step,unit,value"
    assert "hs,0,1,0.0" in lines
    assert f"cs,0,2,{float(trace.cs[0, 2])!r}" in lines
    assert f"cs,2,2,{float(trace.cs[2, 2])!r}" in lines
    assert f"forget_gate,1,2,{float(trace.forget_gate[0, 2])!r}" in lines
    assert f"params.W_xf,2,1,{float(trace.params.W_xf[2, 1])!r}" in lines
    assert f"params.b_f,0,2,{float(trace.params.b_f[2])!r}" in lines
    assert len(lines) == 2 + sum(array.size for array in arrays(trace).values())


def test_json_is_json_for_strict_readers_too():
    params = rc.RNNParams(np.full((1, 1), 1e300), np.full((1, 1), 1e300), np.zeros(1), "linear")
    text = trace_io.trace_to_json(rc.run(params, np.ones((3, 1))))

    def refuse(word):
        raise AssertionError(word)

    assert json.loads(text, parse_constant=refuse)["arrays"]["hs"][2] == ["Infinity"]


def test_no_pickle_is_written_or_read():
    with np.load(io.BytesIO(trace_io.trace_to_npz(example())), allow_pickle=False) as archive:
        assert all(archive[name].dtype in (np.float64, np.uint8) for name in archive.files)
    evil = io.BytesIO()
    np.savez(evil, about=np.array([print], dtype=object), allow_pickle=True)
    with pytest.raises(rc.CoreError, match="npz"):
        trace_io.trace_from_npz(evil.getvalue())


def test_files_by_the_end_of_their_name(tmp_path):
    for end in WAYS:
        trace_io.save_trace(tmp_path / f"run.{end}", example("gru"))
        same(example("gru"), trace_io.load_trace(tmp_path / f"run.{end}"))
    with pytest.raises(rc.CoreError, match=r"path: its end"):
        trace_io.load_trace(tmp_path / "run.pickle")
    with pytest.raises(rc.CoreError, match="can be read"):
        trace_io.load_trace(tmp_path / "nothing.csv")
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(rc.CoreError, match="csv"):
        trace_io.load_trace(tmp_path / "bad.csv")


@ways
@given(st.data())
def test_a_file_that_was_cut_or_changed_is_refused_or_still_a_trace(write, read, data):
    """Whatever happens to a file, reading it gives a trace that fits together or a CoreError."""
    whole = write(example("gru", T=2, H=2))
    raw = bytearray(whole.encode() if isinstance(whole, str) else whole)
    at = data.draw(st.integers(0, len(raw) - 1))
    if data.draw(st.booleans()):
        del raw[at : at + data.draw(st.integers(1, 60))]
    else:
        raw[at] = data.draw(st.integers(0, 255))
    try:
        back = read(raw.decode("utf-8", "replace") if isinstance(whole, str) else bytes(raw))
    except rc.CoreError:
        return
    rc.bptt(back, np.ones((2, 2)))


def changed_json(**changes):
    words = json.loads(trace_io.trace_to_json(example(T=2)))
    for path, value in changes.items():
        place, *keys = [words, *path.split("__")]
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value
    return json.dumps(words)


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("", "json"),
        ("[" * 100_000, "json"),
        ('{"arrays": 3}', "json"),
        ('{"arrays": {}}', "format"),
        (changed_json(version=2), "format"),
        (changed_json(cell="gnu"), "cell"),
        (changed_json(cell=["lstm"]), "cell"),
        (changed_json(cell="gru"), "options of the gru"),
        (changed_json(form={"variant": "peephole"}), "params.w_ci"),
        (changed_json(form=None), "form"),
        (changed_json(interventions=[3]), "interventions"),
        (changed_json(interventions=[{"kind": "silence", "units": [9], "steps": None}]), "interventions: unit"),
        (changed_json(interventions=[{"kind": "explode"}]), "interventions: kind"),
        (changed_json(arrays__xs=[]), "xs"),
        (changed_json(arrays__xs=[[1, 2], [3]]), "json"),
        (changed_json(arrays__xs=[["1", 2]]), "json"),
        (changed_json(arrays__xs=[[{"a": 1}]]), "xs"),
        (changed_json(arrays__cs=[[0, 0, 0]]), "cs"),
        (changed_json(arrays__params={}), "names"),
        (changed_json(arrays__more=[[1.0]]), "names"),
    ],
)
def test_what_does_not_fit_together_is_named(text, argument):
    with pytest.raises(rc.CoreError) as error:
        trace_io.trace_from_json(text)
    assert error.value.argument == argument


@pytest.mark.parametrize(
    ("change", "argument"),
    [
        (lambda text: text.replace("name,", "nom,", 1), "csv"),
        (lambda text: text + "hs,0,0,1.0\n", "hs"),
        (lambda text: text + "hs,999999999999,0,1.0\n", "hs"),
        (lambda text: text + f"hs,{10**30},0,1.0\n", "csv"),
        (lambda text: text + "hs,0,0\n", "csv"),
        (lambda text: text + "hs,0,0,one\n", "csv"),
        (lambda text: text + "hs,-1,0,1.0\n", "hs"),
        (lambda text: text.replace("xs,1,0,", "xs,2,0,", 1), "xs"),
        (lambda text: text[:9], "csv"),
        (lambda text: text + '"open', "csv"),
    ],
)
def test_a_table_that_is_not_whole_is_named(change, argument):
    with pytest.raises(rc.CoreError) as error:
        trace_io.trace_from_csv(change(trace_io.trace_to_csv(example(T=2))))
    assert error.value.argument == argument


@pytest.mark.parametrize("name", ["hs", "cs"])
def test_a_run_that_begins_with_an_infinite_state_is_refused(name):
    """No run does; where all that follows is finite, no step would be the first bad one."""
    numbers = json.loads(trace_io.trace_to_json(rc.run(rc.init_params("lstm", 1, 2), np.ones((3, 1)))))
    numbers["arrays"][name][0][1] = "NaN"
    with pytest.raises(rc.CoreError, match=f"{name}: state before the first step"):
        trace_io.trace_from_json(json.dumps(numbers))


def test_a_header_with_huge_shapes_allocates_no_memory():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (10**6, 10**6)})
        archive.writestr("about.npy", header.getvalue())
    with pytest.raises(rc.CoreError, match="npz"):
        trace_io.trace_from_npz(file.getvalue())


@given(st.sampled_from(FORMS), st.integers(1, 3), st.booleans(), st.integers(0, 99))
def test_parameters_come_back_from_safetensors_to_the_last_bit(form, layers, bidirectional, seed):
    cell, options = form
    stack = init_stack(cell, 2, 3, layers, bidirectional=bidirectional, seed=seed, **options)
    back = params_io.params_from_bytes(params_io.params_to_bytes(stack))
    back = back if isinstance(back, StackParams) else StackParams((back,))
    for one, other in zip(stack.rows, back.rows, strict=True):
        assert form_of(one) == form_of(other)
        assert weights_of(one).keys() == weights_of(other).keys()
        assert all(np.array_equal(weight, weights_of(other)[name]) for name, weight in weights_of(one).items())


def test_torch_opens_our_file_and_we_open_torchs(tmp_path):
    module = torch.nn.LSTM(2, 3, 2, bidirectional=True, dtype=torch.float64)
    stack = params_io.params_from_bytes(torch_save(module.state_dict()), cell="lstm")
    path = tmp_path / "lstm.safetensors"
    params_io.save_params(path, stack)
    module.load_state_dict(load_file(path))
    xs = np.random.default_rng(0).normal(size=(5, 2))
    theirs = module(torch.from_numpy(xs))[0].detach().numpy()
    np.testing.assert_allclose(run_stack(params_io.load_params(path), xs).ys, theirs, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("data", "options", "argument"),
    [
        (b"", {}, "data"),
        (b"not a file at all", {}, "data"),
        (torch_save({"weight_ih_l0": torch.ones(3, 1, dtype=torch.bfloat16)}), {"cell": "rnn"}, "data"),
        (torch_save(torch.nn.RNN(1, 2).state_dict()), {}, "cell"),
        (torch_save(torch.nn.RNN(1, 2).state_dict()), {"cell": "elman"}, "cell"),
        (torch_save(torch.nn.RNN(1, 2).state_dict()), {"cell": "rnn", "reset": "after"}, "options of the rnn"),
        (torch_save(torch.nn.RNN(1, 2).state_dict()), {"cell": "lstm"}, "weight_ih_l0: its rows"),
        (torch_save(torch.nn.LSTM(2, 3, proj_size=2).state_dict()), {"cell": "lstm"}, "weight_hh_l0"),
        (torch_save({"other": torch.ones(2)}), {"cell": "rnn"}, "layers"),
        (torch_save({**torch.nn.RNN(1, 2).state_dict(), "other": torch.ones(2)}), {"cell": "rnn"}, "names"),
        (
            torch_save({"weight_ih_l0": torch.ones(2, 1), "weight_hh_l0": torch.ones(9, 9)}),
            {"cell": "rnn"},
            "weight_hh_l0",
        ),
        (torch_save({"weight_ih_l0": torch.full((1, 1), torch.inf)}), {"cell": "rnn"}, "weight_ih_l0"),
    ],
)
def test_parameter_files_that_do_not_fit_are_named(data, options, argument):
    with pytest.raises(rc.CoreError) as error:
        params_io.params_from_bytes(data, **options)
    assert error.value.argument == argument
