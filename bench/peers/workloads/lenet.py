import torch
from .adam import adam_w, assign

nn = torch.nn


def start(configuration, given, learning_rate, setting):
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )
    assign(model, given)
    name, _, layout = configuration.partition(" ")
    if layout:
        model = model.to(memory_format=torch.channels_last)
    optimizer = adam_w(model.parameters(), name, learning_rate)
    return lambda batch: nn.functional.cross_entropy(model(batch["x"]), batch["y"]), optimizer
