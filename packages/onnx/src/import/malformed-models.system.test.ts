import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AthanorError, float32, int64, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { readModel } from "../codec/read-model.ts";
import { writeModel } from "../codec/write-model.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { mutateModel, mutations } from "../testing/mutate-model.ts";
import { verify } from "../verify.ts";
import { trainable } from "./trainable.ts";

/** How many mutated models are read; a long search sets the variable, and another seed. */
const count = Number(process.env.ATHANOR_FUZZ ?? 300);
const seed = Number(process.env.ATHANOR_FUZZ_SEED ?? 20);
const folder = process.env.ATHANOR_MODELS ?? "../shared/models";

/** A network with the operators whose rules read most of what a file says. */
function sample(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 3, 8, 8]);
  const weight = (name: string, shape: readonly number[]) =>
    g.initializer(name, float32(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.1), shape));
  const convolved = g.op("Conv", [x, weight("k", [4, 3, 3, 3])], { pads: [1, 1, 1, 1] });
  const pooled = g.op("MaxPool", [g.relu(convolved)], { kernel_shape: [2, 2], strides: [2, 2] });
  const flat = g.op("Flatten", [g.op("Slice", [pooled, ...[[1], [3], [1]].map((ends) => g.constant(ends, "int64"))])]);
  const dense = g.op("Gemm", [flat, weight("w", [5, 32]), weight("b", [5])], { transB: 1 });
  const picked = g.gather(weight("table", [7, 5]), g.input("ids", "int64", ["batch"]));
  const joined = g.concat([g.softmax(dense), picked], 1);
  g.output("y", g.transpose(g.op("Expand", [joined, g.constant(int64([1, 10]))]), [1, 0]));
  return writeModel(g.build());
}

const golden = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../../golden/onnx/files/${name}`, import.meta.url))));

/** Small files mutate fast; real ones are added to a long search. */
const seeds = (): readonly Uint8Array[] => {
  const real = count > 1000 && existsSync(folder) ? globSync("*/*.onnx", { cwd: folder }).sort() : [];
  const small = real
    .map((file) => new Uint8Array(readFileSync(join(folder, file))))
    .filter(({ length }) => length < 1e6);
  return [sample(), golden("functions.onnx"), golden("rare-parts.onnx"), ...small];
};

/** All that is done with a file that someone sends. */
function useModel(bytes: Uint8Array): void {
  const model = readModel(bytes);
  verify(model);
  const dims = Object.fromEntries(
    model.graph.inputs.flatMap(({ shape }) =>
      (shape ?? []).flatMap((dim) => (typeof dim === "string" ? [[dim, 2]] : [])),
    ),
  );
  const g = GraphBuilder.from(model, { dims });
  const [output] = g.outputs;
  const learned = trainable(g).map(({ name }) => g.value(name));
  if (output && output.value.dtype === "float32" && learned.length > 0) {
    const loss = g.reduceMean(output.value);
    if (loss.shape.length === 0) g.output("slope", gradient(g, loss, learned)[0]!);
  }
  verify(readModel(writeModel(g.build())));
}

describe("a malformed model", () => {
  it("is fine before it is made wrong", () => {
    for (const bytes of [sample(), golden("functions.onnx")]) expect(() => useModel(bytes)).not.toThrow();
  });

  it(`is read or refused with a code, in ${count} mutations`, { timeout: 3_600_000 }, () => {
    const random = Random.from(seed);
    const models = seeds();
    const codes = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const mutation = mutations[i % mutations.length]!;
      const bytes = mutateModel(models[Math.floor(i / mutations.length) % models.length]!, mutation, random.split(i));
      try {
        useModel(bytes);
        codes.set("fine", (codes.get("fine") ?? 0) + 1);
      } catch (error) {
        if (!(error instanceof AthanorError)) throw new Error(`mutation ${i} (${mutation})`, { cause: error });
        codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
      }
    }
    expect(codes.size).toBeGreaterThan(5);
  });
});
