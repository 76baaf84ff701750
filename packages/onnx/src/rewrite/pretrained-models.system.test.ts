import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { float32, int64, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { readModel } from "../codec/read-model.ts";
import type { ValueInfo } from "../model.ts";
import { checkRewrite } from "../testing/check-rewrite.ts";
import { openModel } from "../testing/run-model.ts";
import * as passes from "./index.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const random = Random.from(6);

/** Drawn numbers, and ones for whole numbers; a first symbolic axis is a batch of two. */
function drawn({ dtype, shape }: ValueInfo): Tensor {
  const lengths = shape!.map((dim, axis) => (typeof dim === "number" ? dim : axis === 0 ? 2 : 16));
  const size = lengths.reduce((product, length) => product * length, 1);
  if (dtype === "int64") return int64(new Array<number>(size).fill(1), lengths);
  return float32(
    Float32Array.from({ length: size }, () => random.normal()),
    lengths,
  );
}

/** Every pass that keeps a model's results, in the order that an export would apply them. */
const all = [
  passes.deadCode,
  passes.foldConstants(async (model) => (await openModel(model))({})),
  passes.algebraic,
  passes.commonSubexpressions,
  passes.matrixProducts,
  passes.stackedProducts,
  passes.foldBatchNorm,
];

/** Folded weights are rounded once more, which a deep network carries on. */
const deep = 1e-4;

describe("rewriting a model trained elsewhere", () => {
  for (const [name, fewer] of [
    ["resnet8-cifar10-bn", 7],
    ["kws-ds-cnn-bn", 9],
    ["vww-mobilenet-v1-0.25-96-bn", 27],
    ["ppocr-v2-cls", 200],
    ["lprnet-zh", 5],
    ["g2pm-zh", 0],
    ["stories260k", 1],
  ] as const) {
    const path = join(folder, name, "model.onnx");
    it.skipIf(!existsSync(path))(`keeps what ${name} computes (skipped where it is absent)`, async () => {
      const model = readModel(readFileSync(path));
      const inputs = model.graph.inputs.filter((input) => !model.graph.initializers.has(input.name));
      const feeds = Object.fromEntries(inputs.map((input) => [input.name, drawn(input)]));
      const after = await checkRewrite(model, (given) => passes.rewrite(given, all), feeds, deep);
      expect(model.graph.nodes.length - after.graph.nodes.length).toBeGreaterThanOrEqual(fewer);
    });
  }
});
