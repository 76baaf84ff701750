"""What the scripts share that record PyTorch's values and gradients of operators."""
import json, pathlib
import torch

folder = pathlib.Path(__file__).parent.parent / "onnx"
dtypes = {torch.float32: "float32", torch.int64: "int64", torch.int32: "int32", torch.bool: "bool", torch.uint8: "uint8"}
records = {}


def plain(tensor):
    return {"dtype": dtypes[tensor.dtype], "shape": list(tensor.shape), "data": tensor.detach().double().flatten().tolist()}


def record(op, title, compute, inputs, attributes=None, constants=(), outputs=1):
    """`inputs` are tensors or None; float ones that are not constants get a gradient. Of several outputs `compute` gives the first."""
    leaves = [None if x is None else x.clone().requires_grad_(x.is_floating_point() and i not in constants) for i, x in enumerate(inputs)]
    y = compute(*leaves)
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    records.setdefault(op, []).append({
        "title": title, "attributes": attributes or {}, "constants": list(constants), **({"outputs": outputs} if outputs > 1 else {}),
        "inputs": [None if x is None else plain(x) for x in inputs], "output": plain(y), "upstream": plain(upstream),
        "gradients": [None if x is None or x.grad is None else plain(x.grad) for x in leaves],
    })


def write():
    for op, entries in records.items():
        (folder / f"{op}.json").write_text(json.dumps({"torch": torch.__version__, "records": entries}) + "\n")
    print(len(records), "operators,", sum(map(len, records.values())), "records")
