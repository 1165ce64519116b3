"""One training in several processes, as torchrun starts them; on CPUs they speak gloo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class Processes:
    """This process among those of the run: the first one writes."""

    rank: int
    size: int

    @property
    def is_first(self) -> bool:
        """Whether this process writes files and messages."""
        return self.rank == 0

    def wait(self) -> None:
        """Wait until all processes are here."""
        if self.size > 1:
            torch.distributed.barrier()


@contextmanager
def joined_processes() -> Iterator[Processes]:
    """Join the processes that torchrun started; without torchrun there is one."""
    rank, size = process_numbers()
    if size > 1 and not torch.distributed.is_initialized():
        torch.distributed.init_process_group("gloo")
        try:
            yield Processes(rank, size)
        finally:
            torch.distributed.destroy_process_group()
    else:
        yield Processes(rank, size)


def process_numbers() -> tuple[int, int]:
    """Give this process's number and how many there are, as torchrun says."""
    return int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
