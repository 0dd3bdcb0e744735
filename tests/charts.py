"""Opens a page in a given view, and reads the charts that it sends to the browser."""

import base64
import json
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.repository import ROOT


def opened(slug: str, lang: str = "en", **query: str) -> AppTest:
    """The page as the first one of a visit. That Home is not run before it saves half of the time."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"lang": lang, **query})
    app.switch_page(f"pages/{slug}.py").run()
    assert not app.exception, app.exception
    return app


def parts(app: AppTest) -> list[dict[str, Any]]:
    """The data of each of our own browser parts."""
    sent = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return [data.get("wrapped", [data])[0] for data in sent]


def title(app: AppTest, key: str) -> str:
    """The words above a chart."""
    words: str = json.loads(charts(app)[key]["figure"])["layout"]["title"]["text"]
    return words


def charts(app: AppTest) -> dict[str, dict[str, Any]]:
    """The data of each chart, by key: figure (as text), alt, note."""
    return {data["key"]: data for data in parts(app) if "figure" in data}


def board(app: AppTest) -> dict[str, Any]:
    """The data of the picture that a visitor can draw on."""
    [found] = [data for data in parts(app) if "field" in data]
    return found


def selected(app: AppTest) -> str | None:
    """The preset that is highlighted among the small pictures of a page."""
    [found] = [data for data in parts(app) if "options" in data and "chosen" in data]
    name: str | None = found["chosen"]
    return name


def set_dial(app: AppTest, **values: float) -> AppTest:
    """As a dial does: its callback writes its value into the session before the page's run."""
    for key, value in values.items():
        app.session_state[key] = value
    return app.run()


def traces(app: AppTest, key: str) -> list[dict[str, Any]]:
    return json.loads(charts(app)[key]["figure"])["data"]


def values(encoded: Any) -> np.ndarray:
    """An array of a figure: plotly writes NumPy arrays as base64."""
    if not isinstance(encoded, dict):
        return np.array(encoded)
    flat = np.frombuffer(base64.b64decode(encoded["bdata"]), encoded["dtype"])
    return flat.reshape([int(size) for size in str(encoded["shape"]).split(",")]) if "shape" in encoded else flat


def words(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


def tables(app: AppTest) -> list[list[list[str]]]:
    """The Markdown tables of ui/widgets/tables.py, each with its line of heads."""
    lines = [text.value.split("\n") for text in app.markdown if text.value.startswith("| ")]
    return [[line.strip("| ").split(" | ") for line in (head, *rows)] for head, _marks, *rows in lines]
