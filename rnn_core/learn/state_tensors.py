"""Every tensor of a run's state by name and shape, so that a file can be checked without torch."""

from rnn_core.learn.settings import TrainingSettings

MOMENTS = {
    "sgd": (),
    "momentum": ("momentum_buffer",),
    "rmsprop": ("square_avg", "step"),
    "adam": ("exp_avg", "exp_avg_sq", "step"),
    "adamw": ("exp_avg", "exp_avg_sq", "step"),
}  # the state of torch's optimisers for each tensor; a step count is one number


def state_shapes(settings: TrainingSettings, step: int) -> dict[str, tuple[int, ...]]:
    """The shape of every tensor of a run's state: the network's, `carry`, and the optimiser's after the first step."""
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
