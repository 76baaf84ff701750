import { integer, required } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";
import { isToken } from "./is-token.ts";

/** The strongest answer of each window over three letters of a word: int64 `[batch, words, letters] → [batch, words, channels]`. */
export const letterWindows = defineLayer({
  name: "letterWindows",
  options: {
    count: integer(required, "letters that are known", { min: 1 }),
    length: integer(required, "letters of a word, the others are not looked at", { min: 1 }),
    width: integer(required, "numbers that are learned of a letter", { min: 1 }),
    channels: integer(required, "windows", { min: 1 }),
  },
  parameters: ({ options: { count, width, channels } }) => ({
    table: { shape: [count, width], init: "normal" as const, scale: 0.5 },
    weight: { shape: [channels, width, 1, 3], init: "kaiming-uniform" as const, fanIn: 3 * width },
    bias: { shape: [channels], init: "kaiming-uniform" as const, fanIn: 3 * width },
  }),
  build({ g, x, parameters: { table, weight, bias } }) {
    const isLetter = g.op("Unsqueeze", [isToken(g, x), g.constant([3], "int64")]);
    const letters = g.transpose(g.mul(g.gather(table, x), isLetter), [0, 3, 1, 2]);
    const answers = g.op("Conv", [letters, weight, bias], { pads: [0, 1, 0, 1] });
    return g.transpose(g.reduceMax(answers, [3]), [0, 2, 1]);
  },
});
