"""Records what small likenesses of packages/nn's models give in PyTorch: python golden/record/nn_models.py"""
import json, math, pathlib
import torch
from torch import nn

folder = pathlib.Path(__file__).parent.parent / "nn" / "models"
names = {"running_mean": "mean", "running_var": "variance"}


def waves(name, shape):
    """As packages/nn/src/testing/check-model.ts makes them."""
    phase = sum(map(ord, name))
    base, fan = float(name.endswith((".scale", ".variance"))), shape[0] if len(shape) == 2 else math.prod(shape[1:])
    height = 1 if name == "x" else 0.25 if len(shape) == 1 else 2 / math.sqrt(fan)
    places = torch.arange(math.prod(shape), dtype=torch.float64)
    return (base + height * torch.sin(phase + 0.7 * places**2)).float().reshape(shape)


@torch.no_grad()
def record(name, model, shape):
    for path, part in model.named_modules():
        normal = isinstance(part, nn.BatchNorm2d)
        own = [*part.named_parameters(recurse=False), *part.named_buffers(recurse=False)]
        for key, tensor in own:
            if key == "num_batches_tracked":
                continue
            ours = f"{path}." + ("scale" if normal and key == "weight" else names.get(key, key))
            turned = isinstance(part, nn.Linear) and key == "weight"
            values = waves(ours, list(tensor.shape)[:: -1 if turned else 1])
            tensor.copy_(values.T if turned else values)
    y = model.eval()(waves("x", shape))
    text = json.dumps({"torch": torch.__version__, "y": {"shape": list(y.shape), "data": y.double().flatten().tolist()}})
    (folder / f"{name}.json").write_text(text + "\n")


class Named(nn.Module):
    """Parts one after another, under the names that the network gives them; dots stand for modules in modules."""

    def __init__(self, **parts):
        super().__init__()
        for key, part in parts.items():
            self.add_module(key, part)

    def forward(self, x):
        for part in self.children():
            x = part(x)
        return x


class Residual(nn.Module):
    def __init__(self, main, shortcut):
        super().__init__()
        self.main = nn.Sequential(*main)
        self.shortcut = nn.Sequential(*shortcut)

    def forward(self, x):
        return self.main(x) + self.shortcut(x)


def convolution(inputs, outputs, kernel=1, stride=1, groups=1):
    return [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]


def pool():
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())


def res_net(blocks, width, narrow):
    parts, inputs = {"stem": nn.Sequential(*convolution(2, width, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1))}, width
    for stage, count in enumerate(blocks):
        parts[f"stage{stage}"] = nn.Sequential()
        for i in range(count):
            maps, stride = width * 2**stage, 2 if stage and not i else 1
            wide = 4 * maps if narrow else maps
            if narrow:
                main = [*convolution(inputs, maps), nn.ReLU(), *convolution(maps, maps, 3, stride), nn.ReLU(), *convolution(maps, wide)]
            else:
                main = [*convolution(inputs, maps, 3, stride), nn.ReLU(), *convolution(maps, maps, 3)]
            shortcut = [] if stride == 1 and inputs == wide else convolution(inputs, wide, 1, stride)
            parts[f"stage{stage}"].append(nn.Sequential(Residual(main, shortcut), nn.ReLU()))
            inputs = wide
    return Named(**parts, pool=pool(), head=nn.Linear(inputs, 3))


def mobile_net(width):
    eights = lambda n: (m := max(8, int(n + 4) // 8 * 8)) + 8 * (m < 0.9 * n)
    inputs = eights(32 * width)
    parts = {"stem": nn.Sequential(*convolution(1, inputs, 3, 2), nn.ReLU6())}
    stages = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    for stage, (expansion, maps, count, first) in enumerate(stages):
        parts[f"stage{stage}"] = nn.Sequential()
        for i in range(count):
            outputs, stride, inside = eights(maps * width), first if i == 0 else 1, inputs * expansion
            layers = [*convolution(inputs, inside), nn.ReLU6()] if expansion > 1 else []
            layers += [*convolution(inside, inside, 3, stride, inside), nn.ReLU6(), *convolution(inside, outputs)]
            same = stride == 1 and inputs == outputs
            parts[f"stage{stage}"].append(Residual(layers, []) if same else nn.Sequential(*layers))
            inputs = outputs
    last = nn.Sequential(*convolution(inputs, eights(1280 * max(1, width))), nn.ReLU6())
    return Named(**parts, last=last, head=nn.Sequential(pool(), nn.Dropout(), nn.Linear(1280, 3)))


folder.mkdir(parents=True, exist_ok=True)
record("resNetPlain", res_net([1, 2], 4, False), [2, 2, 16, 16])
record("resNetNarrow", res_net([2, 1], 4, True), [2, 2, 16, 16])
record("mobileNetV2", mobile_net(0.1), [2, 1, 32, 32])
