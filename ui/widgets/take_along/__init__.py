"""What a page gives to take along: its numbers as files, and its view as a notebook."""
