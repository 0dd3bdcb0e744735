"""The teacher's page: the lesson plan, links for students, and homework."""

import streamlit as st

from ui.classroom.homework.page import homework
from ui.classroom.plans.page import lesson_plan
from ui.classroom.teacher_links.page import teacher_links
from ui.i18n import _
from ui.widgets.choices import choice


def classroom() -> None:
    parts = {"plan": _("Lesson plan"), "links": _("Link for students"), "homework": _("Homework")}
    part = choice(st.segmented_control, _("Part"), parts, "plan", key="part", label_visibility="collapsed")
    {"plan": lesson_plan, "links": teacher_links, "homework": homework}[part]()
