"""PyTorch's side of the train-mlp bench: one JSON line in, one out."""
import base64, json, resource, sys, time
import numpy as np, torch

setting = json.loads(sys.stdin.readline())
torch.set_num_threads(setting["threads"])
batch = setting["batch"]
images = torch.from_numpy(np.frombuffer(base64.b64decode(setting["images"]), dtype=np.float32).copy()).view(-1, batch, 784)
labels = torch.tensor(setting["labels"]).view(-1, batch)


def start(configuration):
    layers = []
    for i in range(3):
        w, b = setting["parameters"][f"w{i}"], setting["parameters"][f"b{i}"]
        layer = torch.nn.Linear(*w["shape"])
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(w["data"]).view(w["shape"]).T)
            layer.bias.copy_(torch.tensor(b["data"]))
        layers += [layer, torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    flags = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}[configuration]
    return model, torch.optim.AdamW(model.parameters(), lr=1e-3, **flags)


def step(model, optimizer, i):
    optimizer.zero_grad(set_to_none=True)
    loss = torch.nn.functional.cross_entropy(model(images[i]), labels[i])
    loss.backward()
    optimizer.step()
    return loss


runners = {name: start(name) for name in ("plain", "foreach", "fused")}
for model, optimizer in runners.values():
    for i in range(50):
        step(model, optimizer, i)
print(json.dumps({"ready": True}), flush=True)

for line in sys.stdin:
    message = json.loads(line)
    if "curve" in message:
        model, optimizer = start("plain")
        print(json.dumps({"losses": [step(model, optimizer, i).item() for i in range(message["curve"])]}), flush=True)
    elif "steps" in message:
        model, optimizer = runners[message["configuration"]]
        begin = time.perf_counter()
        for i in range(message["steps"]):
            step(model, optimizer, i).item()
        print(json.dumps({"seconds": time.perf_counter() - begin}), flush=True)
    else:
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"megabytes": megabytes, "torch": torch.__version__}), flush=True)
