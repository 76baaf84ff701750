"""What all recipes share: which rows come when, and what the optimizer may move."""
import numpy as np
from torch import nn


class Recipe:
    # The most that the norm of all gradients may be.
    clip = None

    def groups(self):
        return [{"params": list(self.model.parameters())}]

    def stages(self):
        """Rows to learn from and how often, one stage after another."""
        return [(self.train, self.options["epochs"])]

    def order(self, rows):
        return np.random.permutation(rows)

    def batches(self, rows):
        """Batches of an epoch; rows that fill none are left out where statistics of a batch count, and when they are one."""
        order, size = self.order(rows), min(self.options["batchSize"], len(rows))
        rest = len(order) % size
        if rest == 1 or any(isinstance(module, nn.BatchNorm2d) for module in self.model.modules()):
            order = order[: len(order) - rest]
        return [order[start : start + size] for start in range(0, len(order), size)]


def by_length(rows, lengths, size, together=50):
    """Each row once, those of a batch about equally long, batches in random order, rows that fill none last."""
    rows = np.random.permutation(rows)
    end = len(rows) - len(rows) % size
    batches = []
    for start in range(0, end, together * size):
        drawn = rows[start : min(end, start + together * size)]
        drawn = drawn[np.argsort(lengths[drawn], kind="stable")]
        batches += [drawn[at : at + size] for at in range(0, len(drawn), size)]
    np.random.shuffle(batches)
    return np.concatenate([*batches, rows[end:]]).astype(int)
