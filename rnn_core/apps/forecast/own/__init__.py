"""A visitor's own series: read from a table, with its season and settings that suit it."""
