"""PyTorch's side of the accuracy benches: rows, options and the part held back in, what the recipe reaches out. See ../accuracy-beside-torch.ts."""
import importlib, json, math, sys, time
import torch
from recipes.rows_adam import RowsAdamW

kinds = {
    "image-classification": "pictures",
    "audio-classification": "sounds",
    "series-regression": "series",
    "text-classification": "texts",
    "token-tagging": "tags",
}
setting = json.loads(sys.stdin.readline())
torch.set_num_threads(setting["threads"])
torch.manual_seed(setting["seed"])
options = setting["options"]
recipe = importlib.import_module("recipes." + kinds[setting["task"]]).Recipe(setting)
model = recipe.model
sparse = [module.weight for module in model.modules() if getattr(module, "sparse", False)]


def optimizers():
    own = [{**group, "params": [each for each in group["params"] if all(each is not table for table in sparse)]} for group in recipe.groups()]
    rate, decay = options["learningRate"], options["weightDecay"]
    if options["optimizer"] == "sgd":
        dense = torch.optim.SGD(own, lr=rate, momentum=0.9, nesterov=True, weight_decay=decay)
    else:
        dense = torch.optim.AdamW(own, lr=rate, weight_decay=decay)
    return [dense, RowsAdamW(sparse, lr=rate, weight_decay=decay)] if sparse else [dense]


def rate(step, steps):
    if options["schedule"] == "oneCycle":
        peak = 0.25 * steps - 1
        start, end, share = (0.04, 1, step / peak) if step < peak else (1, 4e-6, (step - peak) / (steps - 1 - peak))
        return end + (start - end) * (1 + math.cos(math.pi * share)) / 2
    warm = 10
    return min(1, (step + 1) / warm) * (1 + math.cos(math.pi * max(0, step - warm) / max(1, steps - warm))) / 2


def clip(most):
    gradients = [each.grad for each in model.parameters() if each.grad is not None]
    values = [grad.coalesce().values() if grad.is_sparse else grad for grad in gradients]
    norm = torch.stack([each.norm() for each in values]).norm()
    for grad in gradients:
        grad.mul_(min(1, most / (norm + 1e-6)))


def learn(rows, epochs):
    """Trains on the rows, and goes back to the epoch that did best on those to choose by; gives the loss of each."""
    movers = optimizers()
    groups = [group for each in movers for group in each.param_groups]
    peaks = [group["lr"] for group in groups]
    curve, best, step = [], None, 0
    for epoch in range(epochs):
        model.train()
        total, batches = 0.0, recipe.batches(rows)
        for batch in batches:
            for group, peak in zip(groups, peaks):
                group["lr"] = peak * rate(step, epochs * len(batches))
            loss = recipe.loss(batch)
            model.zero_grad(set_to_none=True)
            loss.backward()
            if recipe.clip:
                clip(recipe.clip)
            for each in movers:
                each.step()
            total += loss.item()
            step += 1
        curve.append(total / len(batches))
        if len(recipe.validation) > 0:
            model.eval()
            with torch.no_grad():
                watched = recipe.watched()
            if best is None or watched < best[0]:
                best = (watched, {name: tensor.clone() for name, tensor in model.state_dict().items()})
        print(f"epoch {epoch + 1}: loss {curve[-1]:.4f}", file=sys.stderr)
    if best:
        model.load_state_dict(best[1])
    return curve


begin, curve = time.perf_counter(), []
for rows, epochs in recipe.stages():
    curve += learn(rows, epochs)
model.eval()
with torch.no_grad():
    metrics = recipe.measure()
print(json.dumps({**metrics, "seconds": time.perf_counter() - begin, "curve": curve, "torch": torch.__version__}), flush=True)
