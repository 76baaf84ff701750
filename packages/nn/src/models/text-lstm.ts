import { compose } from "../compose.ts";
import { dropout, embedding, linear, lstm } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { isToken, lengthsOf } from "../text/is-token.ts";

/** Sizes of a recurrent network over words. */
export interface TextLstmOptions {
  readonly vocabulary: number;
  readonly classes: number;
  readonly width?: number;
  readonly hidden?: number;
  readonly dropoutRate?: number;
}

/**
 * Classes of texts by the strongest states of a memory that reads them both ways: int64 `[batch, tokens] → [batch, classes]`, where
 * word 0 is padding at the end.
 *
 * @see Conneau et al. 2017, https://arxiv.org/abs/1705.02364
 */
export const textLstm = ({
  vocabulary,
  classes,
  width = 128,
  hidden = 128,
  dropoutRate = 0.5,
}: TextLstmOptions): Network =>
  compose({
    name: "textLstm",
    inputs: { x: { dtype: "int64", shape: ["tokens"] } },
    build({ g, inputs: { x }, apply }) {
      const words = apply("words", embedding({ count: vocabulary, size: width }), x!);
      const read = apply("wordDropout", dropout({ rate: dropoutRate }), words);
      const states = apply("lstm", lstm({ hidden, bothWays: true }), read, { lengths: lengthsOf(g, x!) });
      // States lie between -1 and 1: what is padded loses against every one.
      const outside = g.op("Unsqueeze", [g.sub(isToken(g, x!), 1), g.constant([2], "int64")]);
      const strongest = g.reduceMax(g.add(states, g.mul(outside, 2)), [1]);
      return apply(
        "scores",
        linear({ outFeatures: classes }),
        apply("dropout", dropout({ rate: dropoutRate }), strongest),
      );
    },
  });
