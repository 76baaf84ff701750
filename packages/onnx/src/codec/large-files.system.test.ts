import { mkdtemp, open, rm, stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@athanor/core";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { lazyTensor, loadTensor } from "../stored-tensor.ts";
import { openModelFile } from "./open-model-file.ts";
import { saveModelFile } from "./save-model-file.ts";

const folder = await mkdtemp(join(tmpdir(), "athanor-large-"));
afterAll(() => rm(folder, { recursive: true }));
const { bavail, bsize } = await statfs(folder);

const columns = 512;
const rows = 2 ** 20 + 1;
/** Longer than a model may be. */
const longLength = 4 * rows * columns;
const room = 2 * longLength;
/** Memory that copying may take: pieces that wait to be collected. */
const spare = 2 ** 28;

/** A row of a long table times a weight that lies after it. */
function model(): Model {
  const g = new GraphBuilder();
  const hole = lazyTensor("float32", [rows, columns], { load: () => new Uint8Array(), pieces: () => [] });
  const row = g.gather(g.initializer("long", hole), g.input("row", "int64", [1]));
  g.output("y", g.mul(row, g.initializer("late", float32(new Float32Array(columns).fill(3)))));
  return g.build();
}

/** The model with its weights in a file whose long one is a hole but for the last row, of twos. */
async function withHole(name: string): Promise<string> {
  const path = join(folder, `${name}.onnx`);
  await saveModelFile(path, model(), { external: `${name}.bin` });
  await using file = await open(join(folder, `${name}.bin`), "r+");
  await file.write(floatBytes(2), 0, undefined, longLength - 4 * columns);
  await file.write(floatBytes(3), 0, undefined, Math.ceil(longLength / 4096) * 4096);
  return path;
}

const floatBytes = (value: number): Uint8Array => new Uint8Array(new Float32Array(columns).fill(value).buffer);

describe("files past two gigabytes", () => {
  it("are read where they are asked for, and nowhere else", async () => {
    const { initializers } = (await openModelFile(await withHole("sparse"))).graph;
    const late = loadTensor(initializers.get("late")!).data as Float32Array;
    expect(late).toEqual(new Float32Array(columns).fill(3));
    expect(late.buffer.byteLength).toBe(4 * columns);
  });

  it("are not read as models", async () => {
    const path = join(folder, "too-large.onnx");
    await using file = await open(path, "w");
    await file.truncate(2 ** 31);
    await expect(openModelFile(path)).rejects.toMatchObject({ code: "onnx/too-large" });
  });

  it.skipIf(bavail * bsize < room)(
    `are written without being in memory (skipped where the disk has less than ${room} bytes)`,
    { timeout: 300_000 },
    async () => {
      const source = await openModelFile(await withHole("source"));
      const before = process.resourceUsage().maxRSS * 1024;
      const path = join(folder, "copy.onnx");
      await saveModelFile(path, source, { external: "copy.bin" });
      expect(process.resourceUsage().maxRSS * 1024 - before).toBeLessThan(spare);
      expect((await stat(join(folder, "copy.bin"))).size).toBe(Math.ceil(longLength / 4096) * 4096 + 4 * columns);

      const session = await InferenceSession.create(path);
      const { y } = await session.run({ row: new Tensor("int64", [BigInt(rows - 1)], [1]) });
      expect(y!.data).toEqual(new Float32Array(columns).fill(6));
    },
  );
});
