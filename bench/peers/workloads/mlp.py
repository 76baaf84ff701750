import torch
from .adam import adam_w, assign


def start(configuration, given, learning_rate, setting):
    sizes = setting["sizes"]
    layers = [module for pair in zip(sizes, sizes[1:]) for module in (torch.nn.Linear(*pair), torch.nn.ReLU())]
    model = torch.nn.Sequential(*layers[:-1])
    assign(model, given)
    optimizer = adam_w(model.parameters(), configuration, learning_rate)
    return lambda batch: torch.nn.functional.cross_entropy(model(batch["x"]), batch["y"]), optimizer
