"""Unrolled: see how recurrent networks work. Start with `make run` or `streamlit run app.py`."""

# Read under three names: as `app` once, when `streamlit run` makes the server; as `__main__` for every run of a visitor's page;
# and by worker processes, which must start neither.
if __name__ == "app":
    from streamlit.starlette import App

    from ui.shell.run_time import say_what_failed
    from ui.shell.server import middleware, routes, server_lifespan

    app = App(
        __file__,
        lifespan=server_lifespan,
        routes=routes(),
        middleware=middleware(),
        on_script_error=say_what_failed,
    )
elif __name__ == "__main__":
    from ui.classroom.plans.kept import add_view
    from ui.course.search.lazy import searched
    from ui.shell.frame import open_app

    open_app(searched, add_view)
