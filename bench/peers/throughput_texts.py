"""The side of PyTorch, transformers and PEFT of `train-throughput-texts`: texts in, tokens and batches made on the way. One JSON line in, one out."""
import json, resource, sys, time
import onnx, peft, torch, transformers
from onnx import numpy_helper
from transformers.trainer_pt_utils import LengthGroupedSampler
from workloads.adam import adam_w

setting = json.loads(sys.stdin.readline())
torch.set_num_threads(setting["threads"])
sizes, batch = setting["sizes"], setting["batch"]
tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=setting["tokenizer"], pad_token="[PAD]", model_max_length=sizes["tokens"])
labels = torch.tensor(setting["labels"])


def weights():
    """Weights of ours by the names that transformers has for them; a linear layer's comes as [in, out]."""
    graph = onnx.load(setting["file"]).graph
    stored = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    given = {
        "bert.embeddings.word_embeddings.weight": stored["words.table"],
        "bert.embeddings.position_embeddings.weight": stored["places.table"],
    }

    def norm(theirs, ours):
        given[f"{theirs}.weight"], given[f"{theirs}.bias"] = stored[f"{ours}.scale"], stored[f"{ours}.bias"]

    def linear(theirs, weight, bias):
        given[f"{theirs}.weight"] = stored[weight].T
        if bias:
            given[f"{theirs}.bias"] = stored[bias]

    norm("bert.embeddings.LayerNorm", "norm")
    for i in range(sizes["layers"]):
        theirs, ours = f"bert.encoder.layer.{i}", f"layer{i}"
        for part, kind in (("self.query", "query"), ("self.key", "key"), ("self.value", "value"), ("output.dense", "output")):
            at = f"{ours}.attention.{kind}"
            linear(f"{theirs}.attention.{part}", f"{at}Weight", None if kind == "key" else f"{at}Bias")
            adapter = f"{at}Weight.lora_A"
            if adapter in stored:
                given[f"{theirs}.attention.{part}.lora_A.default.weight"] = stored[adapter].T
        norm(f"{theirs}.attention.output.LayerNorm", f"{ours}.norm1")
        linear(f"{theirs}.intermediate.dense", f"{ours}.perceptron.0.weight", f"{ours}.perceptron.0.bias")
        linear(f"{theirs}.output.dense", f"{ours}.perceptron.2.weight", f"{ours}.perceptron.2.bias")
        norm(f"{theirs}.output.LayerNorm", f"{ours}.norm2")
    linear("bert.pooler.dense", "pooler.weight", "pooler.bias")
    linear("classifier", "head.weight", "head.bias")
    return given


def load():
    config = transformers.BertConfig(
        vocab_size=sizes["vocabulary"], hidden_size=sizes["width"], num_hidden_layers=sizes["layers"], num_attention_heads=sizes["heads"],
        intermediate_size=4 * sizes["width"], max_position_embeddings=sizes["tokens"], pad_token_id=sizes["pad"], layer_norm_eps=1e-5,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, num_labels=2,
    )
    model = transformers.BertForSequenceClassification(config)
    rank = sizes["rank"]
    if rank:
        adapters = peft.LoraConfig(task_type="SEQ_CLS", r=rank, lora_alpha=2 * rank, lora_dropout=0.0, target_modules=["query", "value"])
        model = peft.get_peft_model(model, adapters)
    plain = lambda name: name.removeprefix("base_model.model.").replace(".base_layer.", ".").replace(".modules_to_save.default.", ".")
    given = weights()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            own = given.pop(plain(name.replace(".original_module.", ".")), None) if ".original_module." not in name else None
            if own is not None:
                parameter.copy_(own)
            elif "token_type" in name or name.endswith("key.bias") or "key.base_layer.bias" in name:
                # Ours has neither; a constant moves all scores of a query alike.
                parameter.zero_().requires_grad_(False)
    assert not given, list(given)
    return model.train()


class Run:
    def __init__(self, configuration):
        workers, order = configuration.split()
        self.workers, self.is_grouped = int(workers), order == "grouped"
        self.model = load()
        self.optimizer = adam_w([each for each in self.model.parameters() if each.requires_grad], "fused", setting["learningRate"])

    def step(self, rows):
        texts, own = rows
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model(**texts, labels=own).loss
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def epoch(self):
        ids = tokenizer(setting["texts"], truncation=True)["input_ids"]
        sampler = LengthGroupedSampler(batch, lengths=[len(text) for text in ids]) if self.is_grouped else None
        loader = torch.utils.data.DataLoader(range(len(ids)), batch, shuffle=sampler is None, sampler=sampler, num_workers=self.workers, collate_fn=lambda rows: padded(ids, rows))
        for rows in loader:
            self.step(rows)


def padded(ids, rows):
    texts = tokenizer.pad({"input_ids": [ids[row] for row in rows]}, return_tensors="pt")
    return texts, labels[rows]


runs = {name: Run(name) for name in setting["configurations"]}
print(json.dumps({"ready": True}), flush=True)

for line in sys.stdin:
    message = json.loads(line)
    if "curve" in message:
        run, ids = Run(setting["configurations"][0]), tokenizer(setting["texts"], truncation=True)["input_ids"]
        losses = [run.step(padded(ids, list(range(i * batch, (i + 1) * batch)))) for i in range(message["curve"])]
        print(json.dumps({"losses": losses}), flush=True)
    elif "configuration" in message:
        begin = time.perf_counter()
        runs[message["configuration"]].epoch()
        print(json.dumps({"seconds": time.perf_counter() - begin}), flush=True)
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        versions = {module.__name__: module.__version__ for module in (torch, transformers, peft)}
        print(json.dumps({"megabytes": peak, **versions}), flush=True)
