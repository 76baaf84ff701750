"""Adapters of Hugging Face's PEFT on a small encoder, for packages/nn/src/adapters.

python golden/record/nn_peft.py               records golden/nn/peft: the base, adapters that PEFT writes, their outputs
python golden/record/nn_peft.py check FOLDER  loads the adapters that scripts/write-adapters.ts has written in PEFT
"""
import json, pathlib, sys
import numpy, torch
from torch import nn
from peft import IA3Config, LoraConfig, PeftModel, get_peft_model

folder = pathlib.Path(__file__).parent.parent / "nn" / "peft"
width, tokens, vocabulary, classes = 8, 5, 12, 3


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        for name in ("query", "key", "value", "output"):
            self.add_module(name, nn.Linear(width, width))

    def forward(self, x):
        scores = self.query(x) @ self.key(x).transpose(1, 2) / width**0.5
        return self.output(scores.softmax(-1) @ self.value(x))


class Output(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(2 * width, width, bias=False)

    def forward(self, x):
        return self.dense(x)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.norm1, self.norm2 = Attention(), nn.LayerNorm(width), nn.LayerNorm(width)
        self.intermediate = nn.Linear(width, 2 * width)
        self.output = Output()

    def forward(self, x):
        x = self.norm1(x + self.attention(x))
        return self.norm2(x + self.output(self.intermediate(x).relu()))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embeddings, self.mix = nn.Embedding(vocabulary, width), nn.Conv2d(1, 2, 3, padding=1)
        self.layer = nn.ModuleList([Layer()])
        self.classifier = nn.Linear(width, classes)

    def forward(self, ids):
        x = self.embeddings(ids)
        x = x + self.mix(x.unsqueeze(1)).mean(1)
        for layer in self.layer:
            x = layer(x)
        return self.classifier(x.mean(1))


def base():
    torch.manual_seed(1)
    return Encoder().eval()


ids = (torch.arange(3 * tokens) * 7 % vocabulary).reshape(3, tokens)
targets = ["query", "value", "output.dense", "classifier", "mix"]
methods = {
    "lora": LoraConfig(r=2, lora_alpha=4, target_modules=targets, rank_pattern={"layer.0.attention.query": 3}, alpha_pattern={"value": 7}),
    "rslora": LoraConfig(r=4, lora_alpha=3, target_modules=targets, use_rslora=True),
    "dora": LoraConfig(r=2, lora_alpha=4, target_modules=targets[:-1], use_dora=True),
    "ia3": IA3Config(target_modules=["key", "value", "output.dense"], feedforward_modules=["output.dense"]),
}


@torch.no_grad()
def record():
    folder.mkdir(exist_ok=True)
    axes = {"ids": {0: "batch"}, "logits": {0: "batch"}}
    torch.onnx.export(base(), (ids,), folder / "base.onnx", input_names=["ids"], output_names=["logits"], dynamic_axes=axes, dynamo=False)
    outputs = {"base": base()(ids)}
    for name, config in methods.items():
        model = get_peft_model(base(), config).eval()
        torch.manual_seed(2)
        for key, weight in model.named_parameters():
            if "lora_" in key or "ia3_" in key:
                weight.add_(0.4 * torch.randn_like(weight))
        outputs[name] = model(ids)
        model.save_pretrained(folder / name)
        (folder / name / "README.md").unlink(missing_ok=True)
    text = {"ids": ids.flatten().tolist(), "shape": list(ids.shape), "logits": {k: y.flatten().tolist() for k, y in outputs.items()}}
    (folder / "outputs.json").write_text(json.dumps(text) + "\n")


@torch.no_grad()
def check(ours):
    expected = json.loads((folder / "outputs.json").read_text())["logits"]["base"]
    assert numpy.allclose(base()(ids).flatten(), expected, atol=1e-6), "the base is another than golden/nn/peft/base.onnx"
    for given in sorted(ours.iterdir()):
        model = PeftModel.from_pretrained(base(), given).eval()
        missing = [key for key, _ in model.named_parameters() if ("lora_" in key or "ia3_" in key) and "default" not in key]
        logits = numpy.array(json.loads((given / "logits.json").read_text()))
        change = abs(model(ids).flatten().numpy() - numpy.array(expected)).max()
        print(f"{given.name}: off by {abs(model(ids).flatten().numpy() - logits).max():.1e}, away from the base by {change:.2f}", *missing)


check(pathlib.Path(sys.argv[2])) if sys.argv[1:2] == ["check"] else record()
