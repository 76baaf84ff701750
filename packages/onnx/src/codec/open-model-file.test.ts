import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@athanor/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { loadTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { MessageWriter } from "./message-writer.ts";
import { openModelFile } from "./open-model-file.ts";
import { readModel } from "./read-model.ts";
import { writeModel } from "./write-model.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "athanor-"));
  await mkdir(join(folder, "model"));
  const floats = new Uint8Array(Float32Array.of(9, 9, 1, 2, 3, 4).buffer);
  await writeFile(join(folder, "model", "weights.bin"), floats);
  await writeFile(join(folder, "outside.bin"), floats);
  await symlink(join(folder, "outside.bin"), join(folder, "model", "link.bin"));
});
afterAll(() => rm(folder, { recursive: true }));

/** y = x + w + w2, whose weights lie in another file. */
function modelBytes(location: string, offset: number, length?: number): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [4]);
  const [w, w2] = ["w", "w2"].map((name) => g.initializer(name, float32([0, 0, 0, 0])));
  g.output("y", g.add(g.add(x, w!), w2!));
  const model = g.build();
  const weights = new MessageWriter();
  for (const name of ["w", "w2"]) {
    weights.message(5, (tensor) => {
      tensor.int(1, 4).int(2, 1).text(8, name).int(14, 1);
      const entries = Object.entries({ location, offset, ...(length === undefined ? {} : { length }) });
      for (const [key, value] of entries) tensor.message(13, (entry) => entry.text(1, key).text(2, String(value)));
    });
  }
  const graph = { ...model.graph, initializers: new Map(), rest: [weights.finish()] };
  return writeModel({ ...model, graph });
}

async function opened(location: string, offset: number, length?: number): Promise<Model> {
  const path = join(folder, "model", "model.onnx");
  await writeFile(path, modelBytes(location, offset, length));
  return openModelFile(path);
}

const bytesOf = (model: Model, name: string): Uint8Array => {
  const stored = model.graph.initializers.get(name)!;
  return "bytes" in stored ? stored.bytes : new Uint8Array();
};

describe("openModelFile", () => {
  it("reads data in other files when it is asked for, and what two weights share once", async () => {
    const model = await opened("weights.bin", 8, 16);
    expect(loadTensor(model.graph.initializers.get("w")!)).toEqual(float32([1, 2, 3, 4]));
    expect(bytesOf(model, "w2")).toBe(bytesOf(model, "w"));
  });

  it("takes the length from the shape when the file leaves it out", async () => {
    expect(loadTensor((await opened("weights.bin", 0)).graph.initializers.get("w")!)).toEqual(float32([9, 9, 1, 2]));
  });

  it("writes a model that runs alone, or one that still refers to its data, byte for byte", async () => {
    const model = await opened("weights.bin", 8, 16);
    const y = (await (await openModel(model))({ x: float32([1, 1, 1, 1]) })).y;
    expect(y).toEqual(float32([3, 5, 7, 9]));
    expect(writeModel(model, { external: "keep" })).toEqual(modelBytes("weights.bin", 8, 16));
    expect(loadTensor(readModel(writeModel(model)).graph.initializers.get("w")!)).toEqual(float32([1, 2, 3, 4]));
  });

  it("names what is wrong with a file of data", async () => {
    const refused = async (location: string, offset = 8, length?: number) => {
      const model = await opened(location, offset, length);
      expect(() => bytesOf(model, "w"), location).toThrow(expect.objectContaining({ code: "onnx/external-data" }));
    };
    await refused("missing.bin");
    await refused("../outside.bin");
    await refused("link.bin");
    await refused(join(folder, "model", "weights.bin"));
    await refused("");
    await refused(".");
    await refused("weights.bin", 12);
    await expect(opened("weights.bin", 8, 12)).rejects.toMatchObject({ code: "onnx/malformed" });
  });

  it("says so when there is no file, and when data elsewhere is asked of bytes alone", async () => {
    await expect(openModelFile(join(folder, "none.onnx"))).rejects.toMatchObject({ code: "onnx/missing-file" });
    const alone = readModel(modelBytes("weights.bin", 8));
    expect(() => bytesOf(alone, "w")).toThrow(expect.objectContaining({ code: "onnx/external-data" }));
  });
});
