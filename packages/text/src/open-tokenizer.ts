import { AthanorError } from "@athanor/core";
import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import type { TokenizerFile } from "./tokenizer-file.ts";

/** Turns texts into numbers of tokens and back. */
export interface Tokenizer {
  readonly file: TokenizerFile;
  /** How many rows a table of all tokens has. */
  readonly vocabularySize: number;
  /** Numbers of a text's tokens, enclosed in the special ones that the file asks for. */
  encode(text: string): number[];
  /** The text without special tokens. */
  decode(ids: readonly number[]): string;
  /** The parts of a text as the model sees them. */
  tokens(text: string): string[];
  idOf(token: string): number | undefined;
  tokenOf(id: number): string | undefined;
}

/**
 * Opens what a `tokenizer.json` holds, of this library or of Hugging Face's.
 *
 * @throws `text/tokenizer-file` for a file that is no tokenizer, or of a kind that is not known
 */
export function openTokenizer(file: TokenizerFile): Tokenizer {
  const tokenizer = open(file);
  const ids = [...tokenizer.get_vocab().values()];
  return {
    file,
    vocabularySize: ids.reduce((most, id) => Math.max(most, id), -1) + 1,
    encode: (text) => tokenizer.encode(text).ids,
    decode: (given) =>
      given.length === 0
        ? ""
        : tokenizer.decode([...given], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    tokens: (text) => tokenizer.tokenize(text, { add_special_tokens: false }),
    idOf: (token) => tokenizer.token_to_id(token),
    tokenOf: (id) => tokenizer.id_to_token(id),
  };
}

/** Parts of a normalised text that no token crosses: what a trainer counts. */
export function openSplitter(file: TokenizerFile): (text: string) => readonly string[] {
  const { normalizer, pre_tokenizer } = open(file);
  return (text) => {
    const normal = normalizer ? normalizer.normalize(text) : text;
    return pre_tokenizer ? pre_tokenizer.pre_tokenize(normal) : [normal];
  };
}

function open(file: TokenizerFile): HuggingFaceTokenizer {
  try {
    return new HuggingFaceTokenizer(file, {});
  } catch (cause) {
    throw new AthanorError(
      "text/tokenizer-file",
      `Tokenizer: expected what a tokenizer.json holds, got ${(cause as Error).message}`,
      { fix: "Give the parsed tokenizer.json of the tokenizers library (BPE, WordPiece or Unigram).", cause },
    );
  }
}
