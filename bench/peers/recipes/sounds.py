import math
import numpy as np, torch
from torch.nn import functional as F
from .classes import Classes

nn = torch.nn
mel = lambda hertz: 2595 * math.log10(1 + hertz / 700)


def mel_bands(rate, bands, bins, lowest=20):
    points = np.linspace(mel(lowest), mel(rate / 2), bands + 2)
    edges = 700 * (10 ** (points / 2595) - 1)
    hertz = np.linspace(0, rate / 2, bins)[:, None]
    rising = (hertz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hertz) / (edges[2:] - edges[1:-1])
    return torch.tensor(np.maximum(0, np.minimum(rising, falling)), dtype=torch.float32)


class Recipe(Classes):
    def __init__(self, setting):
        super().__init__(setting)
        options, rate = self.options, setting["rate"]
        self.samples = torch.from_numpy(np.fromfile(setting["file"], np.float32).reshape(setting["shape"]))
        self.window, self.hop = (round(rate * options[key] / 1000) for key in ("windowMs", "stepMs"))
        self.bands = mel_bands(rate, options["bands"], self.window // 2 + 1)
        layers, inputs = [], 1
        for maps in options["widths"]:
            for _ in range(2):
                layers += [nn.Conv2d(inputs, maps, 3, padding=1, bias=False), nn.BatchNorm2d(maps), nn.ReLU()]
                inputs = maps
            layers.append(nn.MaxPool2d(2))
        self.model = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(options["dropout"]), nn.Linear(inputs, self.classes))

    def scores(self, x):
        waves = torch.stft(x, self.window, self.hop, window=torch.hann_window(self.window), center=False, return_complex=True)
        heard = ((waves.abs() ** 2).transpose(1, 2) @ self.bands + 1e-6).log().transpose(1, 2)
        apart = heard - heard.mean((1, 2), keepdim=True)
        return self.model((apart / ((apart**2).mean((1, 2), keepdim=True) + 1e-3).sqrt())[:, None])

    def changed(self, sound):
        options, length = self.options, len(sound)
        within = lambda most: most * (2 * np.random.random() - 1)
        moved, made = round(within(options["shift"]) * length), torch.zeros_like(sound)
        made[max(0, moved) : length + min(0, moved)] = sound[max(0, -moved) : length - max(0, moved)]
        level = options["noise"] * sound.square().mean().sqrt() * np.random.random()
        return (1 + within(options["gain"])) * made + level * torch.randn(length)

    def loss(self, rows):
        x = torch.stack([self.changed(self.samples[row]) for row in rows])
        return F.cross_entropy(self.scores(x), self.shares(rows))

    def seen(self, rows):
        return self.scores(self.samples[rows]).softmax(1)
