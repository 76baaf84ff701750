import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../matrix.ts";
import { comparisons, distancesOf } from "./distance.ts";
import { buildHnsw, searchHnsw } from "./hnsw.ts";
import { indexSamples, nearest, type SampleIndex } from "./nearest.ts";

const metrics = ["euclidean", "manhattan", "cosine"] as const;

/** Points around a few centres on a plane of `rank` directions, some of them twice. */
function clouds(rows: number, features: number, rank: number): Matrix {
  const random = Random.from(3);
  const normals = (count: number) => Array.from({ length: count }, () => random.normal());
  const axes = Array.from({ length: rank }, () => normals(features));
  const data = new Float32Array(rows * features);
  for (let row = 0; row < rows; row++) {
    if (row % 50 === 49) data.copyWithin(row * features, (row - 7) * features, (row - 6) * features);
    else
      for (const [i, axis] of axes.entries()) {
        const weight = random.normal() + ((row >> i) % 3);
        for (let j = 0; j < features; j++) data[row * features + j]! += weight * axis[j]! + 0.05 * random.normal();
      }
  }
  return float32(data, [rows, features]);
}

/** Every stored sample compared in full. */
function compareAll(x: Matrix, { samples, features, metric }: SampleIndex, k: number) {
  const found = Array.from({ length: x.shape[0]! }, (_, row) =>
    Array.from({ length: samples.length / features }, (_, other) => ({
      other,
      value: comparisons[metric](x.data, row * features, samples, other * features, features),
    }))
      .sort((a, b) => a.value - b.value || a.other - b.other)
      .slice(0, k),
  ).flat();
  return {
    rows: Int32Array.from(found, ({ other }) => other),
    distances: distancesOf(
      metric,
      Float64Array.from(found, ({ value }) => value),
    ),
  };
}

/** Share of the nearest that a search along links finds. */
function recall(asked: Matrix, index: SampleIndex, rows: Int32Array, k: number): number {
  const exact = nearest(asked, index, k).rows;
  const common = Array.from({ length: asked.shape[0]! }, (_, row) => {
    const all = new Set(exact.subarray(k * row, k * (row + 1)));
    return rows.subarray(k * row, k * (row + 1)).filter((each) => all.has(each)).length;
  });
  return common.reduce((a, b) => a + b) / exact.length;
}

describe.each(metrics)("neighbours by %s distance", (metric) => {
  it.each([
    ["few features", clouds(700, 5, 3), false],
    ["many features on few directions", clouds(4200, 130, 6), metric !== "manhattan"],
  ])("are those that a full comparison finds, in %s", (_, x, isSketched) => {
    const index = indexSamples(x, metric);
    expect(index.packed.length > 0).toBe(isSketched);
    const asked = clouds(11, x.shape[1]!, 4);
    const moved = float32([...x.data.subarray(0, 3 * x.shape[1]!), ...asked.data], [14, x.shape[1]!]);
    expect(nearest(moved, index, 6)).toEqual(compareAll(moved, index, 6));
  });

  it("are mostly found along the links of a graph, and the same ones again", async () => {
    const index = indexSamples(clouds(1200, 12, 8), metric);
    const settings = { m: 8, efConstruction: 60 };
    const graph = await buildHnsw(index, settings, Random.from(5));
    expect(await buildHnsw(index, settings, Random.from(5))).toEqual(graph);
    const asked = clouds(60, 12, 8);
    expect(recall(asked, index, searchHnsw(asked, index, graph, 10, 60).rows, 10)).toBeGreaterThan(0.95);
  });
});

it("compares all samples where a sketch would rule out too few", () => {
  const random = Random.from(8);
  const x = float32(
    Float32Array.from({ length: 4200 * 130 }, () => random.normal()),
    [4200, 130],
  );
  expect(indexSamples(x).packed).toHaveLength(0);
});

const digits = join(process.env.ATHANOR_DATA ?? "../shared/data", "mnist", "train-images-idx3-ubyte.gz");

it.skipIf(!existsSync(digits))(
  "finds nineteen of twenty nearest digits along links (needs MNIST in ATHANOR_DATA)",
  async () => {
    const pixels = gunzipSync(readFileSync(digits)).subarray(16, 16 + 10_200 * 784);
    const images = Float32Array.from(pixels, (value) => value / 255);
    const part = (from: number, to: number) => float32(images.slice(from * 784, to * 784), [to - from, 784]);
    const index = indexSamples(part(0, 10_000));
    const graph = await buildHnsw(index, { m: 16, efConstruction: 100 }, Random.from(0));
    const asked = part(10_000, 10_200);
    expect(recall(asked, index, searchHnsw(asked, index, graph, 10, 64).rows, 10)).toBeGreaterThanOrEqual(0.95);
  },
  300_000,
);
