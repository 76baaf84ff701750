"""PyTorch's side of `train-throughput`: files are read, decoded, cut, mirrored and trained on. One JSON line in, one out."""
import json, os, resource, sys, tempfile, time, zipfile
import numpy as np, onnx, torch, torchvision
from onnx import numpy_helper
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torchvision.transforms import v2
from workloads.adam import adam_w

nn = torch.nn
setting = json.loads(sys.stdin.readline())
torch.set_num_threads(setting["threads"])
side, batch = setting["side"], setting["batch"]
mean, deviation = (torch.tensor(setting["pixels"][key]).view(1, -1, 1, 1) for key in ("mean", "deviation"))


def unpacked(archive):
    folder = tempfile.mkdtemp(prefix="athanor-bench-")
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    paths = sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names if name.endswith(".jpg"))
    kinds = sorted({path.split(os.sep)[-2] for path in paths})
    return [(path, kinds.index(path.split(os.sep)[-2])) for path in paths]


class Photos(torch.utils.data.Dataset):
    def __init__(self, files, count):
        self.files, self.count = files, count
        self.augment = v2.Compose([v2.RandomResizedCrop(side, antialias=True), v2.RandomHorizontalFlip()])

    def __len__(self):
        return self.count

    def __getitem__(self, i):
        path, label = self.files[i % len(self.files)]
        return self.augment(torchvision.io.decode_image(path, mode="RGB")), label


def load(path):
    """The network of an ONNX file: its convolutions, normalisations and last layer come in torchvision's order."""
    graph = onnx.load(path).graph
    stored = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    model = getattr(torchvision.models, setting["model"])(num_classes=setting["classes"])
    for kind, op in ((nn.Conv2d, "Conv"), (nn.BatchNorm2d, "BatchNormalization"), (nn.Linear, "Gemm")):
        mine = [module for module in model.modules() if isinstance(module, kind)]
        theirs = [node for node in graph.node if node.op_type == op]
        assert len(mine) == len(theirs), (op, len(mine), len(theirs))
        for module, node in zip(mine, theirs):
            values = [stored[name] for name in node.input[1:]]
            places = [module.weight, module.bias, getattr(module, "running_mean", None), getattr(module, "running_var", None)]
            for place, value in zip(places, values):
                place.data.copy_(value.t() if kind is nn.Linear and value.dim() == 2 else value)
    if setting["isFolded"]:
        model.eval()
        fold(model)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0
    return model.train()


def fold(module):
    """Makes each normalisation part of the convolution before it."""
    children = list(module.named_children())
    for (name, child), (after, normalisation) in zip(children, children[1:]):
        if isinstance(child, nn.Conv2d) and isinstance(normalisation, nn.BatchNorm2d):
            setattr(module, name, fuse_conv_bn_eval(child, normalisation))
            setattr(module, after, nn.Identity())
    for _, child in children:
        fold(child)


files = unpacked(setting["archive"])


class Run:
    def __init__(self, configuration):
        *_, layout = configuration.split()
        self.format = torch.channels_last if layout == "channels_last" else torch.contiguous_format
        self.model = load(setting["file"]).to(memory_format=self.format)
        self.optimizer = adam_w(self.model.parameters(), "fused", setting["learningRate"])
        workers = int(configuration.split()[0])
        count = setting["steps"] * batch
        self.loader = torch.utils.data.DataLoader(Photos(files, count), batch, shuffle=True, num_workers=workers, persistent_workers=workers > 0)

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        scaled = ((x.float() - mean) / deviation).to(memory_format=self.format)
        loss = nn.functional.cross_entropy(self.model(scaled), y)
        loss.backward()
        self.optimizer.step()
        return loss.item()


runs = {name: Run(name) for name in setting["configurations"]}
print(json.dumps({"labels": [label for _, label in files], "paths": [path for path, _ in files]}), flush=True)

for line in sys.stdin:
    message = json.loads(line)
    if "curve" in message:
        run = Run(setting["configurations"][0])
        x = torch.from_numpy(np.fromfile(message["pixels"], dtype=np.uint8).reshape(-1, batch, 3, side, side))
        y = torch.tensor(message["curve"]).view(-1, batch)
        print(json.dumps({"losses": [run.step(*pair) for pair in zip(x, y)]}), flush=True)
    elif "configuration" in message:
        run = runs[message["configuration"]]
        begin = time.perf_counter()
        for x, y in run.loader:
            run.step(x, y)
        print(json.dumps({"seconds": time.perf_counter() - begin}), flush=True)
    else:
        peak = lambda who: resource.getrusage(who).ru_maxrss / 1024
        print(json.dumps({"megabytes": peak(resource.RUSAGE_SELF) + peak(resource.RUSAGE_CHILDREN), "torch": torch.__version__, "torchvision": torchvision.__version__}), flush=True)
