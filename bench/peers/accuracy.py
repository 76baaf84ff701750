"""PyTorch's side of the accuracy benches: rows, options and the part held back in, what the recipe reaches out. See ../accuracy-beside-torch.ts."""
import json, math, sys, time
import numpy as np, torch
from recipes import pictures, series, sounds

setting = json.loads(sys.stdin.readline())
torch.set_num_threads(setting["threads"])
torch.manual_seed(setting["seed"])
options = setting["options"]
kind = {"image-classification": pictures, "audio-classification": sounds, "series-regression": series}[setting["task"]]
recipe = kind.Recipe(setting)
model = recipe.model
if options["optimizer"] == "sgd":
    optimizer = torch.optim.SGD(recipe.groups(), lr=options["learningRate"], momentum=0.9, nesterov=True, weight_decay=options["weightDecay"])
else:
    optimizer = torch.optim.AdamW(recipe.groups(), lr=options["learningRate"], weight_decay=options["weightDecay"])
batch = options["batchSize"]
per_epoch = len(recipe.train) // batch
steps = options["epochs"] * per_epoch
peaks = [group["lr"] for group in optimizer.param_groups]


def rate(step):
    if options["schedule"] == "oneCycle":
        peak = 0.25 * steps - 1
        start, end, share = (0.04, 1, step / peak) if step < peak else (1, 4e-6, (step - peak) / (steps - 1 - peak))
        return end + (start - end) * (1 + math.cos(math.pi * share)) / 2
    warm = 10
    return min(1, (step + 1) / warm) * (1 + math.cos(math.pi * max(0, step - warm) / max(1, steps - warm))) / 2


begin, curve, best, step = time.perf_counter(), [], None, 0
for epoch in range(options["epochs"]):
    model.train()
    total = 0.0
    order = recipe.order()
    for i in range(per_epoch):
        for group, peak in zip(optimizer.param_groups, peaks):
            group["lr"] = peak * rate(step)
        loss = recipe.loss(order[i * batch : (i + 1) * batch])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += loss.item()
        step += 1
    curve.append(total / per_epoch)
    if len(recipe.validation) > 0:
        model.eval()
        with torch.no_grad():
            watched = recipe.watched()
        if best is None or watched < best[0]:
            best = (watched, {name: tensor.clone() for name, tensor in model.state_dict().items()})
    print(f"epoch {epoch + 1}: loss {curve[-1]:.4f}", file=sys.stderr)
if best:
    model.load_state_dict(best[1])
model.eval()
with torch.no_grad():
    metrics = recipe.measure()
print(json.dumps({**metrics, "seconds": time.perf_counter() - begin, "curve": curve, "torch": torch.__version__}), flush=True)
