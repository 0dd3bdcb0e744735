"""Arrays and labels in, a Chart out; style.py holds every colour. No Streamlit here, nor in the figures of a subject."""
