"""Reviews outside the grammar with their meaning for a person, on which a network trained on the grammar fails.

The neutral ones are for networks of three classes.
"""

from dataclasses import dataclass
from typing import Literal

from rnn_core.apps.sentiment.classes import NEGATIVE, NEUTRAL, POSITIVE

Kind = Literal["irony", "unknown", "pattern", "question", "comparison", "long", "no opinion"]


@dataclass(frozen=True)
class Hard:
    kind: Kind
    text: str
    label: int  # as a person reads it


HARD: dict[str, tuple[Hard, ...]] = {
    "en": (
        Hard("irony", "What a brilliant way to lose two hours", NEGATIVE),
        Hard("irony", "Truly excellent if you want to fall asleep", NEGATIVE),
        Hard("unknown", "I loved every minute of it", POSITIVE),
        Hard("unknown", "A waste of money", NEGATIVE),
        Hard("pattern", "Despite the slow plot, the film is moving", POSITIVE),
        Hard("pattern", "The only good thing is the ending", NEGATIVE),
        Hard("question", "Who can say that this film is boring?", POSITIVE),
        Hard("comparison", "I have never seen a better film", POSITIVE),
        Hard("comparison", "The book was good, the film is not", NEGATIVE),
        Hard(
            "long",
            "The plot is slow, but the acting is good, but the music is loud, but the jokes are funny, but the ending is weak",
            NEGATIVE,
        ),
        Hard("no opinion", "The film starts at nine", NEUTRAL),
        Hard("no opinion", "The book is about two brothers", NEUTRAL),
        Hard("no opinion", "It is neither good nor bad", NEUTRAL),
    ),
    "zh": (
        Hard("irony", "太精彩了，我看了十分钟就睡着了", NEGATIVE),
        Hard("irony", "真是一部好电影，全场只剩下我一个人", NEGATIVE),
        Hard("unknown", "强烈推荐，看哭了", POSITIVE),
        Hard("unknown", "纯属浪费时间", NEGATIVE),
        Hard("pattern", "好看是好看，就是太长了", NEGATIVE),
        Hard("pattern", "除了有点长，没有别的毛病", POSITIVE),
        Hard("question", "谁说这部电影无聊？", POSITIVE),
        Hard("comparison", "没有比这更好看的电影了", POSITIVE),
        Hard("comparison", "书很好看，电影就不怎么样了", NEGATIVE),
        Hard("long", "情节有点慢，但是演技很好，但是音乐很吵，但是笑点很好笑，但是结局很老套", NEGATIVE),
        Hard("no opinion", "电影九点开始", NEUTRAL),
        Hard("no opinion", "这本书讲的是两兄弟", NEUTRAL),
        Hard("no opinion", "说不上好，也说不上坏", NEUTRAL),
    ),
}
