"""Records PyTorch's losses and optimizers for packages/nn: python golden/record/nn.py"""
import json, pathlib
import torch

torch.manual_seed(7)
folder = pathlib.Path(__file__).parent.parent / "nn"


def plain(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().double().flatten().tolist()}


def save(name, value):
    (folder / f"{name}.json").write_text(json.dumps({"torch": torch.__version__, **value}) + "\n")


scores = torch.randn(5, 4, requires_grad=True)
labels = torch.tensor([0, 3, 1, 1, 2])
targets = torch.rand(5, 4)
losses = {
    "crossEntropy": lambda: torch.nn.functional.cross_entropy(scores, labels),
    "crossEntropySmoothed": lambda: torch.nn.functional.cross_entropy(scores, labels, label_smoothing=0.1),
    "meanSquaredError": lambda: torch.nn.functional.mse_loss(scores, targets),
    "binaryCrossEntropy": lambda: torch.nn.functional.binary_cross_entropy_with_logits(scores, targets),
}
records = {}
for name, loss in losses.items():
    scores.grad = None
    value = loss()
    value.backward()
    records[name] = {"loss": value.item(), "gradient": plain(scores.grad)}
save("losses", {"scores": plain(scores), "labels": plain(labels), "targets": plain(targets), "records": records})

start, x, y = torch.randn(3, 2), torch.randn(20, 6, 3), torch.randn(20, 6, 2)
optimizers = {
    "adamW": lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1),
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgdMomentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01, nesterov=True),
}
paths = {}
for name, make in optimizers.items():
    w = start.clone().requires_grad_()
    optimizer = make([w])
    for i in range(20):
        optimizer.zero_grad()
        ((x[i] @ w - y[i]) ** 2).mean().backward()
        optimizer.step()
    paths[name] = plain(w)
save("optimizers", {"start": plain(start), "x": plain(x), "y": plain(y), "ends": paths})

layers = {
    "batchNorm": (torch.nn.BatchNorm2d(3), torch.randn(4, 3, 2, 2)),
    "layerNorm": (torch.nn.LayerNorm(5), torch.randn(4, 5)),
    "linear": (torch.nn.Linear(5, 3), torch.randn(4, 5)),
    "conv2d": (torch.nn.Conv2d(2, 3, 3, stride=2, padding=1), torch.randn(2, 2, 5, 5)),
}
records = {}
for name, (layer, x) in layers.items():
    for parameter in layer.parameters():
        torch.nn.init.normal_(parameter)
    x.requires_grad_()
    y = layer(x)
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    records[name] = {
        "x": plain(x), "y": plain(y), "upstream": plain(upstream), "xGradient": plain(x.grad),
        "parameters": {key: plain(value) for key, value in layer.named_parameters()},
        "gradients": {key: plain(value.grad) for key, value in layer.named_parameters()},
        "buffers": {key: plain(value) for key, value in layer.named_buffers()},
    }
save("layers", {"records": records})
