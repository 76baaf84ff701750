import { writeFileSync } from "node:fs";
import { characterVocabulary, trainBpe, trainWordPiece, unitVocabulary, wordVocabulary } from "@athanor/text";

/** Texts that tokenizers are trained on, and others that they meet later. */
const texts = [
  "The tides follow the moon, and the moon follows nothing that sailors can see.",
  "Sailors who follow the tides come home; those who don't follow them come home later.",
  "A lighthouse-keeper counts 128 ships a night, 129 when the fog lifts.",
  "Fog lifts slowly. Ships lift anchor slowly, too!",
  "潮水跟着月亮走，水手跟着潮水走。",
  "雾散了，船就开了；船开了，灯塔就亮了。",
  "守灯塔的人一夜数一百二十八条船。",
];
const asked = [
  "The keeper didn't follow the fog.",
  "  Two   blanks\tand a tab\n",
  "Ünïcode’s own naïve café — ＦＵＬＬ width, 😀",
  "月亮散步，ships 和灯塔",
  "[MASK] the moon",
  "",
];
const files = {
  bpe: trainBpe(texts, { vocabularySize: 330 }),
  wordPiece: trainWordPiece(texts, { vocabularySize: 120 }),
  words: wordVocabulary(texts, { minCount: 2 }),
  characters: characterVocabulary(texts, { lowercase: false }),
  unitWords: unitVocabulary(texts, { units: "words" }),
  unitCharacters: unitVocabulary(texts, { units: "characters" }),
};

// `python golden/record/text_tokenizers.py` then adds what Hugging Face's library makes of them.
writeFileSync(new URL("../golden/text/tokenizers.json", import.meta.url), JSON.stringify({ texts, asked, files }));
