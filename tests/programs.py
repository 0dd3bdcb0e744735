"""Runs an exported program as it is, in this process: importing torch and Keras anew for each one takes longer than the tests."""

import io
import warnings
from contextlib import redirect_stdout


def printed(program: str) -> list[str]:
    """The lines that it prints. Warnings are the libraries' own business here."""
    lines = io.StringIO()
    with redirect_stdout(lines), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
    return lines.getvalue().splitlines()
