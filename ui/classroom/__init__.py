"""What a teacher needs in class."""
