"""The door from pages into rnn_core, and the only place with Streamlit's caches: one file a subject."""
