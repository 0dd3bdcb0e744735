"""The course around the instruments: Home, practice and reference."""
