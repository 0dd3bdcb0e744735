r"""The Markdown and the TeX of lessons in the few marks that a room's pages can draw: `_{}` below, `^{}` above, `**` bold, `*` italic.

A phone does not load a typesetter of formulas, which would be ten times as large as the rest of its page.
"""

import re

_SYMBOLS = {
    "sigma": "σ", "beta": "β", "alpha": "α", "gamma": "γ", "lambda": "λ", "phi": "φ", "tau": "τ", "ell": "ℓ", "partial": "∂",
    "approx": "≈", "cdot": "·", "times": "×", "odot": "⊙", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "to": "→",
    "ln": "ln", "log": "log", "exp": "exp", "tanh": "tanh", "sum": "∑", "prod": "∏", "infty": "∞", "dots": "…", "ldots": "…",
    "cdots": "⋯", "top": "⊤", "lVert": "‖", "rVert": "‖", "rvert": "|", "lvert": "|", ",": "\u2009", ";": " ", " ": " ", "quad": "  ",
}  # fmt: skip
_WITH_TWO, _WITH_ONE = ("frac", "tfrac", "dfrac"), ("text", "mathrm", "mathbf", "operatorname")
_ABOVE = {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304"}
_TOKEN = re.compile(r"\\([A-Za-z]+|.)|(.)", re.DOTALL)
_MATRIX = re.compile(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", re.DOTALL)


class UnknownCommand(ValueError):
    """A command of TeX that this file does not know."""


def plain_marks(markdown: str) -> str:
    text = markdown.replace("&ensp;", " ")
    text = re.sub(r"\$\$?\s*(.+?)\s*\$?\$", lambda found: formula(found[1]), text, flags=re.DOTALL)
    text = re.sub(r"\[(.+?)\]\((.+?)\)", r"\1", text)
    return text.replace("`", "")


def formula(tex: str) -> str:
    rows = _MATRIX.sub(lambda found: _matrix(found[1]), tex)
    return re.sub(" {2,}", " ", _Reader(rows).text()).strip()


def _matrix(body: str) -> str:
    """(1 2; 3 4)"""
    rows = [r"\ ".join(cell.strip() for cell in row.split("&")) for row in body.split(r"\\")]
    return "(" + r";\ ".join(rows) + ")"


class _Reader:
    def __init__(self, tex: str) -> None:
        self._tokens = [(found[1] or "", found[2] or "") for found in _TOKEN.finditer(tex)]
        self._at = 0

    def text(self, until: str = "") -> str:
        """Up to the closing brace, or to the end."""
        parts: list[str] = []
        while self._at < len(self._tokens) and self._tokens[self._at] != ("", until):
            parts.append(self._next())
        self._at += 1
        return "".join(parts)

    def _next(self) -> str:
        command, sign = self._tokens[self._at]
        self._at += 1
        if command:
            return self._command(command)
        if sign == "{":
            return self.text("}")
        if sign in "_^":
            return f"{sign}{{{self._argument()}}}"
        return {"-": "−", "'": "′", "\n": " "}.get(sign, sign)

    def _argument(self) -> str:
        while self._tokens[self._at] == ("", " "):
            self._at += 1
        return self._next()

    def _command(self, name: str) -> str:
        if name in _SYMBOLS:
            return _SYMBOLS[name]
        if name in ("ink", "textcolor"):
            self._argument()
            return self._argument()
        if name in _WITH_TWO:
            return f"{_grouped(self._argument())}/{_grouped(self._argument())}"
        if name in _WITH_ONE:
            return self._argument()
        if name in _ABOVE:
            return self._argument() + _ABOVE[name]
        if name in ("left", "right"):
            delimiter = self._next()
            return "" if delimiter == "." else delimiter
        raise UnknownCommand(name)


def _grouped(part: str) -> str:
    return f"({part})" if re.search(r"[ +−·]", part) else part
