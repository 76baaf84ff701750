"""Exports small models with PyTorch's exporters, and records its gradients: python golden/record/onnx_exported_models.py [NAME ...]

A gradient belongs to a stored weight under its name, or to several that were made of one parameter: their gradients, each
brought back to the parameter's order of axes, add up to it.
"""
import base64, io, itertools, json, pathlib, sys, warnings
import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.manual_seed(29)
folder = pathlib.Path(__file__).parent.parent / "onnx" / "exported"
r = torch.randn


class Block(nn.Module):
    """A module of layers by name and a function of them."""

    def __init__(self, run, **layers):
        super().__init__()
        self.run = run
        for name, layer in layers.items():
            setattr(self, name, layer)

    def forward(self, *inputs):
        return self.run(self, *inputs)


def residual(m, x):
    h = F.relu(m.bn1(m.c1(x)))
    return m.head(F.adaptive_avg_pool2d(F.relu(m.bn2(m.c2(h)) + m.skip(h)), 1).flatten(1))


def inverted(m, x):
    h = F.hardswish(m.bn(m.depth(F.silu(m.wide(x)))))
    h = h * torch.sigmoid(m.up(F.relu(m.down(h.mean((2, 3), keepdim=True)))))
    return F.max_pool2d(m.narrow(h), 3, 2, 1)


def upsampling(m, x):
    low = F.relu(m.down(x))
    wide = F.interpolate(m.up(low), scale_factor=2, mode="bilinear", align_corners=False)
    return m.out(torch.cat([x, wide, m.back(low)], 1))


def attention(m, x):
    h = m.norm(x)
    q, k, v = m.qkv(h).reshape(*x.shape[:2], 3, 2, 4).permute(2, 0, 3, 1, 4)
    h = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).flatten(2)
    x = x + m.mix(h)
    return x + m.out(F.gelu(m.into(m.norm2(x))))


def rotary(m, ids):
    x = m.table(ids)
    h = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * m.scale
    q, k, v = (f(h).view(*ids.shape, 2, 4).transpose(1, 2) for f in (m.q, m.k, m.v))
    place = torch.arange(ids.shape[1])[:, None] * torch.tensor([1.0, 0.1])
    cos, sin = (torch.cat([f(place)] * 2, -1) for f in (torch.cos, torch.sin))
    turn = lambda t: t * cos + torch.cat([-t[..., 2:], t[..., :2]], -1) * sin
    scores = (turn(q) @ turn(k).transpose(-1, -2) / 2).masked_fill(torch.ones(ids.shape[1], ids.shape[1]).triu(1).bool(), -1e9)
    h = x + m.o((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
    return (h + m.down(F.silu(m.gate(h)) * m.up(h))) @ m.table.weight.T


def selective(m, x):
    x, z = m.into(x).chunk(2, -1)
    x = F.silu(m.conv(x.transpose(1, 2))[..., : x.shape[1]].transpose(1, 2))
    step, b, c = m.select(x).split((4, 3, 3), -1)
    step, state, states = F.softplus(step), torch.zeros(x.shape[0], 4, 3), []
    for t in range(x.shape[1]):
        state = torch.exp(-step[:, t, :, None] * m.decay.exp()) * state + (step * x)[:, t, :, None] * b[:, t, None]
        states.append((state * c[:, t, None]).sum(-1))
    return m.out(torch.stack(states, 1) * F.silu(z))


def graph_convolution(m, x, edges):
    h = m.a(x)
    h = F.relu(torch.zeros_like(h).index_add(0, edges[1], h[edges[0]]))
    h = m.b(h)
    return torch.zeros_like(h).scatter_reduce(0, edges[1][:, None].expand(-1, 2), h[edges[0]], "amax", include_self=False)


def warped(m, x):
    grid = F.affine_grid(m.place(x.flatten(1)).view(-1, 2, 3), x.shape, align_corners=False)
    return m.conv(F.grid_sample(x, grid, align_corners=False, padding_mode="border"))


def autoencoder(m, x, noise):
    mean, log = m.encode(x).chunk(2, 1)
    z = mean + noise * (0.5 * log).exp()
    return m.decode(z), (mean**2 + log.exp() - 1 - log).sum(1)


def mixture(m, x):
    """The gate's choice decides how many rows each expert gets: only the run tells."""
    gate = m.gate(x).softmax(-1)
    best = gate.argmax(-1)
    out = torch.zeros_like(x)
    for i, expert in enumerate(m.experts):
        rows = (best == i).nonzero().squeeze(1)
        out = out.index_add(0, rows, expert(x[rows]).tanh() * gate[rows, i : i + 1])
    return out


def lists(m, x):
    """What the exporters write with sequences of tensors."""
    a, b, c = torch.tensor_split(m.a(x), (1, 3), -1)
    rows = torch.vstack([m.b(torch.hstack([c, a * a, b])).mean(0), x[0]])
    return torch.hstack([rows, rows.exp()])


class Repeated(nn.Module):
    """Control flow that a script keeps: how often the loop runs follows from an input's length."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(3, 3), nn.Linear(3, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for i in range(int(x.size(0))):
            x = torch.tanh(self.a(x)) + x[i]
        if bool(x.sum() > 0):
            return self.b(x)
        return self.a(x) * 2


conv = lambda i, o, k=3, **options: nn.Conv2d(i, o, k, padding=k // 2, **options)
recurrent = lambda kind, **options: Block(lambda m, x: m.head(m.cell(x)[0]), cell=kind(3, 4, batch_first=True, **options), head=nn.Linear(8 if options.get("bidirectional") else 4, 2))
edges = torch.tensor([[0, 1, 2, 3, 4, 0, 2], [1, 2, 0, 4, 3, 3, 1]])
ids = torch.tensor([[1, 5, 2, 7], [3, 3, 0, 8]])

models = {
    "residual": (lambda: Block(residual, c1=conv(2, 4), bn1=nn.BatchNorm2d(4), c2=conv(4, 6, stride=2, bias=False), bn2=nn.BatchNorm2d(6), skip=conv(4, 6, 1, stride=2), head=nn.Linear(6, 3)), (r(2, 2, 8, 8),)),
    "inverted": (lambda: Block(inverted, wide=conv(3, 6, 1), depth=conv(6, 6, groups=6), bn=nn.BatchNorm2d(6), down=conv(6, 2, 1), up=conv(2, 6, 1), narrow=conv(6, 4, 1)), (r(2, 3, 6, 6),)),
    "upsampling": (lambda: Block(upsampling, down=conv(2, 4, stride=2), up=conv(4, 3), back=nn.ConvTranspose2d(4, 2, 2, 2), out=conv(7, 1)), (r(1, 2, 8, 8),)),
    "attention": (lambda: Block(attention, norm=nn.LayerNorm(8), qkv=nn.Linear(8, 24), mix=nn.Linear(8, 8), norm2=nn.LayerNorm(8), into=nn.Linear(8, 12), out=nn.Linear(12, 8)), (r(2, 5, 8),)),
    "rotary": (lambda: Block(rotary, table=nn.Embedding(9, 8), scale=nn.Parameter(torch.ones(8)), q=nn.Linear(8, 8), k=nn.Linear(8, 8), v=nn.Linear(8, 8), o=nn.Linear(8, 8), gate=nn.Linear(8, 6), up=nn.Linear(8, 6), down=nn.Linear(6, 8)), (ids,)),
    "selective": (lambda: Block(selective, into=nn.Linear(3, 8), conv=nn.Conv1d(4, 4, 2, groups=4, padding=1), select=nn.Linear(4, 10), decay=nn.Parameter(r(4, 3)), out=nn.Linear(4, 3)), (r(2, 4, 3),)),
    "graph": (lambda: Block(graph_convolution, a=nn.Linear(3, 4), b=nn.Linear(4, 2)), (r(5, 3), edges)),
    "warped": (lambda: Block(warped, place=nn.Linear(25, 6), conv=conv(1, 2)), (r(2, 1, 5, 5),)),
    "autoencoder": (lambda: Block(autoencoder, encode=nn.Sequential(conv(1, 3, stride=2), nn.ELU(), nn.Flatten(), nn.Linear(27, 4)), decode=nn.Sequential(nn.Linear(2, 27), nn.Unflatten(1, (3, 3, 3)), nn.ConvTranspose2d(3, 1, 4, 2, 1), nn.Sigmoid())), (r(2, 1, 6, 6), r(2, 2))),
    "mixture": (lambda: Block(mixture, gate=nn.Linear(3, 2), experts=nn.ModuleList([nn.Linear(3, 3), nn.Linear(3, 3)])), (r(6, 3),)),
    "bags": (lambda: Block(lambda m, x: m.head(torch.cat([m.mean(x), m.sum(x)], 1)), mean=nn.EmbeddingBag(7, 4, mode="mean"), sum=nn.EmbeddingBag(7, 2, mode="sum"), head=nn.Linear(6, 1)), (torch.tensor([[0, 3, 6], [2, 2, 1]]),)),
    "scripted": (lambda: torch.jit.script(Repeated()), (r(3, 3),)),
    "lstm": (lambda: recurrent(nn.LSTM, bidirectional=True), (r(2, 4, 3),)),
    "gru": (lambda: recurrent(nn.GRU), (r(2, 4, 3),)),
    "lists": (lambda: Block(lists, a=nn.Linear(4, 5), b=nn.Linear(5, 4)), (r(3, 4),)),
}
# What only one of the exporters can write.
legacy_only, modern_only = {"scripted", "bags", "mixture"}, {"graph"}
training = {"residual", "inverted"}
legacy_opsets, modern_opsets = (13, 16, 17, 18, 20), (18, 20, 21, 23)


def stored(graph):
    """Tensors that a graph and its bodies store, by name."""
    for tensor in graph.initializer:
        yield tensor.name, onnx.numpy_helper.to_array(tensor)
    for node in graph.node:
        for attribute in node.attribute:
            if node.op_type == "Constant" and attribute.name == "value":
                yield node.output[0], onnx.numpy_helper.to_array(attribute.t)
            if attribute.type == onnx.AttributeProto.GRAPH:
                yield from stored(attribute.g)


def axes_of(weight, parameter):
    """The order of the parameter's axes in which a stored weight holds it."""
    if weight.size != parameter.size:
        return None
    for order in itertools.permutations(range(parameter.ndim)):
        if np.array_equal(parameter.transpose(order).ravel(), weight.ravel()):
            return list(order)
    return None


plain = lambda tensor: {"dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape), "data": [float(f"{v:.7g}") for v in tensor.detach().double().flatten().tolist()]}


def record(name, make, inputs, exporter, opset, is_training=False):
    torch.manual_seed(31)
    module = make().train(is_training)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
    state = {key: value.clone() for key, value in module.state_dict().items()}
    names = [f"in{i}" for i in range(len(inputs))]
    buffer = io.BytesIO()
    if exporter == "legacy":
        mode = torch.onnx.TrainingMode.TRAINING if is_training else torch.onnx.TrainingMode.EVAL
        axes = None if is_training else {names[0]: {0: "batch"}}
        torch.onnx.export(module, inputs, buffer, opset_version=opset, input_names=names, training=mode, dynamo=False, do_constant_folding=False, dynamic_axes=axes)
    else:
        torch.onnx.export(module, inputs, opset_version=opset, input_names=names, dynamo=True, verbose=False).save(buffer)
    module.load_state_dict(state)
    module.zero_grad()
    outputs = module(*inputs)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    model = onnx.load_from_string(buffer.getvalue())
    strip(model)
    upstream = [torch.randn_like(output) for output in outputs]
    sum((output * up).sum() for output, up in zip(outputs, upstream)).backward()
    weights = dict(stored(model.graph))
    gradients = []
    for parameter in module.parameters():
        values = parameter.detach().numpy()
        places = [{"name": key, "axes": order} for key, weight in weights.items() if parameter.numel() > 1 and (order := axes_of(weight, values)) is not None]
        if places and parameter.grad is not None:
            gradients.append({"weights": places, "gradient": plain(parameter.grad)})
    title = f"{name}-{exporter}-{opset}" + ("-training" if is_training else "")
    content = {"torch": torch.__version__, "model": base64.b64encode(model.SerializeToString()).decode(), "inputs": [plain(x) for x in inputs],
               "outputs": [{"name": given.name, "value": plain(output), "upstream": plain(up)} for given, output, up in zip(model.graph.output, outputs, upstream)], "gradients": gradients}
    (folder / f"{title}.json").write_text(json.dumps(content) + "\n")
    print(title, len(model.graph.node), "nodes", len(content["model"]) * 3 // 4, "bytes", f"{len(gradients)}/{len(list(module.parameters()))} gradients")


def strip(model):
    """Drops what an exporter notes for people."""
    del model.graph.value_info[:]
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in [*model.graph.input, *model.graph.output, *model.graph.initializer]:
        del value.metadata_props[:]


chosen = sys.argv[1:] or list(models)
folder.mkdir(exist_ok=True)
for i, (name, (make, inputs)) in enumerate(models.items()):
    if name not in chosen:
        continue
    for file in folder.glob(f"{name}-*.json"):
        file.unlink()
    if name not in modern_only:
        record(name, make, inputs, "legacy", 20 if name == "warped" else legacy_opsets[i % 5])
    if name not in legacy_only:
        record(name, make, inputs, "modern", modern_opsets[i % 4])
    if name in training:
        record(name, make, inputs, "legacy", 13, True)
