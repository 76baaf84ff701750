import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@athanor/core";
import { kMeans, type Points } from "@athanor/mining";
import { startPeer } from "../peer.ts";
import { readDigits } from "../read-idx.ts";

const maxIterations = 20;

interface Answer {
  readonly seconds: Readonly<Record<"lloyd" | "elkan", number>>;
  readonly inertia: number;
}

/** Colours of a picture: clouds of different size and spread. */
function colours(count: number): Points {
  const random = Random.from(3);
  const clouds = Array.from({ length: 40 }, () =>
    Array.from({ length: 4 }, (_, i) => (i < 3 ? 255 * random.uniform() : 2 + 20 * random.uniform())),
  );
  const values = new Float64Array(count * 3);
  for (let i = 0; i < count; i++) {
    const cloud = clouds[random.integer(clouds.length)]!;
    for (let j = 0; j < 3; j++) values[3 * i + j] = cloud[j]! + cloud[3]! * random.normal();
  }
  return { values, features: 3 };
}

/** K-means from the same first centroids as scikit-learn, for as many iterations at most. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  await using peer = startPeer("kmeans.py");
  const folder = await mkdtemp(join(tmpdir(), "athanor-bench-"));
  const figures: Record<string, unknown> = {};
  try {
    const sets = {
      colours: colours(196_608),
      digits: { values: new Float64Array(readDigits(60_000).images), features: 784 },
    };
    for (const [name, points] of Object.entries(sets)) {
      const file = join(folder, name);
      await writeFile(file, points.values);
      for (const clusters of [10, 100]) {
        const chosen = Random.from(clusters)
          .permutation(points.values.length / points.features)
          .subarray(0, clusters);
        const initial = new Float64Array(clusters * points.features);
        for (const [i, row] of chosen.entries())
          initial.set(points.values.subarray(row * points.features, (row + 1) * points.features), i * points.features);
        await writeFile(`${file}-initial`, initial);
        const from = performance.now();
        const found = await kMeans(points, { clusters, initial, seed: 0, maxIterations });
        const seconds = (performance.now() - from) / 1000;
        const theirs = await peer.ask<Answer>({
          points: file,
          initial: `${file}-initial`,
          features: points.features,
          maxIterations,
        });
        const least = Math.min(theirs.seconds.lloyd, theirs.seconds.elkan);
        log(
          `${name}, ${clusters} clusters: ${seconds.toFixed(2)} s, inertia ${found.inertia.toFixed(0)}; scikit-learn ${theirs.seconds.lloyd.toFixed(2)} s (Lloyd), ${theirs.seconds.elkan.toFixed(2)} s (Elkan), inertia ${theirs.inertia.toFixed(0)}`,
        );
        figures[`${name}${clusters}`] = {
          seconds,
          timesScikitLearn: least / seconds,
          inertiaOverTheirs: found.inertia / theirs.inertia,
        };
      }
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
