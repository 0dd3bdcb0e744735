"""Lesson plans: the stops of a lesson, their editor, and how they are saved and passed on."""
