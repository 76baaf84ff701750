import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { checkConnector } from "../testing/check-connector.ts";
import { idx } from "./idx.ts";
import type { ImageBatch } from "./images.ts";

const head = (...shape: number[]) => [0, 0, 8, shape.length, ...shape.flatMap((length) => [0, 0, 0, length])];
const name = "train-images-idx3-ubyte.gz";

async function write(folder: string, labels: readonly number[], version = 1): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, gzipSync(Uint8Array.of(...head(2, 1, 3), 1, 2, 3, 4, 5, 6 * version)));
  await writeFile(
    join(folder, "train-labels-idx1-ubyte.gz"),
    gzipSync(Uint8Array.of(...head(labels.length), ...labels)),
  );
  return path;
}

checkConnector({
  name: "idx",
  write: (folder, version) => write(folder, [7, 0], version),
  connect: (folder) => idx({ path: join(folder, name) }),
  plain: (batches: readonly ImageBatch[]) =>
    batches.map(({ pixels, labels }) => [pixels.shape, [...pixels.data], labels]),
  expected: [
    [
      [2, 1, 1, 3],
      [1, 2, 3, 4, 5, 6],
      ["7", "0"],
    ],
  ],
});

it("refuses labels of other pictures", async ({ onTestFinished }) => {
  const folder = await mkdtemp(join(tmpdir(), "athanor-idx-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = await write(folder, [1]);
  const reading = idx({ path }).open()[Symbol.asyncIterator]().next();
  await expect(reading).rejects.toMatchObject({ code: "data/broken-archive" });
});
