"""The address of the app as a reader's browser knows it, and the query of a link."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui.i18n import language
from ui.shell import site


def app_address() -> str:
    """The app's address with a slash at its end: `https://school.example/unrolled/`."""
    url = urlsplit(st.context.url or "http://localhost/")
    path = url.path.rstrip("/")
    slug = path.rpartition("/")[2]
    folder = path.removesuffix(slug) if slug in site.BY_SLUG else f"{path}/"
    return f"{url.scheme}://{url.netloc}{folder}"


def as_query(parameters: Mapping[str, str]) -> str:
    """The parameters as a query, with the reader's language."""
    return "?" + urlencode({"lang": language(), **parameters}, safe=",")
