import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { float32, int64, sizeOf, Tensor } from "@athanor/core";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { loadTensor, storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { readModel } from "./read-model.ts";
import { writeModel } from "./write-model.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const files = existsSync(folder) ? globSync("*/*.onnx", { cwd: folder }).sort() : [];

const golden = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../../golden/onnx/files/${name}`, import.meta.url))));

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

  it("gives files back byte for byte, with every part that it does not look into", () => {
    for (const name of ["functions.onnx", "rare-parts.onnx"]) {
      const bytes = golden(name);
      expect(writeModel(readModel(bytes)), name).toEqual(bytes);
    }
  });

  it("keeps the parts that did not change when others did", () => {
    const bytes = golden("rare-parts.onnx");
    const model = readModel(bytes);
    const renamed = { ...model, producer: "other", graph: { ...model.graph, name: "renamed" } };
    const again = readModel(writeModel(renamed));
    expect(again).toEqual(renamed);
    expect(Object.keys(again.graph.initializers)).toEqual(Object.keys(model.graph.initializers));
    const texts = ["what a graph is about", "a branch", "which", "SCALE_TENSOR", "sparse", "a weight", "training"];
    for (const text of texts) expect(Buffer.from(writeModel(renamed)).includes(text), text).toBe(true);
  });

  it("writes new values in the place of those that were replaced", () => {
    const model = readModel(golden("rare-parts.onnx"));
    const initializers = new Map(model.graph.initializers).set("w", storeTensor(float32([7, 8, 9])));
    const again = readModel(writeModel({ ...model, graph: { ...model.graph, initializers } }));
    expect(loadTensor(again.graph.initializers.get("w")!)).toEqual(float32([7, 8, 9]));
    expect(loadTensor(again.graph.initializers.get("wide")!)).toEqual(int64([-1, 2 ** 40]));
  });

  it("knows types that are not a tensor's from those that are", () => {
    const { inputs } = readModel(golden("rare-parts.onnx")).graph;
    expect(inputs.map(({ name, foreign }) => [name, foreign !== undefined])).toEqual([
      ["c", false],
      ["list", true],
    ]);
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
