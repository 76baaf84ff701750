"""Records PyTorch's values and gradients of operators for packages/onnx: python golden/record/onnx_ops.py"""
import json, pathlib
import torch
import torch.nn.functional as F

torch.manual_seed(11)
folder = pathlib.Path(__file__).parent.parent / "onnx"
dtypes = {torch.float32: "float32", torch.int64: "int64", torch.bool: "bool"}


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
positive = lambda *shape: torch.rand(*shape) + 0.5
i64 = lambda *values: torch.tensor(values, dtype=torch.int64)

for op, compute in {"Neg": torch.neg, "Abs": torch.abs, "Exp": torch.exp, "Erf": torch.erf, "Sigmoid": torch.sigmoid, "Tanh": torch.tanh, "Softplus": F.softplus,
                    "Identity": lambda x: x * 1, "Relu": F.relu}.items():
    record(op, "a matrix", compute, [r(3, 4)])
for op, compute in {"Sqrt": torch.sqrt, "Log": torch.log, "Reciprocal": torch.reciprocal}.items():
    record(op, "a matrix", compute, [positive(3, 4)])
record("LeakyRelu", "a slope", lambda x: F.leaky_relu(x, 0.2), [r(3, 4)], {"alpha": 0.2})
record("Elu", "an alpha", lambda x: F.elu(x, 1.5), [r(3, 4)], {"alpha": 1.5})
record("HardSigmoid", "PyTorch's slope", F.hardsigmoid, [4 * r(3, 4)], {"alpha": 1 / 6, "beta": 0.5})
record("Gelu", "exact", F.gelu, [r(3, 4)])
record("Gelu", "by tanh", lambda x: F.gelu(x, approximate="tanh"), [r(3, 4)], {"approximate": "tanh"})
for op, compute in {"Add": torch.add, "Sub": torch.sub, "Mul": torch.mul, "Div": torch.div}.items():
    record(op, "a row against a stack", compute, [r(2, 3, 4), positive(4)])
    record(op, "a column against a row", compute, [r(3, 1), positive(1, 4)])
record("Pow", "matrices", torch.pow, [positive(3, 4), r(3, 4)])
record("Max", "matrices", torch.maximum, [r(3, 4), r(3, 4)])
record("Min", "a row", torch.minimum, [r(3, 4), r(4)])
record("Sum", "three", lambda a, b, c: a + b + c, [r(3, 4), r(4), r(3, 1)])
record("Where", "conditions", torch.where, [r(3, 4) > 0, r(3, 4), r(4)])
record("Clip", "both bounds", lambda x, low, high: torch.clamp(x, low, high), [2 * r(3, 4), torch.tensor(-1.0), torch.tensor(0.5)], {}, (1, 2))
record("MatMul", "matrices", torch.matmul, [r(3, 4), r(4, 2)])
record("MatMul", "stacks", torch.matmul, [r(2, 3, 4), r(2, 4, 2)])
record("MatMul", "a stack against a matrix", torch.matmul, [r(2, 3, 4), r(4, 2)])
record("com.microsoft.FusedMatMul", "both transposed", lambda a, b: 0.5 * a.T @ b.T, [r(4, 3), r(2, 4)], {"transA": 1, "transB": 1, "alpha": 0.5})
record("Gemm", "PyTorch's linear", F.linear, [r(3, 4), r(2, 4), r(2)], {"transB": 1})
record("Transpose", "permuted", lambda x: x.permute(2, 0, 1), [r(2, 3, 4)], {"perm": [2, 0, 1]})
record("Reshape", "an open length", lambda x, _: x.reshape(4, -1), [r(2, 6), i64(4, -1)], {}, (1,))
record("Flatten", "images", lambda x: x.flatten(1), [r(2, 3, 2)])
record("Squeeze", "an axis", lambda x, _: x.squeeze(1), [r(2, 1, 3), i64(1)], {}, (1,))
record("Unsqueeze", "an axis", lambda x, _: x.unsqueeze(1), [r(2, 3), i64(1)], {}, (1,))
record("Concat", "columns", lambda a, b: torch.cat([a, b], 1), [r(2, 3), r(2, 2)], {"axis": 1})
record("Slice", "steps", lambda x, *_: x[1:6:2], [r(6, 3), i64(1), i64(6), i64(0), i64(2)], {}, (1, 2, 3, 4))
record("Pad", "zeros", lambda x, _: F.pad(x, (1, 2)), [r(2, 3), i64(0, 1, 0, 2)], {}, (1,))
record("Expand", "rows", lambda x, _: x.expand(4, 3), [r(1, 3), i64(4, 3)], {}, (1,))
record("Gather", "rows", lambda x, i: x[i], [r(5, 3), torch.tensor([[0, 4], [4, 2]])])
record("Gather", "columns", lambda x, i: x[:, i], [r(3, 5), i64(1, 1, 4)], {"axis": 1})
record("GatherElements", "columns", lambda x, i: x.gather(1, i), [r(2, 4), torch.tensor([[0, 0], [3, 1]])], {"axis": 1})
record("GatherND", "elements", lambda x, i: x[i[:, 0], i[:, 1]], [r(3, 4), torch.tensor([[0, 1], [2, 3]])])
record("ScatterElements", "added", lambda x, i, u: x.scatter_add(0, i, u), [r(3, 2), torch.tensor([[0, 1], [0, 2]]), r(2, 2)], {"reduction": "add"})
record("ScatterND", "rows added", lambda x, i, u: x.index_add(0, i[:, 0], u), [r(4, 2), torch.tensor([[1], [3], [1]]), r(3, 2)], {"reduction": "add"})
record("ReduceSum", "rows", lambda x, _: x.sum(0), [r(3, 4), i64(0)], {"keepdims": 0}, (1,))
record("ReduceMean", "columns kept", lambda x, _: x.mean(1, keepdim=True), [r(3, 4), i64(1)], {}, (1,))
record("ReduceMax", "columns", lambda x, _: x.amax(1), [r(3, 4), i64(1)], {"keepdims": 0}, (1,))
record("ReduceMin", "columns", lambda x, _: x.amin(1), [r(3, 4), i64(1)], {"keepdims": 0}, (1,))
record("Softmax", "the last axis", lambda x: x.softmax(-1), [r(3, 4)])
record("LogSoftmax", "the last axis", lambda x: x.log_softmax(-1), [r(3, 4)])
record("SoftmaxCrossEntropyLoss", "mean", F.cross_entropy, [r(5, 4), i64(0, 3, 1, 1, 2)])
record("Conv", "strided and padded", lambda x, w, b: F.conv2d(x, w, b, stride=2, padding=1), [r(2, 3, 7, 7), r(4, 3, 3, 3), r(4)], {"strides": [2, 2], "pads": [1, 1, 1, 1]})
record("Conv", "groups", lambda x, w: F.conv2d(x, w, groups=3), [r(2, 3, 4, 4), r(6, 1, 2, 2)], {"group": 3})
record("Conv", "a series", lambda x, w: F.conv1d(x, w, dilation=2), [r(2, 2, 9), r(3, 2, 3)], {"dilations": [2]})
record("ConvTranspose", "strided", lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1), [r(2, 3, 3, 3), r(3, 2, 3, 3)],
       {"strides": [2, 2], "pads": [1, 1, 1, 1], "output_padding": [1, 1]})
record("MaxPool", "windows that tile", lambda x: F.max_pool2d(x, 2), [r(2, 3, 4, 4)], {"kernel_shape": [2, 2], "strides": [2, 2]})
record("MaxPool", "windows that overlap", lambda x: F.max_pool2d(x, 3, 2, 1), [r(2, 3, 5, 5)], {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]})
record("AveragePool", "padded", lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), [r(2, 3, 5, 5)], {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]})
record("GlobalAveragePool", "images", lambda x: x.mean((2, 3), keepdim=True), [r(2, 3, 4, 4)])
record("BatchNormalization", "inference", lambda x, s, b, m, v: F.batch_norm(x, m, v, s, b), [r(2, 3, 4), r(3), r(3), r(3), positive(3)], {}, (3, 4))
record("LayerNormalization", "the last axis", lambda x, s, b: F.layer_norm(x, (4,), s, b), [r(3, 4), r(4), r(4)])
record("Dropout", "inference", lambda x: x * 1, [r(3, 4)])
record("Cast", "to double and on", lambda x: x * 1, [r(3, 4)], {"to": 1})

for op, entries in records.items():
    (folder / f"{op}.json").write_text(json.dumps({"torch": torch.__version__, "records": entries}) + "\n")
print(len(records), "operators,", sum(map(len, records.values())), "records")
