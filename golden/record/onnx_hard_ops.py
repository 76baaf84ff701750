"""Records PyTorch's values and gradients of sequence, image and attention operators: python golden/record/onnx_hard_ops.py"""
import json, pathlib
import torch
import torch.nn.functional as F

torch.manual_seed(23)
folder = pathlib.Path(__file__).parent.parent / "onnx"
dtypes = {torch.float32: "float32", torch.int64: "int64", torch.int32: "int32", torch.bool: "bool", torch.uint8: "uint8"}


def plain(tensor):
    return {"dtype": dtypes[tensor.dtype], "shape": list(tensor.shape), "data": tensor.detach().double().flatten().tolist()}


records = {}


def record(op, title, compute, inputs, attributes=None, constants=()):
    """`inputs` are tensors or None; float ones that are not constants get a gradient."""
    leaves = [None if x is None else x.clone().requires_grad_(x.is_floating_point() and i not in constants) for i, x in enumerate(inputs)]
    y = compute(*leaves)
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    records.setdefault(op, []).append({
        "title": title, "attributes": attributes or {}, "constants": list(constants),
        "inputs": [None if x is None else plain(x) for x in inputs], "output": plain(y), "upstream": plain(upstream),
        "gradients": [None if x is None or x.grad is None else plain(x.grad) for x in leaves],
    })


r = torch.randn
i64 = lambda *values: torch.tensor(values, dtype=torch.int64)
f32 = lambda *values: torch.tensor(values, dtype=torch.float32)


def recurrent(kind, order, gates, bidirectional=False, **attributes):
    """PyTorch's layers with their gates put into ONNX's order; the weights of each direction are stacked."""
    steps, batch, features, hidden, count = 5, 3, 4, 3, 2 if bidirectional else 1
    pick = lambda w: torch.cat([w.split(hidden)[i] for i in order])

    def compute(x, w, rec, b, _, *states):
        back = torch.argsort(torch.tensor(order))
        own = lambda t: torch.cat([t.split(hidden)[int(i)] for i in back])
        flat = []
        for d in range(count):
            wb, rb = b[d].split(gates * hidden)
            flat += [own(w[d]), own(rec[d]), own(wb), own(rb)]
        function = {"LSTM": torch._VF.lstm, "GRU": torch._VF.gru, "RNN": torch._VF.rnn_tanh}[kind]
        hidden_states = list(states) if kind == "LSTM" else states[0]
        y = function(x, hidden_states, flat, True, 1, 0.0, True, bidirectional, False)[0]
        return y.view(steps, batch, count, hidden).transpose(1, 2)

    states = [r(count, batch, hidden) for _ in range(2 if kind == "LSTM" else 1)]
    title = "both directions" if bidirectional else "a sequence"
    direction = {"direction": "bidirectional"} if bidirectional else {}
    inputs = [r(steps, batch, features), r(count, gates * hidden, features), r(count, gates * hidden, hidden), r(count, 2 * gates * hidden), None, *states]
    record(kind, title, compute, inputs, {"hidden_size": hidden, **direction, **attributes})


for both in (False, True):
    recurrent("LSTM", [0, 3, 1, 2], 4, both)
    recurrent("GRU", [1, 0, 2], 3, both, linear_before_reset=1)
    recurrent("RNN", [0], 1, both)

for op, entries in records.items():
    (folder / f"{op}.json").write_text(json.dumps({"torch": torch.__version__, "records": entries}) + "\n")
print(len(records), "operators,", sum(map(len, records.values())), "records")
