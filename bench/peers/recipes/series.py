import numpy as np, torch
from torch.nn import functional as F
from .recipe import Recipe as Base

nn = torch.nn


class DLinear(nn.Module):
    def __init__(self, window, horizon, kernel=25):
        super().__init__()
        self.kernel, self.trend, self.rest = kernel, nn.Linear(window, horizon), nn.Linear(window, horizon)

    def forward(self, x):
        series = x.transpose(1, 2)
        mean = series.mean(2, keepdim=True)
        deviation = (series.var(2, unbiased=False, keepdim=True) + 1e-5).sqrt()
        normal = (series - mean) / deviation
        half = self.kernel // 2
        slow = F.avg_pool1d(F.pad(normal, (half, half), mode="replicate"), self.kernel, 1)
        return ((self.trend(slow) + self.rest(normal - slow)) * deviation + mean).transpose(1, 2)


class Lstm(nn.Module):
    def __init__(self, channels, targets, horizon, width, dropout):
        super().__init__()
        self.lstm, self.targets, self.horizon = nn.LSTM(channels, width, batch_first=True), targets, horizon
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(width, horizon * targets))

    def forward(self, x):
        states, _ = self.lstm(x)
        changes = self.head(states[:, -1]).view(-1, self.horizon, self.targets)
        return changes + x[:, -1:, : self.targets]


class Recipe(Base):
    def __init__(self, setting):
        options = self.options = setting["options"]
        values = np.fromfile(setting["file"], np.float64).reshape(setting["shape"])
        rows, channels = values.shape
        known = ~np.isnan(values[:, : len(options["targets"])]).any(1)
        for column in values.T:
            last = column[~np.isnan(column)][0]
            for i, value in enumerate(column):
                column[i] = last = last if np.isnan(value) else value
        trained = round((1 - options["testShare"]) * rows)
        learned = round((1 - options["validationShare"]) * trained)
        self.deviation = values[:learned].std(0)
        self.deviation[self.deviation == 0] = 1
        self.values = torch.tensor((values - values[:learned].mean(0)) / self.deviation, dtype=torch.float32)
        self.window, self.horizon, self.targets = options["window"], options["horizon"], len(options["targets"])

        def starts(begin, end):
            first = range(max(0, begin - self.window), end - self.window - self.horizon + 1)
            return np.array([s for s in first if known[s + self.window : s + self.window + self.horizon].all()])

        self.train, self.validation, self.test = starts(0, learned), starts(learned, trained), starts(trained, rows)
        if options["network"] == "dLinear":
            self.model = DLinear(self.window, self.horizon)
        else:
            self.model = Lstm(channels, self.targets, self.horizon, options["width"], options["dropout"])

    def windows(self, starts):
        x = torch.stack([self.values[s : s + self.window] for s in starts])
        y = torch.stack([self.values[s + self.window : s + self.window + self.horizon, : self.targets] for s in starts])
        return (x[:, :, : self.targets] if self.options["network"] == "dLinear" else x), y

    def loss(self, starts):
        x, y = self.windows(starts)
        return F.mse_loss(self.model(x), y)

    def errors(self, starts):
        parts = [self.windows(part) for part in np.array_split(starts, -(-len(starts) // 256))]
        return torch.cat([self.model(x) - y for x, y in parts])

    def watched(self):
        return self.errors(self.validation).square().mean().item()

    def measure(self):
        errors = self.errors(self.test)
        raw = errors * torch.tensor(self.deviation[: self.targets], dtype=torch.float32)
        return {"mse": errors.square().mean().item(), "rmse": raw.square().mean().sqrt().item(), "mae": raw.abs().mean().item()}
