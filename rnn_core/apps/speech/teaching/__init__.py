"""Teaching the network a visitor's voice: rounds of recordings, fine-tuning, and its score."""
