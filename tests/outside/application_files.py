"""The readers of what visitors bring to the applications: tables, texts, pictures and sounds."""

import io

import numpy as np
from PIL import Image

from rnn_core.apps.digits import cut, drawing
from rnn_core.apps.forecast.own.series import NoNumbers, TooLarge, one_a_line, own_series, own_table
from rnn_core.apps.forecast.own.settings import own_settings
from rnn_core.apps.recommend import shop
from rnn_core.apps.recommend.own import NoItems, own_sessions
from rnn_core.apps.sentiment import own as reviews
from rnn_core.apps.sentiment.settings import SHIPPED
from rnn_core.apps.speech.listen import heard_file
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.speech.wav import SoundError, write_wav
from rnn_core.apps.table import TableRefused, read_table
from rnn_core.apps.text import own as texts
from rnn_core.apps.text import settings as text_settings
from rnn_core.apps.trained import APPS
from rnn_core.apps.translate import own_pairs
from rnn_core.apps.translate.settings import of_rows
from rnn_core.errors import CoreError
from tests.outside.reader import Reader
from ui.apps import photo


def forecast(data: bytes) -> object:
    found = own_series(own_table(data))
    return own_settings(found.values, "gru").split()


def sentiment(data: bytes) -> object:
    found = reviews.own_reviews(reviews.review_table(data))
    return SHIPPED["lstm"].changed(rows=reviews.pack(found.rows)) if found.enough_to_train else found


def translate(data: bytes) -> object:
    found = own_pairs.own_pairs(own_pairs.pair_table(data))
    return of_rows(own_pairs.pack(found.rows)).languages if found.enough_to_train else found


def a_shop(data: bytes) -> object:
    table = read_table(data)
    return shop.unpack(shop.pack(shop.own_shop(table, shop.likely_columns(table)).shop))


def a_picture(data: bytes) -> object:
    grey = photo.brightness(data)
    if isinstance(grey, photo.Refused):
        raise CoreError("picture", grey.problem, "a PNG or JPEG picture of bounded size")
    ink = cut.ink_of(grey)
    return [drawing.digit_of(piece) for piece in cut.digits_in(ink)], drawing.strip_of(cut.line_of(ink))


def recommend(data: bytes) -> object:
    return own_sessions(read_table(data, has_header=False))


def table(head: str, rows: list[str], encoding: str = "utf-8") -> bytes:
    return "\n".join([head, *rows, ""]).encode(encoding)


FORECAST_TABLES = (
    (APPS / "forecast" / "files" / "nile.csv").read_bytes(),
    table("date;value", [f"{1 + at % 28}.{1 + at // 28}.2021;{at % 7},5" for at in range(90)]),
    table("month\tsales", [f"{2000 + at // 12}-{1 + at % 12:02d}\t{at * 1.5 + at % 5}" for at in range(100)]),
    table("日期,数值", [f"{2000 + at // 12}年{1 + at % 12}月,{at % 9}" for at in range(80)], "gb18030"),
    table("12/31/1999,5", [f"{1 + at % 12}/28/{2000 + at // 12},{at % 4}" for at in range(70)]),
    "\n".join(f"{at % 6}.5" for at in range(80)).encode("utf-16"),
)
WORDS = [
    "good",
    "dull",
    "lovely",
    "slow",
    "film",
    "plot",
    "very",
    "not",
    "at",
    "all",
    "boring",
    "and",
    "the",
    "it",
    "was",
]
REVIEWS = [(" ".join(WORDS[(at * step) % 15] for step in range(1, 3 + at % 7)), at % 2) for at in range(260)]
SENTIMENT_TABLES = (
    table("text,label", [f'"{text} {at}",{good}' for at, (text, good) in enumerate(REVIEWS)]),
    table("stars;review", [f"{1 + at % 5};{text}" for at, (text, _good) in enumerate(REVIEWS[:20])]),
    table("评论,标签", [f"这部电影不错{at},好评\n太差了{at},差评" for at in range(10)], "gb18030"),
)
PAIR_TABLES = (
    table("word,plural", [f"{text} {at},{text}s {at}" for at, (text, _good) in enumerate(REVIEWS)]),
    table("数字;罗马", [f"{at};{'X' * (at % 9)}V" for at in range(90)], "gb18030"),
)
RECOMMEND_TABLES = (
    table("session,item,time", [f"{at // 4},{('camera', 'coffee beans', '帐篷')[at % 3]},{at}" for at in range(24)]),
    table("a;camera", ["a;flour", "b;helmet", "b;screen"]),
)

SHOPS = tuple(
    "\n".join([head, *(f"u{at // 3}{mark}item {at % 11}" for at in range(400))]).encode()
    for head, mark in (("user,item", ","), ("session;product", ";"))
)


def _picture(kind: str) -> bytes:
    page = np.full((60, 90), 230, dtype=np.uint8)
    page[15:45, 20:26] = page[15:45, 60:66] = 20
    file = io.BytesIO()
    Image.fromarray(page).save(file, kind)
    return file.getvalue()


PICTURES = (_picture("PNG"), _picture("JPEG"))


# --- sounds


def _tone(seconds: float, rate: int = RATE) -> np.ndarray:
    steps = np.arange(int(seconds * rate)) / rate
    loud = np.where((steps > 0.2) & (steps < 0.7), 0.5, 0.001)
    return loud * np.sin(2 * np.pi * (200 + 300 * steps) * steps) + 1e-4 * np.random.default_rng(0).normal(
        size=len(steps)
    )


SOUNDS = (write_wav(_tone(1.0)), write_wav(_tone(0.9, 16_000), 16_000))


APPLICATION_FILES = (
    Reader(
        "forecast, a file",
        forecast,
        FORECAST_TABLES,
        (TableRefused, NoNumbers, TooLarge, CoreError),
        ("forecast_file",),
        0.2,
    ),
    Reader(
        "forecast, typed",
        lambda text: forecast(one_a_line(text)),
        ("1; 2; 3 " * 30, "1,5 2,5 " * 40, "1\n2\n4\n" * 30, "3 4 5, 6, 7 " * 20),
        (TableRefused, NoNumbers, TooLarge, CoreError),
        ("forecast_typed",),
        0.1,
    ),
    Reader(
        "reviews, a file",
        sentiment,
        SENTIMENT_TABLES,
        (TableRefused, reviews.NoReviews, CoreError),
        ("sentiment_file",),
        0.3,
    ),
    Reader(
        "reviews, in a run file",
        reviews.unpack,
        (reviews.pack([(f"{text} {at}", bool(good)) for at, (text, good) in enumerate(REVIEWS)]),),
        share=0.3,
    ),
    Reader(
        "pairs, a file", translate, PAIR_TABLES, (TableRefused, own_pairs.NoPairs, CoreError), ("translate_file",), 0.3
    ),
    Reader(
        "pairs, in a run file",
        own_pairs.unpack,
        (own_pairs.pack([(f"{text} {at}", text) for at, (text, _good) in enumerate(REVIEWS)]),),
        share=0.3,
    ),
    Reader(
        "clicks, a file",
        recommend,
        RECOMMEND_TABLES,
        (TableRefused, NoItems),
        ("recommend_file", "recommend_typed"),
        0.3,
    ),
    Reader("shop, a file", a_shop, SHOPS, (TableRefused, shop.TooFewSessions, CoreError), share=0.2),
    Reader("shop, in a run file", shop.unpack, (shop.pack(shop.Shop(tuple("abcdefg"), ((0, 1, 2), (3, 4)) * 40)),)),
    Reader("picture", a_picture, PICTURES, enters=("vision_file", "vision_taken", "finding_file"), share=0.05),
    Reader(
        "text, a file",
        lambda data: text_settings.for_own(texts.own_text(data).packed, "gru"),
        (
            b"the cat sat on the mat.\n" * 60,
            ("那是一个很冷的早晨。" * 120).encode("gb18030"),
            ("Bär " * 300).encode("utf-16"),
        ),
        enters=("text_file", "text_pasted"),
        share=0.5,
    ),
    Reader("text, in a run file", texts.unpack, (texts.pack("the cat sat on the mat. " * 60),)),
    Reader(
        "sound",
        heard_file,
        SOUNDS,
        (SoundError,),
        ("speech_file", "speech_microphone", "speech_strip_microphone", "speech_round_files_", "speech_round_"),
        0.3,
    ),
)
