"""Several digits in one breath: the strips, the reader of their network, its scores, and a language model of digits."""
