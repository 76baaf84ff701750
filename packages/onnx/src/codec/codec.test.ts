import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { float32, int64, sizeOf, Tensor } from "@athanor/core";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph-builder.ts";
import type { Model } from "../model.ts";
import { loadTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { verify } from "../verify.ts";
import { readModel } from "./read-model.ts";
import { writeModel } from "./write-model.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const files = existsSync(folder) ? globSync("*/*.onnx", { cwd: folder }).sort() : [];

function sample(): Model {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 3]);
  const w = g.initializer("w", float32([1, 2, 3, 4, 5, 6], [3, 2]));
  g.output("y", g.op("LeakyRelu", [g.matMul(x, w)], { alpha: 0.5 }));
  g.output(
    "label",
    g.op(
      "LabelEncoder",
      [g.input("t", "string", ["batch", 1])],
      { keys_strings: ["a", "书"], values_int64s: [1, -2] },
      { domain: "ai.onnx.ml" },
    ),
  );
  return g.build({ metadata: { "athanor.card": '{"a":1}', 作者: "李" } });
}

describe("the codec", () => {
  it("reads back what it wrote, and writes equal bytes for equal models", () => {
    const bytes = writeModel(sample());
    const model = readModel(bytes);
    expect(model).toEqual(sample());
    expect(writeModel(model)).toEqual(bytes);
  });

  it("keeps initializers as views of the file", () => {
    const bytes = writeModel(sample());
    const stored = readModel(bytes).graph.initializers.get("w")!;
    expect("bytes" in stored && stored.bytes.buffer).toBe(bytes.buffer);
    expect(Array.from(loadTensor(stored).data as Float32Array)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("keeps texts and 64-bit numbers", () => {
    const g = new GraphBuilder();
    g.output("numbers", g.initializer("n", int64([2 ** 40, -1])));
    g.output("texts", g.initializer("t", new Tensor("string", ["", "鱼"], [2])));
    const { initializers } = readModel(writeModel(g.build())).graph;
    expect(loadTensor(initializers.get("n")!).data).toEqual(BigInt64Array.of(2n ** 40n, -1n));
    expect(loadTensor(initializers.get("t")!).data).toEqual(["", "鱼"]);
  });

  it("names the place where bytes are not a model", () => {
    const bytes = writeModel(sample());
    expect(() => readModel(bytes.subarray(0, bytes.length - 9))).toThrow(/ONNX: expected .* at byte \d+/);
  });

  it.skipIf(files.length === 0)(`round-trips the models of ${folder} (skipped when the folder is absent)`, () => {
    for (const file of files) {
      const model = readModel(readFileSync(join(folder, file)));
      verify(model);
      const written = writeModel(model);
      const again = readModel(written);
      expect(again.graph.nodes.length, file).toBe(model.graph.nodes.length);
      expect(again.graph.initializers.size, file).toBe(model.graph.initializers.size);
      expect(Buffer.compare(writeModel(again), written), file).toBe(0);
    }
  });

  it.skipIf(files.length === 0)("writes models that give the outputs of the original", async () => {
    const bytes = readFileSync(join(folder, "resnet8-cifar10-bn/model.onnx"));
    const model = readModel(bytes);
    const [{ name, shape }] = model.graph.inputs as [(typeof model.graph.inputs)[number]];
    const lengths = shape!.map((length) => (typeof length === "number" ? length : 1));
    const x = float32(
      Float32Array.from({ length: sizeOf(lengths) }, (_, i) => Math.sin(i)),
      lengths,
    );
    const original = await InferenceSession.create(bytes);
    const expected = await original.run({ [name]: new OrtTensor("float32", x.data, lengths) });
    const actual = await (await openModel(model))({ [name]: x });
    for (const [output, tensor] of Object.entries(expected)) expect(actual[output]!.data).toEqual(tensor.data);
  });
});
