import torch
from .adam import adam_w, assign_ours

nn = torch.nn


class Block(nn.Module):
    def __init__(self, inputs, maps):
        super().__init__()
        self.conv0, self.conv1 = nn.Conv2d(inputs, maps, 3, 1, 1, bias=False), nn.Conv2d(maps, maps, 3, 1, 1, bias=False)
        self.norm0, self.norm1 = nn.BatchNorm2d(maps), nn.BatchNorm2d(maps)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.norm1(self.conv1(self.relu(self.norm0(self.conv0(x))))))


class UNet(nn.Module):
    def __init__(self, s):
        super().__init__()
        levels = s["levels"]
        self.depth = len(levels)
        self.pool = nn.MaxPool2d(2)
        for i, maps in enumerate(levels):
            setattr(self, f"down{i}", Block(levels[i - 1] if i else s["channels"], maps))
            if i < self.depth - 1:
                up = Block(2 * maps, maps)
                up.widen = nn.ConvTranspose2d(levels[i + 1], maps, 2, 2)
                setattr(self, f"up{i}", up)
        self.head = nn.Conv2d(levels[0], s["classes"], 1)

    def forward(self, x):
        skips = []
        for i in range(self.depth):
            x = getattr(self, f"down{i}")(self.pool(x) if i else x)
            skips.append(x)
        for i in reversed(range(self.depth - 1)):
            up = getattr(self, f"up{i}")
            x = up(torch.cat([skips[i], up.widen(x)], 1))
        return self.head(x)


def start(configuration, given, learning_rate, setting):
    model = UNet(setting)
    assign_ours(model, given)
    name, _, layout = configuration.partition(" ")
    fmt = torch.channels_last if layout else torch.contiguous_format
    model = model.to(memory_format=fmt)
    optimizer = adam_w(model.parameters(), name, learning_rate)
    return lambda batch: nn.functional.cross_entropy(model(batch["x"].to(memory_format=fmt)), batch["target"]), optimizer
