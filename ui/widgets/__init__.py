"""Choices, uploads, prose and tables that pages of several subjects share."""
