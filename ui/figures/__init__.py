"""Functions from arrays and labels to a Chart; style.py defines every colour. Nothing here imports Streamlit."""
