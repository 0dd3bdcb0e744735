"""The normal form of a text: texts that differ in signs or capitals alone become equal."""

import re
import unicodedata

MOST = 2000  # letters that are looked at
_SAME = str.maketrans(
    "萬兩两壹贰貳叁肆伍陆陸柒捌玖拾佰仟號号‐‑–—−", "万二二一二二三四五六六七八九十百千日日-----"
)  # other ways to write the same


def plain(text: str) -> str:
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text[:MOST])).casefold().translate(_SAME)
    return text.strip(" .!?;。")
