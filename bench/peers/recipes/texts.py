"""Classes of texts by networks whose probabilities are averaged, over words or characters."""
import math, re, unicodedata
from collections import Counter
from itertools import chain
import numpy as np, torch
from tokenizers import normalizers, pre_tokenizers
from torch.nn import functional as F
from .classes import Classes
from .recipe import by_length

nn = torch.nn
unknown, start, end, specials = 1, 2, 3, 5


def characters(options):
    case = str.lower if options["lowercase"] else str
    return lambda text: list(re.sub(r"\s+", " ", unicodedata.normalize("NFKC", case(text))))


def words(options):
    plain = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=options["lowercase"])
    parts = pre_tokenizers.BertPreTokenizer()
    return lambda text: [piece for piece, _ in parts.pre_tokenize_str(plain.normalize_str(text))]


class Runs:
    """Runs of tokens that come in texts often enough, and what each counts."""

    def __init__(self, texts, options, classes, shares):
        self.orders = options["ngrams"]
        found = [set(self.of(text)) for text in texts]
        counts = Counter(chain.from_iterable(found))
        kept = sorted((run for run, count in counts.items() if count >= options["minCount"]), key=lambda run: (-counts[run], run))[:100_000]
        self.rows = {run: row + 1 for row, run in enumerate(kept)}
        if options["runWeights"] == "contrast":
            sums = np.ones((len(kept) + 1, max(classes) + 1))
            for runs, of, share in zip(found, classes, shares):
                sums[[self.rows[run] for run in runs if run in self.rows], of] += share
            sums = sums[1:]
            rest = sums.sum(1, keepdims=True) - sums
            ratio = sums / sums.sum(0) / (rest / (sums.sum() - sums.sum(0)))
            weights = np.abs(np.log(ratio)).max(1)
        else:
            weights = [math.log(len(texts) / counts[run]) + 1 for run in kept]
        self.weights = torch.tensor([0, *weights], dtype=torch.float32)

    def of(self, text):
        return [tuple(text[at : at + order]) for order in range(1, self.orders + 1) for at in range(len(text) - order + 1)]

    def rows_of(self, text):
        return [self.rows.get(run, 0) for run in self.of(text)]


class Bag(nn.Module):
    def __init__(self, runs, classes, width, dropout):
        super().__init__()
        self.weights, self.dropout, self.scores = runs.weights, nn.Dropout(dropout), nn.Linear(width, classes)
        self.table = nn.Embedding(len(runs.weights), width, sparse=True)
        nn.init.normal_(self.table.weight, std=0.1)

    def forward(self, _, rows):
        weights = self.dropout(self.weights[rows])
        weights = weights / (weights.square().sum(1, keepdim=True) + 1e-9).sqrt()
        return self.scores(self.dropout((weights[:, None] @ self.table(rows))[:, 0]))


class Cnn(nn.Module):
    def __init__(self, vocabulary, classes, width, channels, dropout, kernels=(3, 4, 5)):
        super().__init__()
        self.words, self.hidden = nn.Embedding(vocabulary, width), nn.Dropout(dropout / 2)
        self.windows = nn.ModuleList(nn.Conv1d(width, channels, kernel) for kernel in kernels)
        self.scores = nn.Sequential(nn.Dropout(dropout), nn.Linear(len(kernels) * channels, classes))

    def forward(self, ids, _):
        is_real = (ids > 0).float()[:, None]
        maps = self.hidden(self.words(ids)).transpose(1, 2) * is_real
        answers = [window(F.pad(maps, (window.kernel_size[0] - 1, 0))).relu() * is_real for window in self.windows]
        return self.scores(torch.cat([each.amax(2) for each in answers], 1))


class Lstm(nn.Module):
    def __init__(self, vocabulary, classes, width, hidden, dropout):
        super().__init__()
        self.words, self.dropout, self.scores = nn.Embedding(vocabulary, width), nn.Dropout(dropout), nn.Linear(2 * hidden, classes)
        self.lstm = nn.LSTM(width, hidden, batch_first=True, bidirectional=True)

    def forward(self, ids, _):
        is_real = ids > 0
        packed = nn.utils.rnn.pack_padded_sequence(self.dropout(self.words(ids)), is_real.sum(1), batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        outside = ~is_real[:, : states.shape[1], None]
        return self.scores(self.dropout((states - 2 * outside).amax(1)))


def padded(rows):
    table = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return torch.from_numpy(table)


class Recipe(Classes):
    clip = 5

    def __init__(self, setting):
        super().__init__(setting)
        options, first = self.options, setting.get("begin", {"texts": [], "labels": []})
        pieces_of = {"characters": characters, "words": words}[options["tokens"]](options)
        pieces = [pieces_of(text) for text in setting["texts"] + first["texts"]]
        self.begin = np.arange(len(setting["texts"]), len(pieces))
        self.labels = torch.cat([self.labels, torch.tensor([self.names.index(name) for name in first["labels"]], dtype=torch.long)])
        learned = np.concatenate([self.train, self.validation, self.begin]).astype(int)
        counts = Counter(chain.from_iterable(pieces[row] for row in learned))
        known = [piece for piece, count in counts.most_common(options["vocabularySize"] - specials) if count >= options["minCount"]]
        numbers = {piece: i + specials for i, piece in enumerate(known)}
        self.ids = [[start, *[numbers.get(piece, unknown) for piece in text], end][: options["maxLength"]] for text in pieces]
        self.lengths = np.array([len(text) for text in self.ids])
        classes = self.labels[learned].tolist()
        shares = [0.2 if row >= len(setting["texts"]) else 1 for row in learned]
        self.runs = Runs([self.ids[row] for row in learned], options, classes, shares) if "bag" in options["models"] else None
        vocabulary, width, hidden, dropout = specials + len(known), options["width"], options["hidden"], options["dropout"]
        rows = np.concatenate([self.train, self.validation]).astype(int)
        self.gains = torch.bincount(self.labels[rows], minlength=self.classes).float() ** -options["balance"]
        make = {
            "bag": lambda: Bag(self.runs, self.classes, -(-hidden // 4) * 4, dropout),
            "cnn": lambda: Cnn(vocabulary, self.classes, width, hidden, dropout),
            "lstm": lambda: Lstm(vocabulary, self.classes, width, hidden, dropout),
        }
        self.model = nn.ModuleList(make[kind]() for kind in options["models"])

    def stages(self):
        begin = [(self.begin, self.options["beginEpochs"])] if len(self.begin) else []
        return [*begin, *super().stages()]

    def order(self, rows):
        return by_length(rows, self.lengths, self.options["batchSize"])

    def scores(self, texts):
        rows = padded([self.runs.rows_of(text) for text in texts]) if self.runs else None
        return [member(padded(texts), rows) for member in self.model]

    def loss(self, rows):
        share = self.options["wordDropout"]
        hide = lambda text: [unknown if token >= specials and np.random.random() < share else token for token in text]
        return sum(F.cross_entropy(each, self.labels[rows]) for each in self.scores([hide(self.ids[row]) for row in rows]))

    def seen(self, rows):
        scores = self.scores([self.ids[row] for row in rows])
        weighed = torch.stack([each.softmax(1) for each in scores]).mean(0) * self.gains
        return weighed / weighed.sum(1, keepdim=True)
