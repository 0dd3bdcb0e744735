"""The glossary: one term with its formula and its pages, all terms by subject, and the symbols."""

import tomllib
from functools import cache
from itertools import groupby

import streamlit as st

from ui.i18n import Language, _, language
from ui.shell import site
from ui.shell.frame import link
from ui.widgets import glossary
from ui.widgets.choices import choice
from ui.widgets.glossary import Term
from ui.widgets.tables import table


def subject_titles() -> dict[str, str]:
    return {
        "networks": _("Networks and sequences"),
        "gates": _("Activations and gates"),
        "gradients": _("Gradients"),
        "training": _("Training"),
        "data": _("Data"),
        "architectures": _("Architectures"),
        "inside": _("Decoding and looking inside"),
    }


@st.fragment
def one_term() -> None:
    """A term found by typing; the link names it."""
    labels = {key: _title(term) for key, term in sorted(glossary.terms().items(), key=lambda each: _order(each[1]))}
    term = glossary.terms()[choice(st.selectbox, _("Find a term"), labels, "bptt", "term")]
    with st.container(border=True, key="glossary_term"):
        st.markdown(f"#### {_title(term)}")
        st.caption(f"{subject_titles()[term.subject]} · {term.named[_other()].name}")
        st.markdown(term.here.sentence)
        if term.formula:
            st.markdown(f"$${term.formula}$$")
        with st.container(horizontal=True):
            for slug in term.pages:
                link(slug)


def _other() -> Language:
    return "zh" if language() == "en" else "en"


def _title(term: Term) -> str:
    also = ", ".join(term.here.also) if language() == "en" else "、".join(term.here.also)
    if not also:
        return term.here.name
    return f"{term.here.name} ({also})" if language() == "en" else f"{term.here.name}（{also}）"


def _order(term: Term) -> str:
    return term.here.name.lower()


def all_terms() -> None:
    with st.container(key="glossary_list"):
        for text in _all_terms(language()):
            st.markdown(text)


@cache
def _all_terms(lang: Language) -> tuple[str, ...]:
    """Each subject as one text: few elements, so that the page opens quickly."""
    titles, texts = subject_titles(), []
    for subject, terms in groupby(glossary.terms().values(), key=lambda term: term.subject):
        lines = [f"### {titles[subject]}"]
        for term in sorted(terms, key=_order):
            formula = f" ${term.formula}$" if term.formula else ""
            pages = ", ".join(f"[{site.title(slug)}]({slug}?lang={lang})" for slug in term.pages)
            lines.append(f"**{_title(term)}** {term.here.sentence}{formula} &ensp;{pages}")
        texts.append("\n\n".join(lines))
    return tuple(texts)


def symbols() -> None:
    read = tomllib.loads((glossary.GLOSSARY / "symbols.toml").read_text(encoding="utf-8"))["symbols"]
    place = 2 if language() == "en" else 3
    table(
        {
            _("symbol"): [f"${row[0]}$" for row in read],
            _("meaning"): [row[place] for row in read],
            _("shape"): [row[1] for row in read],
        },
        words=3,
    )
