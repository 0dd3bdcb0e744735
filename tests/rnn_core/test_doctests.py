"""The examples in the docstrings of the core are run, and every public function has one."""

import doctest
import importlib
import inspect
import pkgutil

import numpy as np
import pytest

import rnn_core

LEFT_OUT = ("rnn_core.learn", "rnn_core.apps", "rnn_core.data")  # the trainer and the applications


def modules_of_the_core():
    found = pkgutil.walk_packages(rnn_core.__path__, "rnn_core.")
    return ["rnn_core", *(each.name for each in found if not each.name.startswith(LEFT_OUT))]


@pytest.mark.parametrize("name", modules_of_the_core())
def test_the_examples_of_a_module_are_true(name):
    module = importlib.import_module(name)
    failed, _count = doctest.testmod(module, extraglobs={"np": np})
    assert failed == 0


@pytest.mark.parametrize("name", rnn_core.__all__)
def test_every_public_function_and_class_has_an_example(name):
    value = getattr(rnn_core, name)
    if inspect.isfunction(value) or (inspect.isclass(value) and not issubclass(value, Exception)):
        assert ">>>" in value.__doc__
