import { int64, Random, Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import type { BatchSource } from "./batch-source.ts";
import { mixed } from "./mixed.ts";
import { mixup } from "./mixes/mixup.ts";

const labels = [0, 2, 1];
const source: BatchSource = {
  count: 3,
  targets: { dtype: "int64", shape: [] },
  take: async (rows) => ({
    x: new Tensor(
      "uint8",
      Uint8Array.from(rows, (row) => 50 * row),
      [rows.length, 1, 1, 1],
    ),
    y: int64(Array.from(rows, (row) => labels[row]!)),
  }),
};
const rows = Uint32Array.of(1, 0);
const data = async (given: BatchSource, seed: number) => {
  const { x, y } = await given.take(rows, Random.from(seed));
  return [(x as Tensor).data, y.data];
};

it("turns labels into shares of classes", async () => {
  const plain = mixed(source, { classes: 3 });
  expect(plain.targets).toEqual({ dtype: "float32", shape: [3] });
  expect((await data(plain, 1))[1]).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0));
  const smooth = await data(mixed(source, { classes: 3, labelSmoothing: 0.3 }), 1);
  expect(Array.from(smooth[1] as Float32Array, (share) => share.toFixed(1))).toEqual(
    "0.1 0.1 0.8 0.8 0.1 0.1".split(" "),
  );
});

it("mixes as often as it is told, the same for the same stream", async () => {
  const [always, never] = [1, 0].map((probability) => mixed(source, { classes: 3, mixes: [mixup({})], probability }));
  expect(await data(always!, 1)).toEqual(await data(always!, 1));
  expect(await data(always!, 1)).not.toEqual(await data(never!, 1));
  expect(await data(never!, 1)).toEqual(await data(mixed(source, { classes: 3 }), 1));
});
