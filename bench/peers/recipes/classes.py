"""What recipes of classes share: rows by part, soft labels, and figures of the part held back."""
import numpy as np, torch
from torch.nn import functional as F
from .recipe import Recipe


class Classes(Recipe):
    def __init__(self, setting):
        self.options = setting["options"]
        self.names = sorted(set(setting["labels"]))
        self.labels = torch.tensor([self.names.index(name) for name in setting["labels"]])
        self.classes = len(self.names)
        self.test = np.array(setting["test"])
        rest = np.random.default_rng(setting["seed"]).permutation(np.setdiff1d(np.arange(len(self.labels)), self.test))
        held = round(self.options["validationShare"] * len(rest))
        self.validation, self.train = rest[:held], rest[held:]

    def order(self, rows):
        if not self.options.get("balanced"):
            return super().order(rows)
        own = [rows[self.labels[rows].numpy() == k] for k in range(self.classes)]
        each = -(-len(rows) // self.classes)
        drawn = [np.concatenate([np.random.permutation(part) for _ in range(-(-each // len(part)))])[:each] for part in own]
        return np.random.permutation(np.concatenate(drawn))[: len(rows)]

    def shares(self, rows):
        smoothing = self.options["labelSmoothing"]
        return F.one_hot(self.labels[rows], self.classes) * (1 - smoothing) + smoothing / self.classes

    def probabilities(self, rows):
        return torch.cat([self.seen(part) for part in np.array_split(rows, -(-len(rows) // 64))])

    def watched(self):
        scores = self.probabilities(self.validation)
        return F.nll_loss(scores.log(), self.labels[self.validation]).item()

    def measure(self):
        best, truth = self.probabilities(self.test).argmax(1), self.labels[self.test]
        hits = lambda k: ((best == k) & (truth == k)).sum().item()
        f1 = [2 * hits(k) / max(1, ((best == k).sum() + (truth == k).sum()).item()) for k in range(self.classes)]
        own = {f"f1 of {name}": value for name, value in zip(self.names, f1)} if self.classes == 2 else {}
        return {"accuracy": (best == truth).float().mean().item(), "f1": sum(f1) / len(f1), **own}
