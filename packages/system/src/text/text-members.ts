import { AthanorError } from "@athanor/core";
import { type Network, type NgramTable, sideBySide, textBag, textCnn, textLstm, textTransformer } from "@athanor/nn";
import { paddedLength } from "./padded-length.ts";

interface Sizes {
  readonly vocabulary: number;
  readonly classes: number;
  readonly width: number;
  readonly hidden: number;
  readonly dropout: number;
  readonly ngrams: NgramTable;
  /** Tokens of the longest text. */
  readonly maxLength: number;
}

/** Heads of a Transformer. */
const heads = 4;

const kinds: Readonly<Record<string, (sizes: Sizes) => Network>> = {
  bag: ({ ngrams, classes, hidden, dropout }) =>
    textBag({ ngrams, classes, width: 4 * Math.ceil(hidden / 4), runDropoutRate: dropout, dropoutRate: dropout }),
  cnn: ({ vocabulary, classes, width, hidden, dropout }) =>
    textCnn({
      vocabulary,
      tokens: "tokens",
      classes,
      width,
      channels: hidden,
      dropoutRate: dropout,
      wordDropoutRate: dropout / 2,
    }),
  transformer: ({ vocabulary, classes, width, dropout, maxLength }) =>
    textTransformer({
      vocabulary,
      classes,
      width: heads * Math.ceil(width / heads),
      heads,
      maxTokens: paddedLength(maxLength),
      dropoutRate: dropout,
    }),
  lstm: ({ vocabulary, classes, width, hidden, dropout }) =>
    textLstm({ vocabulary, classes, width, hidden, dropoutRate: dropout }),
};

/** Kinds of networks that a configuration may name. */
export const textModels = Object.keys(kinds);

/**
 * Networks of the named kinds side by side, each under its kind and place.
 *
 * @throws `config/unknown-model`
 */
export function textMembers(owner: string, models: readonly string[], sizes: Sizes): ReturnType<typeof sideBySide> {
  if (models.length === 0) throw unknownModel(owner, "none");
  return sideBySide(
    Object.fromEntries(
      models.map((kind, i) => {
        const make = kinds[kind];
        if (make === undefined) throw unknownModel(owner, kind);
        return [`${kind}${i}`, make(sizes)];
      }),
    ),
  );
}

const unknownModel = (owner: string, kind: string) =>
  new AthanorError("config/unknown-model", `${owner}: expected models among ${textModels.join(", ")}, got ${kind}`, {
    fix: "Correct the name; naming one twice trains two of its kind.",
    details: { model: kind },
  });
