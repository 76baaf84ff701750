import torch
from .adam import adam_w

nn, F = torch.nn, torch.nn.functional


class Adapted(nn.Linear):
    """A linear layer, with a product of two small matrices beside it when a rank is given."""

    def __init__(self, inputs, outputs, rank):
        super().__init__(inputs, outputs)
        self.rank = rank
        if rank:
            self.down = nn.Parameter(torch.zeros(inputs, rank))
            self.up = nn.Parameter(torch.zeros(rank, outputs))

    def forward(self, x):
        y = super().forward(x)
        return y + (x @ self.down) @ self.up if self.rank else y


class Layer(nn.Module):
    def __init__(self, width, heads, rank):
        super().__init__()
        self.heads = heads
        self.q, self.v = Adapted(width, width, rank), Adapted(width, width, rank)
        self.k, self.out = nn.Linear(width, width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x):
        batch, tokens, width = x.shape
        split = lambda y: y.view(batch, tokens, self.heads, -1).transpose(1, 2)
        mixed = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(batch, tokens, width)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Bert(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(s["vocabulary"], s["width"]), nn.Embedding(s["tokens"], s["width"])
        self.norm = nn.LayerNorm(s["width"])
        self.layers = nn.ModuleList(Layer(s["width"], s["heads"], s["rank"]) for _ in range(s["layers"]))
        self.head = nn.Linear(s["width"], s["classes"])

    def forward(self, ids):
        x = self.norm(self.tokens(ids) + self.positions.weight)
        for layer in self.layers:
            x = layer(x)
        return self.head(x[:, 0])


def start(configuration, given, learning_rate, setting):
    model = Bert(setting)
    linear = {name + ".weight" for name, module in model.named_modules() if isinstance(module, nn.Linear)}
    own = dict(model.named_parameters())
    with torch.no_grad():
        for name, tensor in {**given["constant"], **given["parameter"]}.items():
            own[name].copy_(tensor.T if name in linear else tensor)
    for name, parameter in own.items():
        parameter.requires_grad_(name in given["parameter"])
    trained = [parameter for parameter in own.values() if parameter.requires_grad]
    return lambda batch: F.cross_entropy(model(batch["ids"]), batch["y"]), adam_w(trained, configuration, learning_rate)
