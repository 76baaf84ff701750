/** A token that stands for no text of its own. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly single_word: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly normalized: boolean;
  readonly special: boolean;
}

/** A part of a tokenizer, as its file describes it: what kind it is, and that kind's settings. */
export interface TokenizerPart {
  readonly type: string;
  readonly [setting: string]: unknown;
}

/**
 * What a `tokenizer.json` holds.
 *
 * @see https://huggingface.co/docs/tokenizers/components
 */
export interface TokenizerFile {
  readonly version: string;
  readonly truncation: unknown;
  readonly padding: unknown;
  readonly added_tokens: readonly AddedToken[];
  readonly normalizer: TokenizerPart | null;
  readonly pre_tokenizer: TokenizerPart | null;
  readonly post_processor: TokenizerPart | null;
  readonly decoder: TokenizerPart | null;
  readonly model: TokenizerPart & { readonly vocab: Readonly<Record<string, number>> };
}

/** Special tokens of every tokenizer that is made here, by their ids. */
export const specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] as const;

/** Ids of the special tokens. */
export const special = { pad: 0, unknown: 1, start: 2, end: 3, mask: 4 } as const;

interface Parts {
  readonly normalizer: TokenizerPart | null;
  readonly preTokenizer: TokenizerPart | null;
  readonly decoder: TokenizerPart | null;
  readonly model: TokenizerFile["model"];
  /** Whether texts are enclosed in `[CLS]` and `[SEP]`. */
  readonly encloses: boolean;
}

/** A tokenizer's file of its parts, with the special tokens in their places. */
export const tokenizerFile = ({ normalizer, preTokenizer, decoder, model, encloses }: Parts): TokenizerFile => ({
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: specialTokens.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer,
  pre_tokenizer: preTokenizer,
  post_processor: encloses ? enclosing : null,
  decoder,
  model,
});

const part = (kind: "SpecialToken" | "Sequence", id: string, type: number) => ({ [kind]: { id, type_id: type } });
const enclosed = [part("SpecialToken", "[CLS]", 0), part("Sequence", "A", 0), part("SpecialToken", "[SEP]", 0)];
const enclosing: TokenizerPart = {
  type: "TemplateProcessing",
  single: enclosed,
  pair: [...enclosed, part("Sequence", "B", 1), part("SpecialToken", "[SEP]", 1)],
  special_tokens: {
    "[CLS]": { id: "[CLS]", ids: [special.start], tokens: ["[CLS]"] },
    "[SEP]": { id: "[SEP]", ids: [special.end], tokens: ["[SEP]"] },
  },
};

/** A model that knows whole pieces only, numbered in their order after the special tokens; all else is `[UNK]`. */
export const wholePieces = (pieces: readonly string[]): TokenizerFile["model"] => ({
  type: "WordPiece",
  unk_token: "[UNK]",
  continuing_subword_prefix: "##",
  max_input_chars_per_word: 100,
  vocab: Object.fromEntries([...specialTokens, ...pieces].map((piece, id) => [piece, id])),
});

/** Lower case, control characters gone, Chinese characters apart, accents kept. */
const plainWords = (lowercase: boolean): TokenizerPart => ({
  type: "BertNormalizer",
  clean_text: true,
  handle_chinese_chars: true,
  strip_accents: false,
  lowercase,
});

/** A tokenizer of words, signs and Chinese characters that knows whole pieces only. */
export const wordPieceFile = (pieces: readonly string[], lowercase: boolean): TokenizerFile =>
  tokenizerFile({
    normalizer: plainWords(lowercase),
    preTokenizer: { type: "BertPreTokenizer" },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    encloses: true,
    model: wholePieces(pieces),
  });
