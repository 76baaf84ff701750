import torch
from .adam import adam_w, assign

nn = torch.nn


class Block(nn.Module):
    def __init__(self, inputs, maps, stride, norm):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, maps, 3, stride, 1, bias=not norm)
        self.conv2 = nn.Conv2d(maps, maps, 3, 1, 1, bias=not norm)
        self.bn1 = nn.BatchNorm2d(maps) if norm else nn.Identity()
        self.bn2 = nn.BatchNorm2d(maps) if norm else nn.Identity()
        if stride > 1:
            self.down = nn.Conv2d(inputs, maps, 1, stride, bias=not norm)
            self.downbn = nn.BatchNorm2d(maps) if norm else nn.Identity()
        self.strided = stride > 1

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (self.downbn(self.down(x)) if self.strided else x))


class ResNet18(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=not norm)
        self.bn1 = nn.BatchNorm2d(64) if norm else nn.Identity()
        self.pool = nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for i, maps in enumerate([64, 128, 256, 512], 1):
            setattr(self, f"layer{i}", nn.Sequential(Block(inputs, maps, 1 if i == 1 else 2, norm), Block(maps, maps, 1, norm)))
            inputs = maps
        self.fc = nn.Linear(512, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


def start(configuration, given, learning_rate, setting):
    model = ResNet18(setting["isNormalised"])
    assign(model, given)
    name, _, layout = configuration.partition(" ")
    fmt = torch.channels_last if layout else torch.contiguous_format
    model = model.to(memory_format=fmt)
    optimizer = adam_w(model.parameters(), name, learning_rate)
    return lambda batch: nn.functional.cross_entropy(model(batch["x"].to(memory_format=fmt)), batch["y"]), optimizer
