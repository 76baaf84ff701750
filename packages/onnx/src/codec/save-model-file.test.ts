import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@athanor/core";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { withWeights } from "../import/with-weights.ts";
import type { Model } from "../model.ts";
import { loadTensor } from "../stored-tensor.ts";
import { openModelFile } from "./open-model-file.ts";
import { saveModelFile } from "./save-model-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "athanor-save-"));
});
afterAll(() => rm(folder, { recursive: true }));

const count = 300;
/** y = x · a + b, a large enough to be moved out. */
function model(): Model {
  const g = new GraphBuilder();
  const weight = float32(
    Float32Array.from({ length: count }, (_, i) => i),
    [1, count],
  );
  const product = g.matMul(g.input("x", "float32", [1, 1]), g.initializer("a", weight));
  g.output("y", g.add(product, g.initializer("b", float32([0.5]))));
  return g.build();
}

const run = async (path: string): Promise<ArrayLike<number>> => {
  const session = await InferenceSession.create(path);
  return (await session.run({ x: new Tensor("float32", [2], [1, 1]) })).y!.data as Float32Array;
};

describe("saveModelFile", () => {
  it("saves one file, or large weights beside it, that the runtime opens", async () => {
    const expected = Float32Array.from({ length: count }, (_, i) => 2 * i + 0.5);
    await saveModelFile(join(folder, "one.onnx"), model());
    expect(await run(join(folder, "one.onnx"))).toEqual(expected);
    await saveModelFile(join(folder, "two.onnx"), model(), { external: "two.bin" });
    expect(await run(join(folder, "two.onnx"))).toEqual(expected);
    expect((await stat(join(folder, "two.bin"))).size).toBe(4 * count);
    expect((await stat(join(folder, "two.onnx"))).size).toBeLessThan(4 * count);
  });

  it("copies weights from one file to another, or back into the model, and leaves nothing else behind", async () => {
    await saveModelFile(join(folder, "first.onnx"), model(), { external: "first.bin" });
    const opened = await openModelFile(join(folder, "first.onnx"));
    await saveModelFile(join(folder, "second.onnx"), opened, { external: "second.bin" });
    await saveModelFile(join(folder, "whole.onnx"), opened);
    await rm(join(folder, "first.bin"));
    for (const file of ["second.onnx", "whole.onnx"]) {
      const { initializers } = (await openModelFile(join(folder, file))).graph;
      expect(loadTensor(initializers.get("a")!).data).toEqual(Float32Array.from({ length: count }, (_, i) => i));
    }
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("saves a model over itself, and tells what was opened before that its weights are gone", async () => {
    const path = join(folder, "self.onnx");
    await saveModelFile(path, model(), { external: "self.bin" });
    const [opened, other, read] = await Promise.all([path, path, path].map((file) => openModelFile(file)));
    const weights = (of: Model) => loadTensor(of.graph.initializers.get("a")!).data as Float32Array;
    const before = weights(read!);
    const doubled = float32(
      before.map((value) => 2 * value),
      [1, count],
    );
    await saveModelFile(path, withWeights(opened!, { a: doubled }), { external: "self.bin" });
    expect(weights(await openModelFile(path))).toEqual(doubled.data);
    expect(weights(read!)).toEqual(before);
    expect(() => weights(other!)).toThrow(expect.objectContaining({ code: "onnx/external-data" }));
  });

  it("keeps the old files when a weight cannot be read", async () => {
    await saveModelFile(join(folder, "old.onnx"), model(), { external: "old.bin" });
    const opened = await openModelFile(join(folder, "old.onnx"));
    await saveModelFile(join(folder, "kept.onnx"), model(), { external: "kept.bin" });
    await rm(join(folder, "old.bin"));
    await expect(saveModelFile(join(folder, "kept.onnx"), opened, { external: "kept.bin" })).rejects.toMatchObject({
      code: "onnx/external-data",
    });
    expect((await run(join(folder, "kept.onnx"))).length).toBe(count);
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("refuses a name that is not beside the model, and a folder that is not there", async () => {
    for (const external of ["", "..", "a/b", "a\\b", "x.onnx"])
      await expect(saveModelFile(join(folder, "x.onnx"), model(), { external }), external).rejects.toMatchObject({
        code: "onnx/external-data",
      });
    await expect(saveModelFile(join(folder, "none", "x.onnx"), model())).rejects.toMatchObject({
      code: "onnx/missing-file",
    });
  });
});
