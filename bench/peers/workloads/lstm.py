import torch
from .adam import adam_w

nn = torch.nn


def start(configuration, given, learning_rate, setting):
    width = setting["width"]
    lstm = nn.LSTM(setting["inputs"], width)
    head = nn.Linear(width, setting["classes"])
    p = given["parameter"]
    # ONNX orders the gates input, output, forget, cell; PyTorch input, forget, cell, output.
    gates = lambda t: torch.cat([t[:width], t[2 * width : 3 * width], t[3 * width :], t[width : 2 * width]])
    with torch.no_grad():
        lstm.weight_ih_l0.copy_(gates(p["input"][0]))
        lstm.weight_hh_l0.copy_(gates(p["recurrent"][0]))
        lstm.bias_ih_l0.copy_(gates(p["bias"][0][: 4 * width]))
        lstm.bias_hh_l0.copy_(gates(p["bias"][0][4 * width :]))
        head.weight.copy_(p["head.weight"].T)
        head.bias.copy_(p["head.bias"])
    optimizer = adam_w([*lstm.parameters(), *head.parameters()], configuration, learning_rate)
    return lambda batch: nn.functional.cross_entropy(head(lstm(batch["x"])[1][0][0]), batch["y"]), optimizer
