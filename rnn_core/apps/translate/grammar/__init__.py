"""How numbers and dates are written, and the rules that judge a translation."""
