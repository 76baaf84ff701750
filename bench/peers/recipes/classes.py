"""What recipes of classes share: rows by part, soft labels, and figures of the part held back."""
import numpy as np, torch
from torch.nn import functional as F


class Classes:
    def __init__(self, setting):
        self.options = setting["options"]
        names = sorted(set(setting["labels"]))
        self.labels = torch.tensor([names.index(name) for name in setting["labels"]])
        self.classes = len(names)
        self.test = np.array(setting["test"])
        rest = np.random.default_rng(setting["seed"]).permutation(np.setdiff1d(np.arange(len(self.labels)), self.test))
        held = round(self.options["validationShare"] * len(rest))
        self.validation, self.train = rest[:held], rest[held:]

    def groups(self):
        return [{"params": list(self.model.parameters())}]

    def order(self):
        if not self.options.get("balanced"):
            return np.random.permutation(self.train)
        own = [self.train[self.labels[self.train].numpy() == k] for k in range(self.classes)]
        each = -(-len(self.train) // self.classes)
        drawn = [np.concatenate([np.random.permutation(rows) for _ in range(-(-each // len(rows)))])[:each] for rows in own]
        return np.random.permutation(np.concatenate(drawn))[: len(self.train)]

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
        return {"accuracy": (best == truth).float().mean().item(), "f1": sum(f1) / len(f1)}
