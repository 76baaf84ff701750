import torch
from .adam import adam_w, assign_ours

nn, F = torch.nn, torch.nn.functional


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm0, self.norm1 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widen, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        split = lambda y: y.unflatten(-1, (self.heads, -1)).transpose(1, 2)
        q, k, v = map(split, self.qkv(self.norm0(x)).chunk(3, -1))
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.output(mixed.transpose(1, 2).flatten(2))
        return x + self.narrow(F.gelu(self.widen(self.norm1(x))))


class Gpt(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(s["vocabulary"], s["width"]), nn.Embedding(s["tokens"], s["width"])
        for i in range(s["blocks"]):
            setattr(self, f"block{i}", Block(s["width"], s["heads"]))
        self.blocks = [getattr(self, f"block{i}") for i in range(s["blocks"])]
        self.norm = nn.LayerNorm(s["width"])
        self.head = nn.Linear(s["width"], s["vocabulary"], bias=False)

    def forward(self, ids):
        x = self.tokens(ids) + self.positions.weight
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


def joined(parameters):
    """Queries, keys and values as the one product that PyTorch is fastest with; keys have no bias, which cancels out."""
    parameters = dict(parameters)
    for name in [name for name in parameters if name.endswith(".attention.queryWeight")]:
        block, attention = name.split(".")[0], name.removesuffix("queryWeight")
        take = lambda key: parameters.pop(attention + key)
        parameters[f"{block}.qkv.weight"] = torch.cat([take(f"{part}Weight") for part in ("query", "key", "value")], 1)
        query, value = take("queryBias"), take("valueBias")
        parameters[f"{block}.qkv.bias"] = torch.cat([query, torch.zeros_like(query), value])
        parameters[f"{block}.output.weight"], parameters[f"{block}.output.bias"] = take("outputWeight"), take("outputBias")
    return parameters


def start(configuration, given, learning_rate, setting):
    model = Gpt(setting)
    assign_ours(model, {**given, "parameter": joined(given["parameter"])})
    loss = lambda batch: F.cross_entropy(model(batch["x"]).flatten(0, 1), batch["target"].flatten())
    return loss, adam_w(model.parameters(), configuration, learning_rate)
