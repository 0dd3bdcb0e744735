"""Unrolled: see how recurrent networks work. Start with `make run` or `streamlit run app.py`."""

from ui import shell


def main() -> None:
    shell.open_app()


# The guard matters: worker processes import this file again, and must not start the app inside themselves.
if __name__ == "__main__":
    main()
