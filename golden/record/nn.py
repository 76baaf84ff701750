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


class Lion(torch.optim.Optimizer):
    """PyTorch has none: the update as its paper writes it."""

    def __init__(self, parameters, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            (first, second), lr = group["betas"], group["lr"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                p.mul_(1 - lr * group["weight_decay"]).sub_(lr * (first * m + (1 - first) * p.grad).sign())
                m.mul_(second).add_((1 - second) * p.grad)


optimizers |= {
    "adam": lambda p: torch.optim.Adam(p, lr=0.05),
    "adamDecay": lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.1, betas=(0.8, 0.999)),
    "lion": lambda p: Lion(p, lr=0.05),
    "lionDecay": lambda p: Lion(p, lr=0.05, betas=(0.8, 0.95), weight_decay=0.1),
    "adafactor": lambda p: torch.optim.Adafactor(p, lr=0.05),
    "adafactorDecay": lambda p: torch.optim.Adafactor(p, lr=0.05, beta2_decay=-0.5, d=1.2, weight_decay=0.1),
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



def record(title, options, layer, x, names={}, extras={}):
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
    y = layer.train()(x, **extras)
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    result = {
        "title": title, "options": options, "x": {"dtype": "float32" if is_float else "int64", **plain(x)},
        "y": plain(y), "upstream": plain(upstream), "xGradient": plain(x.grad) if is_float else None,
        "parameters": ours(layer.named_parameters()),
        "gradients": ours((key, value.grad) for key, value in layer.named_parameters()),
        "buffers": buffers, "moved": ours(layer.named_buffers()),
    }
    if extras:
        result["extras"] = {key: {"dtype": str(value.dtype).removeprefix("torch."), **plain(value)} for key, value in extras.items()}
    if isinstance(layer, torch.nn.Dropout):
        result["mask"] = plain(y != 0)
    result["yInEvaluation"] = plain(layer.eval()(x, **extras))
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


class Attention(torch.nn.Module):
    def __init__(self, size, heads, causal=False, rotary=None):
        super().__init__()
        self.heads, self.causal, self.rotary = heads, causal, rotary
        self.query, self.key, self.value, self.output = (torch.nn.Linear(size, size, bias=i != 1) for i in range(4))

    def turned(self, x):
        if self.rotary is None:
            return x
        half = x.shape[-1] // 2
        angles = torch.outer(torch.arange(x.shape[-2]), self.rotary ** (-torch.arange(half) / half))
        a, b = x.chunk(2, -1)
        return torch.cat([a * angles.cos() - b * angles.sin(), a * angles.sin() + b * angles.cos()], -1)

    def forward(self, x, memory=None, mask=None):
        sources = zip((self.query, self.key, self.value), (x, x, x) if memory is None else (x, memory, memory))
        q, k, v = (part(value).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part, value in sources)
        seen = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool)
        if self.causal:
            seen = seen.tril()
        if mask is not None:
            seen = seen & mask[:, None, None]
        mixed = torch.nn.functional.scaled_dot_product_attention(self.turned(q), self.turned(k), v, attn_mask=seen)
        return self.output(mixed.transpose(1, 2).flatten(2))


class Recurrent(torch.nn.Module):
    """PyTorch's recurrence with weights in the order of ONNX's gates, row by row, so that each ends at its length."""

    def __init__(self, run, order, features, hidden, both):
        super().__init__()
        self.run, self.order, self.both = run, order, both
        count, gates = 1 + both, len(order)
        self.inputWeight = torch.nn.Parameter(torch.zeros(count, gates * hidden, features))
        self.recurrentWeight = torch.nn.Parameter(torch.zeros(count, gates * hidden, hidden))
        self.bias = torch.nn.Parameter(torch.zeros(count, 2 * gates * hidden))

    def forward(self, x, lengths=None):
        hidden, count = self.recurrentWeight.shape[-1], 1 + self.both
        turned = lambda weight: torch.cat([weight.chunk(len(self.order))[i] for i in self.order])
        weights = []
        for d in range(count):
            biases = self.bias[d].chunk(2)
            weights += [turned(part) for part in (self.inputWeight[d], self.recurrentWeight[d], *biases)]
        start = torch.zeros(count, 1, hidden)
        results = []
        for row, length in zip(x, [x.shape[1]] * len(x) if lengths is None else lengths.tolist()):
            states = (start, start) if len(self.order) == 4 else start
            y = self.run(row[None, :length], states, weights, True, 1, 0.0, False, bool(self.both), True)[0][0]
            results.append(torch.nn.functional.pad(y, (0, 0, 0, x.shape[1] - length)))
        return torch.stack(results)


class TagTransitions(torch.nn.Module):
    def __init__(self, tags):
        super().__init__()
        self.table = torch.nn.Parameter(torch.zeros(tags, tags))
        self.start = torch.nn.Parameter(torch.zeros(tags))

    def forward(self, x):
        first = x[:, :1, None] + self.start.expand(len(self.start), -1)
        return torch.cat([first, x[:, 1:, None] + self.table], 1)


class EmbeddingScores(torch.nn.Module):
    def __init__(self, count, size):
        super().__init__()
        self.table = torch.nn.Parameter(torch.zeros(count, size))
        self.bias = torch.nn.Parameter(torch.zeros(count))

    def forward(self, x):
        return x @ self.table.T + self.bias


class GlobalMaxPool(torch.nn.Module):
    def forward(self, x):
        return x.amax((2, 3))


nn, images, rows = torch.nn, lambda: torch.randn(2, 4, 5, 5), lambda: torch.randn(4, 5)
ends = torch.tensor([[True, True, True, False], [True, True, False, False]])
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
        record("two heads", {"heads": 2}, Attention(6, 2), torch.randn(2, 4, 6), attention),
        record("two heads that look back", {"heads": 2, "causal": True}, Attention(6, 2, True), torch.randn(2, 4, 6), attention),
        record("masked", {"heads": 2}, Attention(6, 2), torch.randn(2, 4, 6), attention, {"mask": ends}),
        record("masked, looking back", {"heads": 2, "causal": True}, Attention(6, 2, True), torch.randn(2, 4, 6), attention, {"mask": ends}),
        record("turned", {"heads": 2, "rotaryBase": 100}, Attention(8, 2, rotary=100), torch.randn(2, 4, 8), attention),
    ],
    "crossAttention": [
        record("a longer memory", {"heads": 2}, Attention(6, 2), torch.randn(2, 4, 6), attention, {"memory": torch.randn(2, 5, 6)}),
        record("a masked memory", {"heads": 3}, Attention(6, 3), torch.randn(2, 3, 6), attention, {"memory": torch.randn(2, 4, 6), "mask": ends}),
    ],
    "conv1d": [
        record("strided and padded", {"channels": 3, "stride": 2, "padding": 1}, nn.Conv1d(4, 3, 3, 2, 1), torch.randn(2, 4, 7)),
        record("dilated groups without bias", {"channels": 6, "kernel": 2, "dilation": 2, "groups": 2, "bias": False}, nn.Conv1d(4, 6, 2, dilation=2, groups=2, bias=False), torch.randn(2, 4, 7)),
    ],
    "depthwiseConv2d": [
        record("strided and padded", {"stride": 2, "padding": 1}, nn.Conv2d(4, 4, 3, 2, 1, groups=4), images()),
        record("two of each", {"multiplier": 2, "kernel": 2, "bias": False}, nn.Conv2d(4, 8, 2, groups=4, bias=False), images()),
    ],
    "maxPool1d": [record("padded, overlapping", {"kernel": 3, "stride": 2, "padding": 1}, nn.MaxPool1d(3, 2, 1), torch.randn(2, 4, 7))],
    "globalMaxPool": [record("images", {}, GlobalMaxPool(), images())],
    "adaptiveAveragePool2d": [
        record("windows that overlap", {"rows": 2, "columns": 3}, nn.AdaptiveAvgPool2d((2, 3)), images()),
        record("windows that tile", {"rows": 3, "columns": 1}, nn.AdaptiveAvgPool2d((3, 1)), torch.randn(2, 3, 6, 4)),
    ],
    "rmsNorm": [record("sequences", {"epsilon": 1e-3}, nn.RMSNorm(5, eps=1e-3), torch.randn(2, 4, 5), statistics)],
    "relu6": [record("rows", {}, nn.ReLU6(), 5 * rows())],
    "lstm": [
        record("sequences", {"hidden": 3}, Recurrent(torch.lstm, [0, 2, 3, 1], 5, 3, False), torch.randn(2, 4, 5)),
        record("both ways, padded", {"hidden": 2, "bothWays": True}, Recurrent(torch.lstm, [0, 2, 3, 1], 3, 2, True), torch.randn(2, 4, 3), extras={"lengths": torch.tensor([4, 2])}),
    ],
    "gru": [
        record("sequences", {"hidden": 3}, Recurrent(torch.gru, [1, 0, 2], 5, 3, False), torch.randn(2, 4, 5)),
        record("both ways, padded", {"hidden": 2, "bothWays": True}, Recurrent(torch.gru, [1, 0, 2], 3, 2, True), torch.randn(2, 4, 3), extras={"lengths": torch.tensor([4, 2])}),
    ],
    "embeddingScores": [record("sequences", {"count": 7}, EmbeddingScores(7, 3), torch.randn(2, 4, 3))],
    "tagTransitions": [record("sequences", {}, TagTransitions(3), torch.randn(2, 4, 3))],
}
(folder / "layers").mkdir(exist_ok=True)
for name, records in layers.items():
    save(f"layers/{name}", {"records": records})
