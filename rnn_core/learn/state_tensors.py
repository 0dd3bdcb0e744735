"""Every tensor of a run's state by name and shape, so that a file can be checked without torch."""

from rnn_core.learn.settings import TrainingSettings

MOMENTS = {
    "sgd": (),
    "momentum": ("momentum_buffer",),
    "rmsprop": ("square_avg", "step"),
    "adam": ("exp_avg", "exp_avg_sq", "step"),
    "adamw": ("exp_avg", "exp_avg_sq", "step"),
}  # what torch's optimisers keep for a tensor; a step count is one number


def state_shapes(settings: TrainingSettings, step: int) -> dict[str, tuple[int, ...]]:
    """Every tensor of a run's state: the network's, what it carries, and the optimiser's once a step has been made."""
    network = settings.network_shapes()
    moments = MOMENTS[settings.optimiser] if step else ()
    return (
        {f"network.{name}": shape for name, shape in network.items()}
        | {f"carry.{name}": shape for name, shape in settings.carry_shapes().items()}
        | {
            f"optimiser.{name}.{moment}": () if moment == "step" else shape
            for name, shape in network.items()
            for moment in moments
        }
    )
