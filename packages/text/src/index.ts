export { openTokenizer, type Tokenizer } from "./open-tokenizer.ts";
export { type AddedToken, special, specialTokens, type TokenizerFile, type TokenizerPart } from "./tokenizer-file.ts";
export { type TrainTokenizerOptions, trainBpe } from "./train-bpe.ts";
export { type TrainWordPieceOptions, trainWordPiece } from "./train-word-piece.ts";
export {
  characterVocabulary,
  type UnitVocabularyOptions,
  unitVocabulary,
  type VocabularyOptions,
  wordVocabulary,
} from "./vocabularies.ts";
