"""Pictures of handwritten digits, and the normalisation of drawings, for the applications that read digits."""
