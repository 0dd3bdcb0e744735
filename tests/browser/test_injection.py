"""Text of visitors, links and files is shown as plain text: nothing in it runs, loads or links anywhere.

Sixty strings are sent through every input whose text is shown. A request to another host, a dialog, `window.hit` or a link to
evil.test would each be found.
"""

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import wait_until_idle

pytestmark = pytest.mark.long

EVIL = "//evil.test"
TAGS = (
    *(
        "<script>hit=1</script>",
        "<img src=x onerror=hit=1>",
        "<svg onload=hit=1>",
        "<svg/onload=hit=1//",
        f"<a href={EVIL}>x</a>",
    ),
    *(
        f"<iframe src={EVIL}></iframe>",
        f"<link rel=stylesheet href={EVIL}/a.css>",
        f"<img src={EVIL}/1.png>",
        "<body onload=hit=1>",
    ),
    *(
        "<details open ontoggle=hit=1>",
        "<input autofocus onfocus=hit=1>",
        f"<object data={EVIL}>",
        f"<base href={EVIL}>",
    ),
    *(
        '"><img src=x onerror=hit=1>',
        "'><svg onload=hit=1>",
        "</textarea><img src=x onerror=hit=1>",
        "<IMG SRC=x ONERROR=hit=1>",
    ),
    *(
        f"<video poster={EVIL}/v.png>",
        f"<form action={EVIL}><button>x",
        f"<meta http-equiv=refresh content=0;url={EVIL}>",
    ),
    *(
        "<math><a xlink:href=javascript:hit=1>x",
        "<style>@import'//evil.test/s.css'</style>",
        "&lt;img src=x onerror=hit=1&gt;",
    ),
    *("&#60;img src=x onerror=hit=1&#62;", "<!--><img src=x onerror=hit=1>", "<x style=background:url(//evil.test/u)>"),
)
MARKDOWN = (
    *(
        f"![a]({EVIL}/m.png)",
        f"[a]({EVIL})",
        "http://evil.test",
        "https://evil.test/x",
        "www.evil.test",
        "<http://evil.test>",
    ),
    *("[a](javascript:hit=1)", "<javascript:hit=1>", "me@evil.test", "<me@evil.test>", f"![a][b]\n\n[b]: {EVIL}/r.png"),
    *(
        f"\n\n![a]({EVIL}/n.png)",
        "\n\n# heading http://evil.test",
        "\n\n> http://evil.test",
        f"\n- [a]({EVIL}/l)",
        f"`` ` ![a]({EVIL}/b.png)",
    ),
    *(
        f"`![a]({EVIL}/c.png)`",
        f"\\![a]({EVIL}/e.png)",
        f"|a|\n|-|\n|![a]({EVIL}/t.png)|",
        f"[![a]({EVIL}/i.png)]({EVIL})",
    ),
)
OTHERS = (
    *(
        ":material/home:",
        ":red[http://evil.test]",
        f":blue-background[![a]({EVIL}/d.png)]",
        ":streamlit:",
        ":small[www.evil.test]",
    ),
    *(
        "$\\href{javascript:hit=1}{x}$",
        f"$$\\includegraphics{{{EVIL}/k.png}}$$",
        f"$\\url{{{EVIL}}}$",
        f"$\\htmlStyle{{background:url({EVIL}/h)}}{{x}}$",
    ),
    *(
        f"url({EVIL}/c.png)",
        "expression(hit=1)",
        "{{constructor.constructor('hit=1')()}}",
        "${hit=1}",
        "javascript:hit=1",
    ),
)
STRINGS = (*TAGS, *MARKDOWN, *OTHERS)

HARM = """() => {
    const found = window.hit === undefined ? [] : ["it ran"]
    const look = (root) => {
        for (const node of root.querySelectorAll("*")) {
            for (const name of ["href", "src", "data", "poster", "action", "xlink:href", "style"]) {
                const value = node.getAttribute(name) || ""
                if (/evil\\.test|javascript:/.test(value)) found.push(`<${node.localName} ${name}=${value}>`)
            }
            for (const { name } of node.attributes) if (/^on/.test(name)) found.push(`<${node.localName} ${name}>`)
            if (node.shadowRoot) look(node.shadowRoot)
        }
    }
    look(document)
    return found
}"""


@pytest.fixture
def watched(browser: Browser, app_url: str) -> Iterator[Callable[[str], Page]]:
    """Opens an address; at the end nothing may have been asked of another host, and no dialog may have come."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    seen: list[str] = []
    context.on("dialog", lambda dialog: (seen.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    context.on("request", lambda request: seen.append(request.url))

    def opened(address: str) -> Page:
        page = context.new_page()
        page.goto(f"{app_url}/{address}")
        wait_until_idle(page)
        return page

    yield opened
    context.close()
    assert [each for each in seen if not each.startswith((app_url, "data:", "blob:"))] == []


def harmless(page: Page) -> None:
    wait_until_idle(page)
    assert page.evaluate(HARM) == []


def chunks(longest: int) -> list[str]:
    """All strings, as few texts as they fit into."""
    made = [""]
    for each in STRINGS:
        if len(made[-1]) + len(each) + 1 > longest:
            made.append("")
        made[-1] += " " + each
    return made


def typed(page: Page, field: str, longest: int) -> None:
    box = page.get_by_role("textbox", name=field)
    expect(box).to_be_visible()
    for text in chunks(longest):
        box.fill(text)
        box.press("Enter")
        harmless(page)


LAB = [
    "T",
    "H",
    "layers",
    "two_way",
    "symbol_size",
    "init",
    "w_gain",
    "forget",
    "chrono",
    "optimiser",
    "rate",
    "schedule",
    "momentum",
    "decay",
    "clip",
    "clip_each",
    "dropout",
]


@pytest.mark.parametrize("part", range(4))
def test_parameters_of_a_link_are_shown_as_text(watched: Callable[[str], Page], part: int) -> None:
    """One page has so many that four links say all strings; their names, too, are somebody's words."""
    strings = STRINGS[part::4]
    page = watched(
        "lab?" + urlencode(dict(zip(LAB, strings, strict=False)) | {f"{each}{EVIL}": each for each in strings[:5]})
    )
    harmless(page)


@pytest.mark.parametrize(
    "address",
    [
        "lstm?preset=random&input=typed&xs1=",
        "lstm?preset=random&input=drawn&wave=",
        "gates?view=hold&kept=",
        "recommend?clicks=",
        "runs?list=",
        "lab?more=",
        "lstm?w=",
    ],
)
def test_what_a_page_reads_of_its_link_itself_is_shown_as_text(watched: Callable[[str], Page], address: str) -> None:
    strings = (
        json.dumps({"task": {"name": STRINGS[30]}, "check_every": "".join(STRINGS)})
        if "more" in address
        else "".join(STRINGS)
    )
    harmless(watched(address + urlencode({"": strings})[1:]))


@pytest.mark.parametrize(
    ("address", "field", "longest"),
    [
        ("sentiment", "A review, in English or Chinese", 990),
        ("text", "Your beginning (press Enter)", 290),
        ("translate?units_en-zh=words", "or type your own", 390),
        ("multimodal", "Ask your own question, in English or Chinese", 150),
    ],
)
def test_what_is_typed_is_shown_as_text(watched: Callable[[str], Page], address: str, field: str, longest: int) -> None:
    typed(watched(address), field, longest)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def given(page: Page, name: str, content: str | bytes, at: int = 0) -> None:
    """Streamlit's uploader takes the file, and the page runs."""
    data = content if isinstance(content, bytes) else content.encode()
    page.locator("input[type=file]").nth(at).set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    taken_or_refused = page.get_by_role("button", name="Remove").or_(page.get_by_test_id("stAlert"))
    expect(taken_or_refused.first).to_be_visible()
    harmless(page)


def test_labels_and_columns_of_a_series_are_shown_as_text(watched: Callable[[str], Page]) -> None:
    page = watched("forecast?series=own")
    head = ",".join(quoted(each) for each in STRINGS)
    rows = [
        ",".join([quoted(STRINGS[at % 60]), *[str((at * k) % 7) for k in range(1, len(STRINGS))]]) for at in range(120)
    ]
    given(page, f"{STRINGS[1]}.csv", "\n".join([head, *rows]))
    page.get_by_role("combobox", name="Column of values").click()
    harmless(page)
    page.keyboard.press("Escape")
    today = page.get_by_role("slider", name="Today is")
    for _ in range(30):  # its thumb says the label of a day
        today.press("ArrowRight")
    harmless(page)


def test_reviews_of_a_file_are_shown_as_text(watched: Callable[[str], Page]) -> None:
    page = watched("sentiment")
    head = f"{quoted(STRINGS[26])},{quoted('label' + STRINGS[1])}"
    rows = [f"{quoted(STRINGS[at % 60] + ' good')},{at % 2}" for at in range(240)]
    given(page, "reviews.csv", "\n".join([head, *rows, *(f"text,{quoted(each)}" for each in STRINGS)]))


def test_sessions_of_a_file_are_shown_as_text(watched: Callable[[str], Page]) -> None:
    page = watched("recommend")
    rows = [f"{quoted(each)},{quoted(item)},1" for each in STRINGS for item in ("camera", "flour", each)]
    given(page, "sessions.csv", "\n".join(["session,item,time", *rows]))


def test_a_text_of_ones_own_is_shown_as_text(watched: Callable[[str], Page]) -> None:
    page = watched("text?text=own")
    given(page, "own.txt", "\n".join([*STRINGS] * 5))


@pytest.mark.parametrize("place", ["preset", "name", "form", "edits"])
def test_a_saved_view_says_nothing(watched: Callable[[str], Page], place: str) -> None:
    page = watched("lstm")
    page.get_by_text("Weights: change any number").click()
    expect(page.locator("input[type=file]")).to_be_attached()
    words = "".join(STRINGS)
    view = {"unrolled": 1, "cell": "lstm", "preset": "latch", "steps": 12, "edits": [], "numbers": []}
    given(page, "view.json", json.dumps(view | {place: [words] if place == "edits" else words}))


def test_a_run_file_says_nothing(watched: Callable[[str], Page]) -> None:
    page = watched("lab")
    expect(page.locator("input[type=file]")).to_be_attached()
    about = {"version": 1, "settings": {"task": {"name": "".join(STRINGS)}, "cell": STRINGS[1]}, "step": 0}
    header = json.dumps({"__metadata__": {"unrolled": json.dumps(about)}}).encode()
    given(page, "run.safetensors", len(header).to_bytes(8, "little") + header)
