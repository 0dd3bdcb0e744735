"""Parameters: building them, initialisations, presets."""
