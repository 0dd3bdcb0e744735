"""Homework: links with a seed for each student, receipts, and the table that checks them."""
