"""PyTorch's side of the training benches: a setting, then one JSON line in, one out. See ../compare-training.ts."""
import importlib, json, resource, sys, time
import numpy as np, torch

setting = json.loads(sys.stdin.readline())
torch.set_num_threads(setting["threads"])
raw = np.memmap(setting["file"], dtype=np.uint8, mode="r")
dtypes = {"float32": np.float32, "int64": np.int64, "int32": np.int32, "uint8": np.uint8}


def read(place):
    part = raw[place["offset"] : place["offset"] + place["bytes"]]
    return torch.from_numpy(np.frombuffer(part.tobytes(), dtype=dtypes[place["dtype"]]).reshape(place["shape"]).copy())


def read_all(kind):
    return {name[len(kind) + 1 :]: read(place) for name, place in setting["places"].items() if name.startswith(kind + ":")}


batches = {}
for name, tensor in read_all("batch").items():
    index, key = name.split(":", 1)
    batches.setdefault(int(index), {})[key] = tensor
batches = [batches[i] for i in range(len(batches))]
device = setting["device"]
if device != "cpu":
    batches = [{name: tensor.pin_memory() for name, tensor in batch.items()} for batch in batches]
workload = importlib.import_module("workloads." + setting["workload"])
given = {kind: read_all(kind) for kind in ("parameter", "buffer", "constant")}


class Run:
    """A model with an optimizer in one configuration; `workload.start` gives both and a loss of a batch."""

    def __init__(self, configuration):
        words = configuration.split()
        plain = " ".join(word for word in words if word not in ("tf32", "bf16"))
        self.is_tf32, self.is_bf16 = "tf32" in words, "bf16" in words
        with torch.device(device):
            self.loss_of, self.optimizer = workload.start(plain, given, setting["learningRate"], setting["setting"])
        self.at = 0

    def step(self):
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = self.is_tf32
        self.optimizer.zero_grad(set_to_none=True)
        batch = {name: tensor.to(device, non_blocking=True) for name, tensor in batches[self.at % len(batches)].items()}
        with torch.autocast(device, torch.bfloat16, enabled=self.is_bf16):
            loss = self.loss_of(batch)
        loss.backward()
        self.optimizer.step()
        self.at += 1
        return loss.item()


runs = {name: Run(name) for name in setting["configurations"]}
print(json.dumps({"ready": True}), flush=True)
warm = set()

for line in sys.stdin:
    message = json.loads(line)
    if "curve" in message:
        run = Run(setting["configurations"][0])
        print(json.dumps({"losses": [run.step() for _ in range(message["curve"])]}), flush=True)
    elif "steps" in message:
        run = runs[message["configuration"]]
        if message["configuration"] not in warm:
            warm.add(message["configuration"])
            for _ in range(min(message["steps"], 20)):
                run.step()
        begin = time.perf_counter()
        for _ in range(message["steps"]):
            run.step()
        print(json.dumps({"seconds": time.perf_counter() - begin}), flush=True)
    else:
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"megabytes": megabytes, "torch": torch.__version__}), flush=True)
