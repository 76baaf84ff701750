import { AthanorError, type LongWork } from "@athanor/core";
import {
  characterVocabulary,
  specialTokens,
  type TokenizerFile,
  trainBpe,
  trainWordPiece,
  wordVocabulary,
} from "@athanor/text";

interface Choice {
  readonly tokens: TokenKind;
  readonly vocabularySize: number;
  readonly minCount: number;
  readonly lowercase: boolean;
}

type Make = (texts: readonly string[], choice: Omit<Choice, "tokens"> & LongWork) => TokenizerFile;

const makers = {
  words: wordVocabulary,
  characters: characterVocabulary,
  wordPieces: trainWordPiece,
  bytePairs: trainBpe,
} satisfies Readonly<Record<string, Make>>;

type TokenKind = keyof typeof makers;

/** What a text may be made of. */
export const tokenKinds = Object.keys(makers) as [TokenKind, ...TokenKind[]];

/**
 * A tokenizer for texts.
 *
 * @throws `task/no-tokens` where the texts hold none that is known
 */
export function makeTokenizer(
  owner: string,
  texts: readonly string[],
  { tokens, ...choice }: Choice,
  work: LongWork,
): TokenizerFile {
  const { vocabularySize, minCount, lowercase } = choice;
  const file = makers[tokens](texts, { vocabularySize, minCount, lowercase, ...work });
  if (Object.keys(file.model.vocab).length > specialTokens.length) return file;
  throw new AthanorError(
    "task/no-tokens",
    `${owner}: expected ${tokens} that come ${minCount} times or more in ${texts.length} texts, got none`,
    { fix: "Name the column that holds the texts, or lower minCount.", details: { tokens, minCount } },
  );
}
