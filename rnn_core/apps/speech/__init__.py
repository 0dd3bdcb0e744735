"""Spoken digits, 0 to 9 in English and in Mandarin: from the sound to the word."""
