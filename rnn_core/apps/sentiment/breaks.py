"""Reviews outside the grammar with their meaning for a person, on which a network trained on the grammar fails."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["irony", "unknown", "pattern", "question", "comparison", "long"]


@dataclass(frozen=True)
class Hard:
    kind: Kind
    text: str
    positive: bool  # as a person reads it


HARD: dict[str, tuple[Hard, ...]] = {
    "en": (
        Hard("irony", "What a brilliant way to lose two hours", False),
        Hard("irony", "Truly excellent if you want to fall asleep", False),
        Hard("unknown", "I loved every minute of it", True),
        Hard("unknown", "A waste of money", False),
        Hard("pattern", "Despite the slow plot, the film is moving", True),
        Hard("pattern", "The only good thing is the ending", False),
        Hard("question", "Who can say that this film is boring?", True),
        Hard("comparison", "I have never seen a better film", True),
        Hard("comparison", "The book was good, the film is not", False),
        Hard(
            "long",
            "The plot is slow, but the acting is good, but the music is loud, but the jokes are funny, but the ending is weak",
            False,
        ),
    ),
    "zh": (
        Hard("irony", "太精彩了，我看了十分钟就睡着了", False),
        Hard("irony", "真是一部好电影，全场只剩下我一个人", False),
        Hard("unknown", "强烈推荐，看哭了", True),
        Hard("unknown", "纯属浪费时间", False),
        Hard("pattern", "好看是好看，就是太长了", False),
        Hard("pattern", "除了有点长，没有别的毛病", True),
        Hard("question", "谁说这部电影无聊？", True),
        Hard("comparison", "没有比这更好看的电影了", True),
        Hard("comparison", "书很好看，电影就不怎么样了", False),
        Hard("long", "情节有点慢，但是演技很好，但是音乐很吵，但是笑点很好笑，但是结局很老套", False),
    ),
}
