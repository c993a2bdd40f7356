"""Checkpoints: one safetensors file of all tensors, replaced in one move; nothing is pickled.

A run is a function of its options and of the step it stands at: order, windows, anchors and dropout
are drawn from (seed, epoch or step), so a run that is cut off goes on as if it had not been.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

NAME = "checkpoint.safetensors"


class Average:
    """The moving average of a model's weights (Polyak): what is scored and shipped."""

    def __init__(self, model: nn.Module, keep: float) -> None:
        self.keep = keep
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def update(self, model: nn.Module, step: int) -> None:
        """After a step; early steps are forgotten faster."""
        keep = min(self.keep, (1 + step) / (10 + step))
        for name, value in model.state_dict().items():
            self.weights[name].lerp_(value, 1 - keep)


def save(folder: Path, model: nn.Module, average: Average, optimizer: torch.optim.AdamW, step: int) -> None:
    """Write the state after `step` steps."""
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    tensors |= {f"average.{name}": value for name, value in average.weights.items()}
    for at, parameter in enumerate(_parameters(optimizer)):
        state = optimizer.state.get(parameter, {})
        tensors |= {f"optimizer.{at}.{name}": value for name, value in state.items()}
    kept = {name: value.detach().clone().contiguous() for name, value in tensors.items()}
    part = folder / f"{NAME}.part"
    save_file(kept, part, metadata={"step": str(step)})
    part.replace(folder / NAME)


def resume(folder: Path, model: nn.Module, average: Average, optimizer: torch.optim.AdamW) -> int:
    """Take up what `save` wrote; the number of steps done, 0 where there is nothing."""
    path = folder / NAME
    if not path.exists():
        return 0
    with safe_open(path, "pt") as file:
        step = int(file.metadata()["step"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  no mapping
    model.load_state_dict(_under("model.", tensors))
    average.weights = _under("average.", tensors)
    for at, parameter in enumerate(_parameters(optimizer)):
        state = _under(f"optimizer.{at}.", tensors)
        if state:
            optimizer.state[parameter] = state
    return step


def averaged(path: Path, model: nn.Module) -> None:
    """Load the averaged weights of a checkpoint into a model, to score or export it."""
    with safe_open(path, "pt") as file:
        names = [name for name in file.keys() if name.startswith("average.")]  # noqa: SIM118
        model.load_state_dict({name.removeprefix("average."): file.get_tensor(name) for name in names})


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _parameters(optimizer: torch.optim.AdamW) -> list[Tensor]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]
