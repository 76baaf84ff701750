"""Tags of words or characters by a memory in both directions and the best path through its scores."""
import re
from collections import Counter
from itertools import chain
import numpy as np, torch
from torch.nn import functional as F
from .recipe import Recipe as Base, by_length
from .texts import padded

nn = torch.nn
unknown, specials, letters_of_word = 1, 5, 20
spellings = [re.compile(each) for each in (r"\d+$", r".*\d", r"[A-Z]+$", r"[A-Z][a-z]+$", r"[A-Z]", r"[a-z]+$", r".*[A-Z]", r".*[A-Za-z]")]


def spans_of(tags):
    """Kind, start and end of what the tags name, in whichever scheme."""
    spans, begun = [], None

    def close(end):
        nonlocal begun
        if begun:
            spans.append((*begun, end))
        begun = None

    for i, tag in enumerate(tags):
        place, kind = ("O", "") if tag == "O" else (tag[0], tag[2:])
        if not (begun and kind == begun[0] and place in "IMEL"):
            close(i)
            begun = (kind, i) if place != "O" else None
        if place in "ESLU":
            close(i + 1)
    close(len(tags))
    return spans


def tags_of(spans, length):
    tags = ["O"] * length
    for kind, start, end in spans:
        tags[start:end] = [f"S-{kind}"] if end - start == 1 else [f"B-{kind}", *[f"I-{kind}"] * (end - start - 2), f"E-{kind}"]
    return tags


def letters_seen(word):
    return word if len(word) <= letters_of_word else word[: letters_of_word // 2] + word[-letters_of_word // 2 :]


def spelling_of(word):
    return 1 + next((i for i, pattern in enumerate(spellings) if pattern.match(word)), -1)


class Crf(nn.Module):
    def __init__(self, tags):
        super().__init__()
        self.table, self.start = nn.Parameter(0.1 * torch.randn(tags, tags)), nn.Parameter(0.1 * torch.randn(tags))

    def loss(self, scores, tags):
        is_real, rows = tags >= 0, torch.arange(len(tags))
        known = tags.clamp(min=0)
        here = self.start + scores[:, 0]
        path = here[rows, known[:, 0]]
        for i in range(1, scores.shape[1]):
            step = (self.table[known[:, i - 1], known[:, i]] + scores[rows, i, known[:, i]]) * is_real[:, i]
            path = path + step
            here = torch.where(is_real[:, i, None], (here[:, :, None] + self.table).logsumexp(1) + scores[:, i], here)
        return (here.logsumexp(1) - path).mean()


def best_path(scores, start, table):
    """Of one text: scores `[tokens, tags]`."""
    here, ways = start + scores[0], []
    for score in scores[1:]:
        best, way = (here[:, None] + table).max(0)
        here = best + score
        ways.append(way)
    path = [here.argmax().item()]
    for way in reversed(ways):
        path.append(way[path[-1]].item())
    return path[::-1]


class Tagger(nn.Module):
    def __init__(self, options, vocabulary, tags, letters, pairs):
        super().__init__()
        width, hidden = options["width"], options["hidden"]
        self.words, seen = nn.Embedding(vocabulary, width), width
        if letters:
            self.letters, self.windows, self.spellings = nn.Embedding(letters, 30), nn.Conv1d(30, 50, 3, padding=1), nn.Embedding(len(spellings) + 1, 10)
            nn.init.normal_(self.letters.weight, std=0.5)
            seen += 60
        if pairs:
            self.pairs = nn.Embedding(pairs, 50)
            seen += 100
        self.dropout = nn.Dropout(options["dropout"])
        self.lstm, self.scores, self.crf = nn.LSTM(seen, hidden, batch_first=True, bidirectional=True), nn.Linear(2 * hidden, tags), Crf(tags)

    def forward(self, words, pairs=None, letters=None, spellings=None):
        seen = [self.words(words)]
        if pairs is not None:
            seen += [self.pairs(pairs), self.pairs(F.pad(pairs, (1, -1)))]
        if letters is not None:
            known = (self.letters(letters) * (letters > 0)[..., None]).flatten(0, 1).transpose(1, 2)
            seen += [self.windows(known).amax(2).view(*words.shape, -1), self.spellings(spellings)]
        packed = nn.utils.rnn.pack_padded_sequence(self.dropout(torch.cat(seen, 2)), (words > 0).sum(1), batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        return self.scores(self.dropout(states))


def vectors_of(path):
    with open(path, encoding="utf8") as file:
        fields = [line.rstrip().split(" ") for line in file]
    return {word: np.array(numbers, np.float32) for word, *numbers in fields if len(numbers) > 1}


class Recipe(Base):
    clip = 5

    def __init__(self, setting):
        options = self.options = setting["options"]
        self.tokens = [text.split() for text in setting["texts"]]
        self.spans = [spans_of(tags.split()) for tags in setting["tags"]]
        self.lengths = np.array([len(tokens) for tokens in self.tokens])
        self.test = np.array(setting["test"])
        rest = np.random.default_rng(setting["seed"]).permutation(np.setdiff1d(np.arange(len(self.tokens)), self.test))
        held = round(options["validationShare"] * len(rest))
        self.validation, self.train = rest[:held], rest[held:]
        tags = [tags_of(spans, len(tokens)) for spans, tokens in zip(self.spans, self.tokens)]
        self.names = ["O", *sorted({tag for row in rest for tag in tags[row]} - {"O"})]
        self.tags = [[self.names.index(tag) + 1 if tag in self.names else 0 for tag in text] for text in tags]

        is_words = options["units"] == "words"
        plain = (lambda token: re.sub("[0-9]", "0", token.lower())) if is_words else str.lower
        vectors = vectors_of(options["vectors"]) if options["vectors"] else {}
        counts = Counter(plain(token) for token in chain(chain.from_iterable(self.tokens[row] for row in rest), vectors))
        known = {piece: i + specials for i, piece in enumerate(piece for piece, count in counts.items() if count >= options["minCount"])}
        self.ids = [[known.get(plain(token), unknown) for token in text] for text in self.tokens]
        self.letters = self.pairs = None
        if is_words:
            seen = Counter(chain.from_iterable(chain.from_iterable(self.tokens[row] for row in self.train))).most_common(300)
            self.letters = {letter: i + 2 for i, (letter, _) in enumerate(seen)}
        else:
            found = Counter(chain.from_iterable(set(zip(self.ids[row], self.ids[row][1:])) for row in self.train))
            kept = [pair for pair, count in found.items() if count >= max(2, options["minCount"])]
            self.pairs = {pair: i + 1 for i, pair in enumerate(kept)}
        sizes = specials + len(known), len(self.names), self.letters and len(self.letters) + 2, self.pairs and len(self.pairs) + 1
        self.model = nn.ModuleList(Tagger(options, *sizes) for _ in range(options["members"]))
        if vectors:
            spread = np.sqrt(np.mean([np.square(vector).mean() for vector in vectors.values()]))
            for member in self.model:
                table = member.words.weight.data.mul_(0.5)
                for piece, row in known.items():
                    if piece in vectors:
                        vector = torch.from_numpy(0.5 * vectors[piece] / spread)
                        table[row, : len(vector)] = vector

    def order(self, rows):
        return by_length(rows, self.lengths, self.options["batchSize"])

    def inputs(self, rows, share=0):
        hide = lambda text: [unknown if share > 0 and np.random.random() < share else token for token in text]
        words = [hide(self.ids[row]) for row in rows]
        given = {"words": padded(words)}
        if self.pairs is not None:
            given["pairs"] = padded([[self.pairs.get(pair, 0) for pair in zip(text, text[1:])] + [0] for text in words])
        if self.letters is not None:
            numbered = lambda word: [self.letters.get(letter, 1) for letter in letters_seen(word)] + [0] * (letters_of_word - len(word))
            flat = padded([list(chain.from_iterable(numbered(word) for word in self.tokens[row])) for row in rows])
            given["letters"] = flat.view(len(rows), -1, letters_of_word)
            given["spellings"] = padded([[spelling_of(word) for word in self.tokens[row]] for row in rows])
        return given

    def loss(self, rows):
        given, tags = self.inputs(rows, self.options["wordDropout"]), padded([self.tags[row] for row in rows]) - 1
        return sum(member.crf.loss(member(**given), tags) for member in self.model)

    def found(self, rows):
        mean = lambda pick: torch.stack([pick(member) for member in self.model]).mean(0)
        start, table = mean(lambda member: member.crf.start), mean(lambda member: member.crf.table)
        for part in np.array_split(rows, -(-len(rows) // 32)):
            given = self.inputs(part)
            for row, scores in zip(part, mean(lambda member: member(**given))):
                path = best_path(scores[: self.lengths[row]], start, table)
                yield set(spans_of([self.names[tag] for tag in path])), set(self.spans[row])

    def f1(self, rows):
        pairs = list(self.found(rows))
        return 2 * sum(len(found & truth) for found, truth in pairs) / max(1, sum(len(found) + len(truth) for found, truth in pairs))

    def watched(self):
        return -self.f1(self.validation)

    def measure(self):
        return {"f1": self.f1(self.test)}
