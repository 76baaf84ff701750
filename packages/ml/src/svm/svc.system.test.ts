import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { svc } from "../estimators/svc.ts";
import { svr } from "../estimators/svr.ts";
import { matrixFrom } from "../matrix.ts";
import { smallWork } from "./solve-aside.ts";

/** Just enough for threads: three classes of 600 rows, 60 features. */
const rows = 1800;
const random = Random.from(1);
const labels = Array.from({ length: rows }, (_, row) => "abc"[row % 3]!);
const x = matrixFrom(
  labels.map((label) => Array.from({ length: 70 }, (_, j) => random.normal() + (j < 5 ? label.charCodeAt(0) : 0) / 2)),
);

it("separates on threads as it does here", async () => {
  expect(3 * 1200 ** 2 * 70).toBeLessThan(smallWork);
  const wide = matrixFrom(
    Array.from({ length: rows }, (_, row) => [...x.data.subarray(row * 70, (row + 1) * 70), ...new Float32Array(60)]),
  );
  expect(3 * 1200 ** 2 * 130).toBeGreaterThan(smallWork);
  const gamma = 0.01;
  const stages: string[] = [];
  const here = await svc({ gamma, probability: true }).fit(x, labels);
  const there = await svc({ gamma, probability: true }).fit(wide, labels, {
    onProgress: ({ stage, done, total }) => stages.push(`${stage} ${done}/${total}`),
  });
  // Features that are all zero change no distance.
  expect(there.predictProbabilities(wide)).toEqual(here.predictProbabilities(x));
  expect(stages).toEqual(["separating 1/3", "separating 2/3", "separating 3/3"]);
});

it("stops on the signal while threads work", async () => {
  const abort = new AbortController();
  const wide = matrixFrom(Array.from({ length: 4000 }, () => Array.from({ length: 40 }, () => random.normal())));
  const fitting = svr({ epsilon: 0, c: 100, tol: 1e-8 }).fit(
    wide,
    new Float64Array(4000).map(() => random.normal()),
    {
      signal: abort.signal,
    },
  );
  setImmediate(() => abort.abort(new Error("enough")));
  await expect(fitting).rejects.toThrow("enough");
});
