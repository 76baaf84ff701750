"""Records PyTorch's values and gradients of sequence, image and attention operators: python golden/record/onnx_hard_ops.py"""
import torch
import torch.nn.functional as F
from recorder import record, write

torch.manual_seed(23)
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

def resized(title, shape, sizes, attributes, **options):
    axes = len(shape) - 2
    record("Resize", title, lambda x, *_: F.interpolate(x, sizes, **options), [r(*shape), None, None, i64(*shape[:2], *sizes)], attributes, (3,))


resized("nearest", (1, 2, 3, 4), (6, 8), {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}, mode="nearest")
resized("linear", (2, 2, 3, 4), (5, 7), {"mode": "linear", "coordinate_transformation_mode": "pytorch_half_pixel"}, mode="bilinear")
resized("linear with corners aligned", (1, 2, 4, 5), (7, 3), {"mode": "linear", "coordinate_transformation_mode": "align_corners"}, mode="bilinear", align_corners=True)
resized("cubic", (1, 2, 4, 5), (7, 8), {"mode": "cubic", "coordinate_transformation_mode": "half_pixel"}, mode="bicubic")
for equation, shapes in {"bhqd,bhkd->bhqk": [(2, 2, 3, 4), (2, 2, 5, 4)], "ij,jk,k->i": [(2, 3), (3, 4), (4,)], "bii->bi": [(2, 3, 3)], "...ij,...jk->...ik": [(2, 2, 3), (2, 3, 2)]}.items():
    record("Einsum", equation, lambda *x, equation=equation: torch.einsum(equation, *x), [r(*shape) for shape in shapes], {"equation": equation})
record("Col2Im", "blocks that overlap", lambda x, *_: F.fold(x, (5, 4), 3, padding=1, stride=2), [r(2, 18, 6), i64(5, 4), i64(3, 3)],
       {"pads": [1, 1, 1, 1], "strides": [2, 2]}, (1, 2))
places = torch.tensor([[[[0, 3], [9, 14]], [[5, 2], [8, 15]]]])
record("MaxUnpool", "a lossless size", lambda x, _: F.max_unpool2d(x, places, 2), [r(1, 2, 2, 2), places + 16 * torch.arange(2).view(1, 2, 1, 1)],
       {"kernel_shape": [2, 2], "strides": [2, 2]})
for mode, name in {"bilinear": "linear", "nearest": "nearest", "bicubic": "cubic"}.items():
    for padding in ("zeros", "border", "reflection"):
        for align in (0, 1):
            record("GridSample", f"{name}, {padding}, {align}", lambda x, grid: F.grid_sample(x, grid, mode, padding, bool(align)),
                   [r(1, 2, 4, 5), 3 * torch.rand(1, 3, 2, 2) - 1.5], {"mode": name, "padding_mode": padding, "align_corners": align})
record("AffineGrid", "an image", lambda theta, _: F.affine_grid(theta, (2, 3, 4, 5), align_corners=False), [r(2, 2, 3), i64(2, 3, 4, 5)], {}, (1,))
record("AffineGrid", "corners at the ends", lambda theta, _: F.affine_grid(theta, (1, 3, 4, 5), align_corners=True), [r(1, 2, 3), i64(1, 3, 4, 5)], {"align_corners": 1}, (1,))
record("DFT", "a real signal", lambda x: torch.view_as_real(torch.fft.fft(x[..., 0])), [r(2, 6, 1)])
record("DFT", "one side", lambda x: torch.view_as_real(torch.fft.rfft(x[..., 0])), [r(2, 7, 1)], {"onesided": 1})
record("DFT", "the inverse", lambda x: torch.view_as_real(torch.fft.ifft(torch.view_as_complex(x))), [r(2, 5, 2)], {"inverse": 1})
record("STFT", "a window", lambda x, _, w: torch.view_as_real(torch.stft(x[..., 0], 6, 3, window=w, center=False, return_complex=True)).transpose(1, 2),
       [r(2, 15, 1), torch.tensor(3), r(6)], {}, (1,))

record("Attention", "heads", F.scaled_dot_product_attention, [r(2, 2, 3, 4), r(2, 2, 5, 4), r(2, 2, 5, 3)])
record("Attention", "causal", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True), [r(1, 2, 4, 4) for _ in range(3)], {"is_causal": 1})
record("Attention", "groups of queries", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, scale=0.4, enable_gqa=True),
       [r(2, 4, 3, 4), r(2, 2, 3, 4), r(2, 2, 3, 4)], {"scale": 0.4})
record("Attention", "an added mask", lambda q, k, v, m: F.scaled_dot_product_attention(q, k, v, m), [r(2, 2, 3, 4), r(2, 2, 5, 4), r(2, 2, 5, 4), r(3, 5)])


def by_heads(x, heads):
    return x.view(*x.shape[:2], heads, -1).transpose(1, 2)


record("com.microsoft.MultiHeadAttention", "plain",
       lambda *x: F.scaled_dot_product_attention(*(by_heads(part, 2) for part in x)).transpose(1, 2).flatten(2), [r(2, 3, 4), r(2, 5, 4), r(2, 5, 4)], {"num_heads": 2})
record("com.microsoft.Attention", "plain",
       lambda x, w, b: F.scaled_dot_product_attention(*(by_heads(part, 2) for part in (x @ w + b).chunk(3, -1))).transpose(1, 2).flatten(2),
       [r(2, 3, 4), r(4, 12), r(12)], {"num_heads": 2})
record("com.microsoft.SkipLayerNormalization", "plain", lambda x, s, g, b: F.layer_norm(x + s, (4,), g, b), [r(2, 3, 4), r(2, 3, 4), r(4), r(4)])
record("SimplifiedLayerNormalization", "the last axis", lambda x, g: F.rms_norm(x, (4,), g, 1e-5), [r(2, 3, 4), r(4)])
record("com.microsoft.SkipSimplifiedLayerNormalization", "plain", lambda x, s, g: F.rms_norm(x + s, (4,), g, 1e-5), [r(2, 3, 4), r(2, 3, 4), r(4)])
record("com.microsoft.FusedConv", "Relu", lambda x, w, b: F.conv2d(x, w, b, 2, 1).relu(), [r(2, 3, 5, 5), r(4, 3, 3, 3), r(4)],
       {"activation": "Relu", "strides": [2, 2], "pads": [1, 1, 1, 1]})


def rotated(x, cos, sin, interleaved):
    """Pairs as complex numbers times angles, per head: `[batch, heads, steps, size]`."""
    half = x.shape[-1] // 2
    pairs = x.unflatten(-1, (half, 2)) if interleaved else x.unflatten(-1, (2, half)).transpose(-1, -2)
    turned = torch.view_as_real(torch.view_as_complex(pairs.contiguous()) * torch.complex(cos, sin).unsqueeze(1))
    return (turned if interleaved else turned.transpose(-1, -2)).flatten(-2)


places = torch.tensor([[0, 1, 2], [3, 1, 0]])
for interleaved in (0, 1):
    title = "interleaved" if interleaved else "halves"
    record("RotaryEmbedding", title, lambda x, cos, sin, at: rotated(x, cos[at], sin[at], interleaved), [r(2, 2, 3, 4), r(4, 2), r(4, 2), places], {"interleaved": interleaved})
    record("com.microsoft.RotaryEmbedding", title, lambda x, at, cos, sin: rotated(x, cos[at], sin[at], interleaved), [r(2, 2, 3, 4), places, r(4, 2), r(4, 2)],
           {"interleaved": interleaved})
record("com.microsoft.GroupQueryAttention", "a prompt",
       lambda q, k, v, *_: F.scaled_dot_product_attention(by_heads(q, 2), by_heads(k, 1), by_heads(v, 1), is_causal=True, enable_gqa=True).transpose(1, 2).flatten(2),
       [r(2, 3, 16), r(2, 3, 8), r(2, 3, 8), None, None, torch.tensor([2, 2], dtype=torch.int32), torch.tensor([3], dtype=torch.int32)],
       {"num_heads": 2, "kv_num_heads": 1}, (5, 6))
words = torch.tensor([[0, 4, 2], [1, 1, 3]], dtype=torch.int32)
record("com.microsoft.EmbedLayerNormalization", "words, places and kinds",
       lambda ids, kinds, w, p, s, g, b: F.layer_norm(F.embedding(ids, w) + p[:3] + F.embedding(kinds, s), (4,), g, b, 1e-12),
       [words, (words > 1).int(), r(5, 4), r(4, 4), r(2, 4), r(4), r(4)], outputs=2)
bits = torch.randint(0, 256, (3, 2, 8), dtype=torch.uint8)


def dequantised(b, scales):
    whole = torch.stack([b & 15, b >> 4], -1).flatten(-2).float()
    return ((whole - 8) * scales.view(3, 2, 1)).flatten(1)


record("com.microsoft.MatMulNBits", "four bits", lambda a, b, s: a @ dequantised(b, s).T, [r(2, 32), bits, torch.rand(3, 2) + 0.1],
       {"K": 32, "N": 3, "bits": 4, "block_size": 16}, (1, 2))

write()
