import { GraphBuilder, type Model, type Value } from "@athanor/onnx";
import { applyWithin } from "../apply-layer.ts";
import type { FloatTensors } from "../initialize.ts";
import { type GptOptions, gptBlocks } from "./gpt.ts";

/** Names of what the step's graph remembers, for each block. */
export const cacheOf = (block: number) =>
  [`block${block}.keys`, `block${block}.values`] as readonly [keys: string, values: string];

/**
 * The graph that continues texts: it reads new tokens only, and remembers earlier ones by their keys and values.
 *
 * Inputs: `tokens` int64 `[batch, steps]`, their `places` int64 `[steps]`, `visible` bool `[steps, past + steps]`, and for each block
 * `blockI.keys` and `blockI.values`, `[batch, heads, past, width / heads]`. Outputs: the `scores` of what follows the last token,
 * `[batch, vocabulary]`, and the caches with the new tokens, under their names with a stroke.
 */
export function gptStep(options: GptOptions, weights: FloatTensors): Model {
  const { width, heads } = options;
  const g = new GraphBuilder();
  const parameters = Object.fromEntries(
    Object.entries(weights).map(([name, tensor]) => [name, g.initializer(name, tensor)]),
  );
  const tokens = g.input("tokens", "int64", ["batch", "steps"]);
  const places = g.input("places", "int64", ["steps"]);
  const visible = g.input("visible", "bool", ["steps", "total"]);
  const apply = applyWithin({
    g,
    parameters,
    buffers: {},
    isTraining: false,
    mask: () => g.constant(1),
    moveBuffer: () => {},
  });

  const attention = (name: string, x: Value) => {
    const block = Number(/\d+/.exec(name)![0]);
    const held = (key: string) => parameters[`${name}.${key}`]!;
    const linear = (key: string) => g.add(g.matMul(x, held(`${key}Weight`)), held(`${key}Bias`));
    const past = cacheOf(block).map((label) => g.input(label, "float32", ["batch", heads, "past", width / heads]));
    const [mixed, ...present] = g.ops(
      "Attention",
      [linear("query"), g.matMul(x, held("keyWeight")), linear("value"), visible, ...past],
      { q_num_heads: heads, kv_num_heads: heads },
      { outputs: 3 },
    );
    for (const [i, label] of cacheOf(block).entries()) g.output(`${label}'`, present[i]!);
    return g.add(g.matMul(mixed!, held("outputWeight")), held("outputBias"));
  };
  const x = g.add(g.gather(parameters["tokens.table"]!, tokens), g.gather(parameters["positions.table"]!, places));
  const scores = gptBlocks(g, apply, { ...options, x, attention });
  g.output("scores", g.gather(scores, g.constant(-1, "int64"), 1));
  return g.build({ name: "gpt-step" });
}
