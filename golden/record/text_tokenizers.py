"""Adds to golden/text/tokenizers.json, which `node --conditions=@athanor/source scripts/write-tokenizers.ts` writes, the ids that
Hugging Face's tokenizers 0.23.3 gives for its files, and the merges that its own trainer learns of its texts."""
import json, pathlib
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

path = pathlib.Path(__file__).parent.parent / "text" / "tokenizers.json"
golden = json.loads(path.read_text())
specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def answers(file):
    tokenizer = Tokenizer.from_str(json.dumps(file))
    encoded = [tokenizer.encode(text) for text in golden["texts"] + golden["asked"]]
    return [{"ids": each.ids, "decoded": tokenizer.decode(each.ids)} for each in encoded]


golden["answers"] = {name: answers(file) for name, file in golden["files"].items()}

bpe = Tokenizer(models.BPE())
bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
trainer = trainers.BpeTrainer(
    vocab_size=330,
    min_frequency=2,
    special_tokens=specials,
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    show_progress=False,
)
bpe.train_from_iterator(golden["texts"], trainer)
golden["bpeTrainer"] = {key: json.loads(bpe.to_str())["model"][key] for key in ("vocab", "merges")}
path.write_text(json.dumps(golden, ensure_ascii=False) + "\n")
