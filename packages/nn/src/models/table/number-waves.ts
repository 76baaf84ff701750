import { integer, real } from "@athanor/core";
import { defineLayer, lengthOf } from "../../define-layer.ts";

/**
 * What is learned of each number by waves of learned lengths, so that a network sees steps that a straight line would blur:
 * `[batch, numbers] → [batch, numbers · size]`.
 *
 * @see Gorishniy et al. 2022, "On embeddings for numerical features in tabular deep learning", https://arxiv.org/abs/2203.05556
 */
export const numberWaves = defineLayer({
  name: "numberWaves",
  options: {
    waves: integer(16, "waves of each number", { min: 1 }),
    size: integer(8, "what is made of each number", { min: 1 }),
    scale: real(0.3, "standard deviation of the initial frequencies", { min: 0 }),
  },
  parameters({ shape, options: { waves, size, scale } }) {
    const numbers = lengthOf(shape, 1);
    return {
      frequencies: { shape: [numbers, waves], init: "normal" as const, scale },
      weight: { shape: [numbers, 2 * waves, size], init: "kaiming-uniform" as const, fanIn: 2 * waves },
      bias: { shape: [numbers, 1, size], init: "zeros" as const },
    };
  },
  build({ g, x, options: { waves, size }, parameters: { frequencies, weight, bias } }) {
    const [batch, numbers] = [x.shape[0]!, lengthOf(x.shape, 1)];
    const turns = g.mul(g.reshape(x, [batch, numbers, 1]), g.mul(frequencies, 2 * Math.PI));
    const both = g.concat([g.op("Sin", [turns]), g.op("Cos", [turns])], 2);
    const byNumber = g.transpose(g.reshape(both, [batch, numbers, 2 * waves]), [1, 0, 2]);
    const made = g.op("Relu", [g.add(g.matMul(byNumber, weight), bias)]);
    return g.reshape(g.transpose(made, [1, 0, 2]), [batch, numbers * size]);
  },
});
