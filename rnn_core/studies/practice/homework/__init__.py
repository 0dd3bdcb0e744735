"""Homework: a seed for each student, a receipt that each hands in, and the check that computes every answer again."""
