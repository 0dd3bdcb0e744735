"""What the page that is open offers to take along. A page, or a fragment in it, says what its view shows; the menu in the page's head
reads it when a file is asked for, so that it has the numbers that are on the screen then.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from rnn_core.formats.archive import zipped
from ui.widgets.take_along.recipe import Files, Recipe, notebook_of

Write = Callable[[str], str]  # a notebook's text, from the link to the view
_KEPT = "take_along"
CORE = "rnn_core"


@dataclass(frozen=True)
class Offer:
    """The numbers that a view shows, by the names that the files and the notebook call them."""

    numbers: Mapping[str, NDArray[Any]]
    notebooks: Mapping[str, Write] = field(default_factory=dict)  # by the library that each needs
    recipe: Recipe | None = None  # those of all parts make one notebook, which needs rnn_core


@dataclass
class PageOffers:
    """The menu's downloads refer to it, and a fragment sets its newest offer in it."""

    slug: str
    offers: dict[str, Offer] = field(default_factory=dict)  # by the part of the page
    query: str = ""  # of the link to the view

    @property
    def numbers(self) -> Mapping[str, NDArray[Any]]:
        return {name: values for offer in self.offers.values() for name, values in offer.numbers.items()}

    @property
    def notebooks(self) -> Mapping[str, Write]:
        """Parts without a recipe are not in the notebook of those that have one."""
        recipes = self._recipes
        of_parts = {CORE: lambda link: notebook_of(recipes, link)} if recipes else {}
        return of_parts | {
            library: write for offer in self.offers.values() for library, write in offer.notebooks.items()
        }

    def notebook(self, library: str) -> str:
        return self.notebooks[library](f"{self.slug}?{self.query}".rstrip("?"))

    def files(self, library: str) -> Files:
        """What the notebook reads from its own folder."""
        if library != CORE:
            return {}
        return {name: make for recipe in self._recipes for name, make in recipe.files.items()}

    def archive(self, library: str) -> bytes:
        """The notebook with its files."""
        files = {name: make() for name, make in self.files(library).items()}
        return zipped({f"unrolled-{self.slug}.ipynb": self.notebook(library), **files})

    @property
    def _recipes(self) -> list[Recipe]:
        return [offer.recipe for offer in self.offers.values() if offer.recipe is not None]


def begin_offers(slug: str) -> None:
    st.session_state[_KEPT] = PageOffers(slug)


def offers_of_page() -> PageOffers | None:
    return st.session_state.get(_KEPT)


def offer(made: Offer, part: str = "view") -> None:
    """What a part of the page offers, in place of what it offered before."""
    found = offers_of_page()
    if found is not None:
        found.offers[part], found.query = made, urlencode(list(_link_parameters()))


def offer_numbers(numbers: Mapping[str, ArrayLike | None], part: str = "view") -> None:
    """Of a part that has no notebook. What is None is not there."""
    offer(Offer({name: np.asarray(values) for name, values in numbers.items() if values is not None}), part)


def _link_parameters() -> Iterator[tuple[str, str]]:
    for name in st.query_params:
        for value in st.query_params.get_all(name):
            yield name, value
