"""The settings of the recommender, and the networks that ship with the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.recommend.items import items
from rnn_core.apps.recommend.ranking import MEASURES as MEASURES
from rnn_core.apps.recommend.shop import unpack
from rnn_core.apps.settings import CELLS, AppSettings
from rnn_core.learn.fields import flag, packed, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem


@dataclass(frozen=True)
class Settings(AppSettings):
    """Embedding -> recurrent layer -> one score per item."""

    kind: ClassVar[str] = "recommend"

    embedding: int = whole(32, low=2, high=128)
    tied: bool = flag(False)  # an item's score is the product of its embedding with a vector made from the state
    sessions: int = whole(20_000, low=10, high=100_000)  # for training
    shop: str = packed()  # shop.pack(...): a visitor's items and sessions, in place of ours

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.shop:
            unpack(self.shop)

    @property
    def items(self) -> int:
        """V: the number of items."""
        return len(unpack(self.shop).names) if self.shop else len(items())

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.recommend.network import RecommendProblem

        return RecommendProblem(self)

    def network_shapes(self) -> Shapes:
        V = self.items
        shapes = {"embedding.weight": (V, self.embedding)} | recurrent_shapes(
            "recurrent.", self.core_cell, self.embedding, self.hidden
        )
        if self.tied:
            return shapes | linear_shapes("wish.", self.hidden, self.embedding) | {"item_bias": (V,)}
        return shapes | linear_shapes("readout.", self.hidden, V)


def standard(cell: str = "gru") -> Settings:
    """Settings that work for a cell: 15 to 30 seconds on one core. The plain RNN needs a smaller rate."""
    rate = 0.005 if cell == "rnn-tanh" else 0.01
    return Settings(cell=cell, rate=rate, schedule="cosine", clip_norm=5.0, batch=64, budget=1200, check_every=50)


def for_shop(packed_shop: str, cell: str = "gru") -> Settings:
    """Settings for a visitor's table that train in about a minute: the more items, the fewer sessions in a batch."""
    base = standard(cell).changed(shop=packed_shop)
    many = base.items > 1_000
    return base.changed(batch=32 if many else 64, budget=600 if many else 1000)


SHIPPED: dict[str, Settings] = {cell: standard(cell) for cell in CELLS} | {"gru-tied": standard().changed(tied=True)}
