import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verify } from "../verify.ts";
import { readModel } from "./read-model.ts";
import { writeModel } from "./write-model.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const files = existsSync(folder) ? globSync("*/*.onnx", { cwd: folder }).sort() : [];

describe("the codec", () => {
  it.skipIf(files.length === 0)(`round-trips the models of ${folder} (skipped when the folder is absent)`, () => {
    for (const file of files) {
      const bytes = readFileSync(join(folder, file));
      const model = readModel(bytes);
      verify(model);
      expect(Buffer.compare(writeModel(model), bytes), file).toBe(0);
      const copied = { ...model, graph: { ...model.graph, nodes: model.graph.nodes.map((node) => ({ ...node })) } };
      const written = writeModel(copied);
      const again = readModel(written);
      expect(again.graph.nodes.map(({ outputs }) => outputs)).toEqual(model.graph.nodes.map(({ outputs }) => outputs));
      expect([...again.graph.initializers.keys()]).toEqual([...model.graph.initializers.keys()]);
      expect(Buffer.compare(writeModel({ ...again }), written), file).toBe(0);
    }
  });
});
