"""Records PyTorch's optimizers and layers for packages/nn: python golden/record/nn.py"""
import json, pathlib
import torch

torch.manual_seed(7)
folder = pathlib.Path(__file__).parent.parent / "nn"


def plain(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().double().flatten().tolist()}


def save(name, value):
    (folder / f"{name}.json").write_text(json.dumps({"torch": torch.__version__, **value}) + "\n")


start, x, y = torch.randn(3, 2), torch.randn(20, 6, 3), torch.randn(20, 6, 2)
optimizers = {
    "adamW": lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1),
    "adamWPlain": lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0, betas=(0.8, 0.95), eps=1e-4),
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgdDecay": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.5, weight_decay=0.1),
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



def record(title, options, layer, x, names={}):
    """Output and gradients of a layer in training, under our names for its parameters; a linear weight is [in, out] here."""
    for parameter in layer.parameters():
        torch.nn.init.normal_(parameter)

    def ours(tensors):
        def plain_ours(key, value):
            linear = {f"{name}.weight".lstrip(".") for name, part in layer.named_modules() if isinstance(part, torch.nn.Linear)}
            return plain(value.T.contiguous() if key in linear else value)

        return {names.get(key, key): plain_ours(key, value) for key, value in tensors if key != "num_batches_tracked"}

    buffers = ours(layer.named_buffers())
    is_float = x.dtype == torch.float32
    if is_float:
        x.requires_grad_()
    y = layer.train()(x)
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    result = {
        "title": title, "options": options, "x": {"dtype": "float32" if is_float else "int64", **plain(x)},
        "y": plain(y), "upstream": plain(upstream), "xGradient": plain(x.grad) if is_float else None,
        "parameters": ours(layer.named_parameters()),
        "gradients": ours((key, value.grad) for key, value in layer.named_parameters()),
        "buffers": buffers, "moved": ours(layer.named_buffers()),
    }
    if isinstance(layer, torch.nn.Dropout):
        result["mask"] = plain(y != 0)
    result["yInEvaluation"] = plain(layer.eval()(x))
    return result


class GlobalAveragePool(torch.nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


class LearnedPositions(torch.nn.Module):
    def __init__(self, steps, size):
        super().__init__()
        self.table = torch.nn.Parameter(torch.zeros(steps, size))

    def forward(self, x):
        return x + self.table


class SelfAttention(torch.nn.Module):
    def __init__(self, size, heads, causal):
        super().__init__()
        self.heads, self.causal = heads, causal
        self.query, self.key, self.value, self.output = (torch.nn.Linear(size, size, bias=i != 1) for i in range(4))

    def forward(self, x):
        q, k, v = (part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.query, self.key, self.value))
        mixed = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=self.causal)
        return self.output(mixed.transpose(1, 2).flatten(2))


nn, images, rows = torch.nn, lambda: torch.randn(2, 4, 5, 5), lambda: torch.randn(4, 5)
statistics = {"weight": "scale", "running_mean": "mean", "running_var": "variance"}
attention = {f"{part}.{kind}": f"{part}{kind.title()}" for part in ("query", "key", "value", "output") for kind in ("weight", "bias")}
layers = {
    "averagePool2d": [
        record("windows that tile", {}, nn.AvgPool2d(2), images()),
        record("padded, overlapping", {"kernel": 3, "stride": 1, "padding": 1}, nn.AvgPool2d(3, 1, 1, count_include_pad=False), images()),
    ],
    "batchNorm": [
        record("images", {}, nn.BatchNorm2d(4), images(), statistics),
        record("rows, another momentum", {"momentum": 0.4, "epsilon": 1e-3}, nn.BatchNorm1d(5, eps=1e-3, momentum=0.4), rows(), statistics),
    ],
    "conv2d": [
        record("strided and padded", {"channels": 3, "stride": 2, "padding": 1}, nn.Conv2d(4, 3, 3, stride=2, padding=1), images()),
        record("groups without bias", {"channels": 6, "kernel": 2, "groups": 2, "bias": False}, nn.Conv2d(4, 6, 2, groups=2, bias=False), images()),
    ],
    "dropout": [record("rows", {"rate": 0.3}, nn.Dropout(0.3), torch.randn(6, 8))],
    "embedding": [record("sequences", {"count": 7, "size": 3}, nn.Embedding(7, 3), torch.randint(0, 7, (4, 5)), {"weight": "table"})],
    "flatten": [record("images", {}, nn.Flatten(), images())],
    "gelu": [record("rows", {}, nn.GELU(), rows())],
    "globalAveragePool": [record("images", {}, GlobalAveragePool(), images())],
    "layerNorm": [record("rows", {}, nn.LayerNorm(5), rows(), statistics)],
    "leakyRelu": [record("a steep slope", {"slope": 0.2}, nn.LeakyReLU(0.2), rows())],
    "linear": [
        record("rows", {"outFeatures": 3}, nn.Linear(5, 3), rows()),
        record("sequences without bias", {"outFeatures": 3, "bias": False}, nn.Linear(5, 3, bias=False), torch.randn(2, 4, 5)),
    ],
    "maxPool2d": [
        record("windows that tile", {}, nn.MaxPool2d(2), images()),
        record("padded, overlapping", {"kernel": 3, "stride": 2, "padding": 1}, nn.MaxPool2d(3, 2, 1), images()),
    ],
    "relu": [record("rows", {}, nn.ReLU(), rows())],
    "sigmoid": [record("rows", {}, nn.Sigmoid(), rows())],
    "softmax": [record("rows", {}, nn.Softmax(-1), rows())],
    "tanh": [record("rows", {}, nn.Tanh(), rows())],
    "convTranspose2d": [
        record("windows that tile", {"channels": 3}, nn.ConvTranspose2d(4, 3, 2, 2), images()),
        record("overlapping, padded, without bias", {"channels": 2, "kernel": 4, "padding": 1, "bias": False}, nn.ConvTranspose2d(4, 2, 4, 2, 1, bias=False), images()),
    ],
    "groupNorm": [record("images", {"groups": 2, "epsilon": 1e-3}, nn.GroupNorm(2, 4, eps=1e-3), images(), statistics)],
    "learnedPositions": [record("sequences", {}, LearnedPositions(4, 5), torch.randn(2, 4, 5))],
    "selfAttention": [
        record("two heads", {"heads": 2}, SelfAttention(6, 2, False), torch.randn(2, 4, 6), attention),
        record("two heads that look back", {"heads": 2, "causal": True}, SelfAttention(6, 2, True), torch.randn(2, 4, 6), attention),
    ],
}
(folder / "layers").mkdir(exist_ok=True)
for name, records in layers.items():
    save(f"layers/{name}", {"records": records})
