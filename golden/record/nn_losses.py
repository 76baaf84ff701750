"""Records PyTorch's losses for packages/nn: python golden/record/nn_losses.py"""
import itertools, json, pathlib
import torch
from torch.nn import functional as F

torch.manual_seed(7)
folder = pathlib.Path(__file__).parent.parent / "nn" / "losses"


def plain(tensor):
    dtype = "float32" if tensor.is_floating_point() else "int64"
    return {"dtype": dtype, "shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def named(values):
    return {name: plain(tensor) for name, tensor in values.items()} if isinstance(values, dict) else plain(values)


def record(title, options, outputs, targets, loss):
    """The loss and its gradient for the outputs: one tensor, or several by name; whole numbers have none."""
    learned = [x for x in (outputs.values() if isinstance(outputs, dict) else [outputs]) if x.is_floating_point()]
    for x in learned:
        x.requires_grad_()
    value = loss(outputs, targets)
    gradients = iter(torch.autograd.grad(value, learned))
    gradient = (
        {name: next(gradients) for name, x in outputs.items() if x.is_floating_point()}
        if isinstance(outputs, dict)
        else next(gradients)
    )
    return {"title": title, "options": options, "outputs": named(outputs), "targets": named(targets), "loss": value.item(), "gradient": named(gradient)}


scores, labels = lambda: torch.randn(5, 4), torch.tensor([0, 3, 1, 1, 2])
targets, weights, partly = torch.rand(5, 4), [0.5, 2.0, 1.0, 0.25], torch.tensor([0, 3, -100, 1, 2])
maps, map_labels = torch.randn(2, 4, 3, 2), torch.randint(0, 4, (2, 3, 2))
texts, text_labels = torch.randn(2, 3, 4), torch.tensor([[1, 0, -100], [3, -100, -100]])
shares = torch.rand(5, 4).softmax(-1)
shares[0] = torch.tensor([0.0, 1.0, 0.0, 0.0])


def weighted(**more):
    return lambda x, y: F.cross_entropy(x, y, weight=torch.tensor(weights), **more)


def focal(gamma, weight=None):
    def loss(x, y):
        right = x.softmax(-1)[torch.arange(len(y)), y]
        share = torch.ones(4) if weight is None else torch.tensor(weight)
        return (share[y] * (1 - right) ** gamma * -right.log()).mean()

    return loss


def info_nce(temperature):
    def loss(x, _):
        a, p = F.normalize(x["anchors"], dim=-1), F.normalize(x["positives"], dim=-1)
        return F.cross_entropy(a @ p.T / temperature, torch.arange(len(a)))

    return loss


def ctc(blank=0, lengths=lambda x: torch.full((x.shape[0],), x.shape[1])):
    def loss(outputs, targets):
        x, given = (outputs["scores"], outputs["lengths"]) if isinstance(outputs, dict) else (outputs, lengths(outputs))
        logp = x.log_softmax(-1).transpose(0, 1)
        counts = (targets >= 0).sum(1)
        return F.ctc_loss(logp, targets.clamp(min=0), given, counts, blank=blank, zero_infinity=True)

    return loss


def crf(steps, tags):
    """By the sum over every path that there is."""
    total = 0
    for row, path in zip(steps, tags):
        length = int((path >= 0).sum())

        def score(way):
            return sum(row[t, way[t - 1] if t else 0, way[t]] for t in range(length))

        every = [score(way) for way in itertools.product(range(row.shape[-1]), repeat=length)]
        total = total + torch.stack(every).logsumexp(0) - score(path.tolist())
    return total / len(steps)


pairs = lambda *names: {name: torch.randn(4, 3) for name in names}
none = lambda: {}
words = torch.tensor([[1, 2, 2], [3, -1, -1], [2, 1, -1]])
losses = {
    "crossEntropy": [
        record("rows", {}, scores(), labels, F.cross_entropy),
        record("smoothed", {"labelSmoothing": 0.1}, scores(), labels, lambda x, y: F.cross_entropy(x, y, label_smoothing=0.1)),
        record("weighted", {"weights": weights}, scores(), labels, weighted()),
        record("some labels ignored", {"ignoreIndex": -100}, scores(), partly, F.cross_entropy),
        record("all at once", {"weights": weights, "labelSmoothing": 0.2, "ignoreIndex": -100}, scores(), partly, weighted(label_smoothing=0.2)),
        record("pixels, smoothed and weighted", {"weights": weights, "labelSmoothing": 0.2}, maps, map_labels, weighted(label_smoothing=0.2)),
    ],
    "tokenCrossEntropy": [
        record("padded texts", {"ignoreIndex": -100}, texts, text_labels, lambda x, y: F.cross_entropy(x.transpose(1, 2), y)),
    ],
    "binaryCrossEntropy": [record("rows", {}, scores(), targets, F.binary_cross_entropy_with_logits)],
    "focal": [
        record("rows", {}, scores(), labels, focal(2)),
        record("weighted", {"gamma": 1.5, "weights": weights}, scores(), labels, focal(1.5, weights)),
        record("without focus it is the cross-entropy", {"gamma": 0}, scores(), labels, F.cross_entropy),
    ],
    "meanSquaredError": [record("rows", {}, scores(), targets, F.mse_loss)],
    "meanAbsoluteError": [record("rows", {}, scores(), targets, F.l1_loss)],
    "huber": [
        record("rows", {}, scores(), targets, F.huber_loss),
        record("narrow", {"delta": 0.3}, scores(), targets, lambda x, y: F.huber_loss(x, y, delta=0.3)),
    ],
    "klDivergence": [record("rows", {}, scores(), shares, lambda x, y: F.kl_div(x.log_softmax(-1), y, reduction="batchmean"))],
    "infoNce": [
        record("pairs", {}, pairs("anchors", "positives"), none(), info_nce(0.07)),
        record("warm", {"temperature": 0.5}, pairs("anchors", "positives"), none(), info_nce(0.5)),
    ],
    "triplet": [
        record("rows", {}, pairs("anchors", "positives", "negatives"), none(), lambda x, _: F.triplet_margin_loss(*x.values())),
        record("a wide margin", {"margin": 3}, pairs("anchors", "positives", "negatives"), none(), lambda x, _: F.triplet_margin_loss(*x.values(), margin=3)),
    ],
    "ctc": [
        record("padded labels", {}, torch.randn(3, 6, 4), words, ctc()),
        record("another blank", {"blank": 3}, torch.randn(2, 5, 4), torch.tensor([[0, 0], [2, -1]]), ctc(3)),
        record("padded steps", {}, {"scores": torch.randn(3, 6, 4), "lengths": torch.tensor([6, 2, 4])}, words, ctc()),
        record("too few steps for one row", {}, {"scores": torch.randn(3, 6, 4), "lengths": torch.tensor([3, 2, 4])}, words, ctc()),
    ],
    "crf": [record("padded rows", {}, torch.randn(3, 4, 3, 3), torch.tensor([[0, 2, 1, 1], [2, 0, -1, -1], [1, -1, -1, -1]]), crf)],
}
folder.mkdir(parents=True, exist_ok=True)
for name, records in losses.items():
    (folder / f"{name}.json").write_text(json.dumps({"torch": torch.__version__, "records": records}) + "\n")
