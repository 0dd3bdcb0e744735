"""The results of `python -m benchmarks load` as tables."""

from typing import Any

from benchmarks.timing import table


def show(results: dict[str, Any]) -> None:
    lesson = results["lesson"]
    for number, each in enumerate(lesson.get("rounds", [lesson])):
        show_phase(f"Lesson {number + 1}", each)
    if results["students_on_cell_pages"]:
        show_phase("Students on cell pages", results["students_on_cell_pages"])
    show_phase("A bare Streamlit app", results["bare_app"])
    memory = results["megabytes"]
    sizes = [["before", memory["before"]], ["peak", memory["peak"]], *(["after", each] for each in memory["after"])]
    rows = [[name, f"{each['resident']} MB", f"{each['share']} MB"] for name, each in sizes]
    print(table(["All processes", "resident", "shared pages divided"], rows))
    print(f"per visitor {memory['per_visitor']} MB; left after all have gone {memory['left_percent']} %")
    print(f"growth since the first round: {memory['growth_percent'] or 'one round only'} %\n")


def show_phase(name: str, result: dict[str, Any]) -> None:
    rows = [
        [kind, f"{m['median']} ms", f"{m['p95']} ms", f"{m['slowest']} ms", str(m["count"])]
        for kind, m in [*result["milliseconds"].items(), ("all reruns", result["reruns"])]
        if m["count"]
    ]
    print(table([name, "median", "95%", "slowest", "number"], rows))
    seconds = ", ".join(f"{process} {used:.1f} s" for process, used in result["processor_seconds"].items() if used)
    print(f"processor: {seconds}")
    print(f"cores: the server {result['cores_used_by_server']}, all its processes {result['cores_used']}")
    print(f"errors: {result['errors'] or 'none'}\n")
