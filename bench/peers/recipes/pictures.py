import numpy as np, onnx, torch
from onnx import numpy_helper
from torch.nn import functional as F
from torchvision.transforms import v2
from .classes import Classes

nn = torch.nn
scales = {
    "zeroToOne": ([0.0], [255.0]),
    "aroundZero": ([127.5], [127.5]),
    "imageNet": ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375]),
}


class Block(nn.Module):
    """Normalised before each convolution."""

    def __init__(self, inputs, maps, stride):
        super().__init__()
        self.main = nn.Sequential(
            nn.BatchNorm2d(inputs), nn.ReLU(), nn.Conv2d(inputs, maps, 3, stride, 1, bias=False),
            nn.BatchNorm2d(maps), nn.ReLU(), nn.Conv2d(maps, maps, 3, 1, 1, bias=False),
        )
        self.shortcut = nn.Identity() if stride == 1 and inputs == maps else nn.Conv2d(inputs, maps, 1, stride, bias=False)

    def forward(self, x):
        return self.main(x) + self.shortcut(x)


def small_res_net(channels, classes, options):
    widths = options["widths"] or [32, 64, 128]
    blocks = options["blocks"] or [1] * len(widths)
    layers, inputs = [nn.Conv2d(channels, widths[0], 3, 1, 1, bias=False)], widths[0]
    for stage, (maps, count) in enumerate(zip(widths, blocks)):
        for i in range(count):
            layers.append(Block(inputs, maps, 2 if stage > 0 and i == 0 else 1))
            inputs = maps
    return nn.Sequential(*layers, nn.BatchNorm2d(inputs), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(options["dropout"]), nn.Linear(inputs, classes))


def le_net(channels, classes, side):
    left = (side // 2 - 4) // 2
    return nn.Sequential(
        nn.Conv2d(channels, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(16 * left * left, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, classes),
    )


class Pretrained(nn.Module):
    """The body of an ONNX classifier of convolutions, up to its pooled maps, under a new last layer."""

    def __init__(self, path, classes, dropout):
        super().__init__()
        graph = onnx.load(path).graph
        stored = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
        self.input, self.stored, self.nodes = graph.input[0].name, stored, []
        self.weights = nn.ParameterList()
        for node in graph.node:
            self.nodes.append(node)
            if node.op_type == "GlobalAveragePool":
                break
        self.places = {}
        for node in self.nodes:
            if node.op_type == "Conv":
                for name in node.input[1:]:
                    self.places[name] = len(self.weights)
                    self.weights.append(nn.Parameter(stored[name]))
        width = stored[[node for node in self.nodes if node.op_type == "Conv"][-1].input[1]].shape[0]
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(dropout), nn.Linear(width, classes))

    def forward(self, x):
        values = {self.input: x}
        for node in self.nodes:
            given = values[node.input[0]]
            at = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
            if node.op_type == "Conv":
                top, left, bottom, right = at.get("pads", [0, 0, 0, 0])
                weight, *bias = [self.weights[self.places[name]] for name in node.input[1:]]
                padded = F.pad(given, (left, right, top, bottom))
                made = F.conv2d(padded, weight, bias[0] if bias else None, at.get("strides", 1), groups=at.get("group", 1))
            elif node.op_type == "Clip":
                made = given.clamp(*[self.stored[name].item() for name in node.input[1:]])
            elif node.op_type == "Add":
                made = given + values[node.input[1]]
            elif node.op_type == "GlobalAveragePool":
                made = given.mean((2, 3), keepdim=True)
            else:
                raise ValueError(f"expected Conv, Clip, Add or GlobalAveragePool, got {node.op_type}")
            values[node.output[0]] = made
        return self.head(made)


class Recipe(Classes):
    def __init__(self, setting):
        super().__init__(setting)
        options, (_, channels, _, side) = self.options, setting["shape"]
        self.pixels = torch.from_numpy(np.fromfile(setting["file"], np.uint8).reshape(setting["shape"]))
        self.mean, self.deviation = (torch.tensor(each).view(1, -1, 1, 1) for each in scales[options["pixels"]])
        if options["base"]:
            self.model = Pretrained(options["base"], self.classes, options["dropout"])
        elif options["network"] == "leNet":
            self.model = le_net(channels, self.classes, side)
        else:
            self.model = small_res_net(channels, self.classes, options)
        noise, zoom = options["colour"], options["zoom"]
        turns = options["degrees"] > 0 or options["translate"] > 0 or zoom > 0
        self.augment = v2.Compose(
            [v2.Identity()]
            + ([v2.RandomResizedCrop(side, (options["minArea"], 1), antialias=True)] if options["minArea"] < 1 else [])
            + ([v2.RandomCrop(side, options["padding"])] if options["padding"] > 0 else [])
            + ([v2.RandomHorizontalFlip()] if options["flip"] else [])
            + ([v2.RandomAffine(options["degrees"], (options["translate"],) * 2, (1 - zoom, 1 + zoom), interpolation=v2.InterpolationMode.BILINEAR)] if turns else [])
            + ([v2.ColorJitter(noise, noise, noise)] if noise > 0 else [])
            + ([v2.RandAugment(options["randAugment"])] if options["randAugment"] > 0 else [])
            + ([v2.RandomErasing(options["erasing"])] if options["erasing"] > 0 else [])
        )
        kinds = [(v2.MixUp, options["mixup"]), (v2.CutMix, options["cutMix"])]
        self.mixes = [mix(alpha=alpha, num_classes=self.classes) for mix, alpha in kinds if alpha > 0]

    def groups(self):
        if not self.options["base"]:
            return super().groups()
        head = list(self.model.head.parameters())
        return [{"params": list(self.model.weights)}, {"params": head, "lr": self.options["learningRate"] * self.options["headRate"]}]

    def scores(self, x):
        return self.model((x.float() - self.mean) / self.deviation)

    def loss(self, rows):
        x, y = torch.stack([self.augment(self.pixels[row]) for row in rows]).float(), self.shares(rows)
        if self.mixes and np.random.random() < self.options["mixing"]:
            x, mixed = self.mixes[np.random.randint(len(self.mixes))](x, self.labels[rows])
            smoothing = self.options["labelSmoothing"]
            y = mixed * (1 - smoothing) + smoothing / self.classes
        return F.cross_entropy(self.scores(x), y)

    def seen(self, rows):
        x = self.pixels[rows]
        seen = self.scores(x).softmax(1)
        return (seen + self.scores(x.flip(3)).softmax(1)) / 2 if self.options["mirrored"] else seen
