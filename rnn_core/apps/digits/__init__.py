"""Pictures of handwritten digits and drawings brought to their form: shared by the applications that read digits."""
