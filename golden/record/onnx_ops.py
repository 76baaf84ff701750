"""Records PyTorch's values and gradients of operators for packages/onnx: python golden/record/onnx_ops.py"""
import json, pathlib
import torch
import torch.nn.functional as F

torch.manual_seed(11)
folder = pathlib.Path(__file__).parent.parent / "onnx"
dtypes = {torch.float32: "float32", torch.int64: "int64", torch.bool: "bool", torch.uint8: "uint8"}


def plain(tensor):
    return {"dtype": dtypes[tensor.dtype], "shape": list(tensor.shape), "data": tensor.detach().double().flatten().tolist()}


records = {}


def record(op, title, compute, inputs, attributes=None, constants=(), outputs=1):
    """`inputs` are tensors or None; float ones that are not constants get a gradient. Of several outputs `compute` gives the first."""
    leaves = [None if x is None else x.clone().requires_grad_(x.is_floating_point() and i not in constants) for i, x in enumerate(inputs)]
    y = compute(*leaves)
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    records.setdefault(op, []).append({
        "title": title, "attributes": attributes or {}, "constants": list(constants), "outputs": outputs,
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

for op, compute in {"Sin": torch.sin, "Cos": torch.cos, "Atan": torch.atan, "Sinh": torch.sinh, "Cosh": torch.cosh, "Asinh": torch.asinh, "Ceil": torch.ceil,
                    "Floor": torch.floor, "Round": torch.round, "Sign": torch.sign, "Mish": F.mish, "Softsign": F.softsign, "Selu": F.selu, "HardSwish": F.hardswish,
                    "com.microsoft.Gelu": F.gelu, "com.microsoft.FastGelu": lambda x: F.gelu(x, approximate="tanh")}.items():
    record(op, "a matrix", compute, [2 * r(3, 4)])
inside = lambda *shape: 1.8 * torch.rand(*shape) - 0.9
for op, compute in {"Tan": torch.tan, "Asin": torch.asin, "Acos": torch.acos, "Atanh": torch.atanh}.items():
    record(op, "a matrix", compute, [inside(3, 4)])
record("Acosh", "a matrix", torch.acosh, [positive(3, 4) + 1])
record("Celu", "an alpha", lambda x: F.celu(x, 1.5), [r(3, 4)], {"alpha": 1.5})
record("Swish", "an alpha of one", F.silu, [r(3, 4)])
record("com.microsoft.QuickGelu", "the usual alpha", lambda x: x * torch.sigmoid(1.702 * x), [r(3, 4)])
record("com.microsoft.BiasGelu", "rows", lambda x, b: F.gelu(x + b), [r(3, 4), r(4)])
record("com.microsoft.FastGelu", "a bias", lambda x, b: F.gelu(x + b, approximate="tanh"), [r(3, 4), r(4)])
record("com.microsoft.FusedGemm", "a rectifier", lambda a, b, c: F.relu(a @ b + c), [r(3, 4), r(4, 2), r(2)], {"activation": "Relu"})
record("com.microsoft.TransposeMatMul", "first transposed", lambda a, b: a.T @ b, [r(4, 3), r(4, 2)], {"transA": 1})
record("com.microsoft.Inverse", "a stack", torch.linalg.inv, [r(2, 3, 3) + 3 * torch.eye(3)])
record("Det", "a stack", torch.linalg.det, [r(2, 3, 3)])
record("ThresholdedRelu", "a threshold", lambda x: F.threshold(x, 0.5, 0), [r(3, 4)], {"alpha": 0.5})
record("Shrink", "hard", lambda x: F.hardshrink(x, 0.5), [r(3, 4)], {"lambd": 0.5})
record("Shrink", "soft", lambda x: F.softshrink(x, 0.5), [r(3, 4)], {"lambd": 0.5, "bias": 0.5})
record("PRelu", "a slope a channel", F.prelu, [r(2, 3), r(3)])
record("CastLike", "another float", lambda x, _: x * 1, [r(3, 4), r(1)], {}, (1,))
record("Mod", "float remainders", torch.fmod, [5 * r(3, 4), positive(3, 4)], {"fmod": 1})
record("Mean", "three", lambda a, b, c: (a + b + c) / 3, [r(3, 4), r(3, 4), r(3, 4)])
record("Max", "three", lambda a, b, c: torch.maximum(torch.maximum(a, b), c), [r(3, 4), r(3, 4), r(4)])
record("CumSum", "columns", lambda x, _: x.cumsum(1), [r(3, 4), torch.tensor(1)], {}, (1,))
record("Trilu", "above the diagonal", lambda x, _: x.triu(1), [r(2, 3, 4), torch.tensor(1)], {}, (1,))
record("Trilu", "below it", lambda x, _: x.tril(-1), [r(2, 3, 4), torch.tensor(-1)], {"upper": 0}, (1,))
record("Tile", "both axes", lambda x, _: x.repeat(2, 3), [r(2, 3), i64(2, 3)], {}, (1,))
record("Split", "the first part", lambda x, _: x.split([2, 3], 1)[0], [r(2, 5), i64(2, 3)], {"axis": 1}, (1,), 2)
record("TopK", "three", lambda x, _: x.topk(3).values, [r(2, 6), i64(3)], {}, (1,), 2)
record("Compress", "columns", lambda x, c: x[:, c], [r(2, 3), torch.tensor([True, False, True])], {"axis": 1}, (1,))
record("DepthToSpace", "columns first", lambda x: F.pixel_shuffle(x, 2), [r(2, 8, 2, 3)], {"blocksize": 2, "mode": "CRD"})
record("DepthToSpace", "depth first", lambda x: F.pixel_shuffle(x.unflatten(1, (4, 2)).transpose(1, 2).flatten(1, 2), 2), [r(2, 8, 2, 3)], {"blocksize": 2})
record("SpaceToDepth", "blocks of two", lambda x: F.pixel_unshuffle(x, 2).unflatten(1, (2, 4)).transpose(1, 2).flatten(1, 2), [r(2, 2, 4, 6)], {"blocksize": 2})
record("ReverseSequence", "time first", lambda x, n: torch.stack([torch.cat([x[: n[b], b].flip(0), x[n[b] :, b]]) for b in range(2)], 1), [r(4, 2), i64(4, 2)], {}, (1,))
record("OneHot", "two values", lambda i, _, v: torch.where(F.one_hot(i, 3).bool(), v[1], v[0]), [i64(0, 2, 1), torch.tensor(3), r(2)], {}, (1,))
record("DequantizeLinear", "a scale a column", lambda x, s, z: (x.float() - z.float()) * s, [torch.randint(0, 256, (3, 2), dtype=torch.uint8), positive(2), torch.tensor([3, 128], dtype=torch.uint8)])
record("Pad", "mirrored", lambda x, _: F.pad(x, (2, 1), "reflect"), [r(2, 3), i64(0, 2, 0, 1)], {"mode": "reflect"}, (1,))
record("Pad", "edges repeated", lambda x, _: F.pad(x, (2, 1), "replicate"), [r(2, 3), i64(0, 2, 0, 1)], {"mode": "edge"}, (1,))
record("Pad", "wrapped around", lambda x, _: F.pad(x, (2, 1), "circular"), [r(2, 3), i64(0, 2, 0, 1)], {"mode": "wrap"}, (1,))
for reduction, name in {"mul": "prod", "max": "amax", "min": "amin"}.items():
    record("ScatterElements", name, lambda x, i, u: x.scatter_reduce(0, i, u, name), [r(3, 2), torch.tensor([[0, 1], [0, 2]]), r(2, 2)], {"reduction": reduction})
record("GatherND", "one row of each matrix", lambda x, i: x[torch.arange(2), i[:, 0]], [r(2, 3, 2), torch.tensor([[2], [0]])], {"batch_dims": 1})
reductions = {
    "ReduceL1": lambda x: x.abs().sum(1), "ReduceL2": lambda x: x.norm(dim=1), "ReduceLogSumExp": lambda x: x.logsumexp(1), "ReduceProd": lambda x: x.prod(1), "ReduceSumSquare": lambda x: (x * x).sum(1),
}
for op, compute in reductions.items():
    record(op, "rows", lambda x, _: compute(x), [r(3, 4), i64(1)], {"keepdims": 0}, (1,))
record("ReduceProd", "rows with one zero and with two", lambda x, _: x.prod(1), [torch.tensor([[2.0, 3, 4], [2, 0, 4], [0, 3, 0]]), i64(1)], {"keepdims": 0}, (1,))
record("ReduceLogSum", "rows", lambda x, _: x.sum(1).log(), [positive(3, 4), i64(1)], {"keepdims": 0}, (1,))
record("LpNormalization", "Euclidean rows", lambda x: F.normalize(x), [r(3, 4)])
record("LpNormalization", "magnitudes of columns", lambda x: F.normalize(x, 1, 0), [r(3, 4)], {"axis": 0, "p": 1})
record("LRN", "three channels", lambda x: F.local_response_norm(x, 3, 0.5, 0.6, 1.5), [r(2, 5, 3, 2)], {"size": 3, "alpha": 0.5, "beta": 0.6, "bias": 1.5})
record("InstanceNormalization", "images", lambda x, s, b: F.instance_norm(x, weight=s, bias=b), [r(2, 3, 4, 2), r(3), r(3)])
record("GroupNormalization", "two groups", lambda x, s, b: F.group_norm(x, 2, s, b), [r(2, 4, 3), r(4), r(4)], {"num_groups": 2})
record("RMSNormalization", "the last axis", lambda x, s: F.rms_norm(x, (4,), s, 1e-5), [r(3, 4), r(4)])
record("MeanVarianceNormalization", "each channel", lambda x: (x - x.mean((0, 2, 3), keepdim=True)) / x.std((0, 2, 3), keepdim=True, correction=0), [r(2, 3, 2, 2)])
record("BatchNormalization", "training", lambda x, s, b, m, v: F.batch_norm(x, m.clone(), v.clone(), s, b, training=True), [r(4, 3, 2), r(3), r(3), r(3), positive(3)], {"training_mode": 1}, (3, 4), 3)
record("GlobalMaxPool", "images", lambda x: x.amax((2, 3), keepdim=True), [r(2, 3, 4, 4)])
record("LpPool", "windows that overlap", lambda x: F.lp_pool2d(x, 2, 3, 2), [r(2, 3, 5, 5)], {"kernel_shape": [3, 3], "strides": [2, 2]})
record("GlobalLpPool", "images", lambda x: x.flatten(2).norm(dim=2)[..., None, None], [r(2, 3, 4, 4)])
record("AveragePool", "a last window that hangs over the end", lambda x: F.avg_pool2d(x, 3, 2, ceil_mode=True), [r(1, 2, 6, 6)], {"kernel_shape": [3, 3], "strides": [2, 2], "ceil_mode": 1})
nll = lambda **options: lambda logp, labels, weights=None: F.nll_loss(logp, labels, weights, **options)
record("NegativeLogLikelihoodLoss", "mean", nll(), [r(5, 4).log_softmax(1), i64(0, 3, 1, 1, 2)])
record("NegativeLogLikelihoodLoss", "weighted, with a label to pass over", nll(ignore_index=1), [r(5, 4).log_softmax(1), i64(0, 3, 1, 1, 2), positive(4)], {"ignore_index": 1}, (2,))
record("NegativeLogLikelihoodLoss", "images, summed", nll(reduction="sum"), [r(2, 3, 2, 2).log_softmax(1), torch.tensor([[[0, 1], [2, 2]], [[1, 1], [0, 2]]])], {"reduction": "sum"})
record("SoftmaxCrossEntropyLoss", "weighted, with a label to pass over", lambda x, y, w: F.cross_entropy(x, y, w, ignore_index=1), [r(5, 4), i64(0, 3, 1, 1, 2), positive(4)], {"ignore_index": 1}, (2,))
record("CumProd", "rows", lambda x, _: x.cumprod(1), [r(3, 4), torch.tensor(1)], {}, (1,))
record("Pow", "a square", lambda x, _: x**2, [r(3, 4), torch.tensor(2.0)], {}, (1,))
record("Clip", "bounds that are learned", torch.clamp, [2 * r(3, 4), torch.tensor(-1.0), torch.tensor(0.5)])
record("MatMul", "two vectors", torch.matmul, [r(3), r(3)])
record("ConvTranspose", "groups", lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2, groups=2), [r(2, 4, 3, 3), r(4, 1, 2, 2), r(2)], {"strides": [2, 2], "group": 2})

for op, entries in records.items():
    (folder / f"{op}.json").write_text(json.dumps({"torch": torch.__version__, "records": entries}) + "\n")
print(len(records), "operators,", sum(map(len, records.values())), "records")
