"""The training lab; comparison/ and experiments/ are pages of their own."""
