import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@athanor/core";
import type { Matrix } from "@athanor/ml";
import { median } from "./median.ts";
import { startPeer } from "./peer.ts";

/** Samples and classes, every fifth row set apart. */
export interface Parted {
  readonly x: Matrix;
  readonly y: Int32Array;
  readonly testX: Matrix;
  readonly testY: Int32Array;
}

export interface Measured {
  readonly fit: number;
  readonly predict: number;
  /** How well it does on the rows set apart. */
  readonly score: number;
  readonly vectors?: number;
  readonly loss?: number;
}

/** What both sides are to do. */
export interface Contest {
  readonly name: string;
  readonly title: string;
  readonly data: Parted;
  readonly pairs: number;
  /** scikit-learn's own words. */
  readonly options: Readonly<Record<string, unknown>>;
  ours(data: Parted): Promise<Measured>;
}

/** Numbers each class by its place in the alphabet. */
export function parted(values: Float32Array, features: number, targets: readonly unknown[]): Parted {
  const labels = targets.map(String);
  const places = new Map([...new Set(labels)].sort().map((label, place) => [label, place]));
  const part = (isTest: boolean) => {
    const rows = labels.flatMap((_, row) => ((row % 5 === 4) === isTest ? [row] : []));
    const data = new Float32Array(rows.length * features);
    for (const [to, row] of rows.entries())
      data.set(values.subarray(row * features, (row + 1) * features), to * features);
    return {
      x: float32(data, [rows.length, features]),
      y: Int32Array.from(rows, (row) => places.get(labels[row]!)!),
    };
  };
  const [train, test] = [part(false), part(true)];
  return { ...train, testX: test.x, testY: test.y };
}

export const secondsOf = async <T>(work: () => T | Promise<T>): Promise<readonly [number, T]> => {
  const from = performance.now();
  const result = await work();
  return [(performance.now() - from) / 1000, result];
};

/** Our fits and scikit-learn's in turn: the median ratio of the pairs, the best seconds of either side, and what they reach. */
export async function besideScikitLearn(
  contests: readonly Contest[],
  log: (line: string) => void,
): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-bench-"));
  await using peer = startPeer("estimators.py");
  const figures: Record<string, unknown> = {};
  try {
    for (const { name, title, data, pairs, options, ours } of contests) {
      const files = Object.fromEntries(
        (["x", "y", "testX", "testY"] as const).map((key) => [key, join(folder, `${title}.${key}`)]),
      );
      for (const [key, file] of Object.entries(files)) {
        const value = data[key as keyof Parted];
        await writeFile(file, "data" in value ? value.data : value);
      }
      const own: Measured[] = [];
      const theirs: Measured[] = [];
      for (let pair = 0; pair < pairs; pair++) {
        own.push(await ours(data));
        theirs.push(await peer.ask<Measured>({ name, options, features: data.x.shape[1], ...files }));
        const [a, b] = [own.at(-1)!, theirs.at(-1)!];
        log(
          `${title}: fit ${a.fit.toFixed(3)} s, scikit-learn ${b.fit.toFixed(3)} s; predict ${a.predict.toFixed(3)} s, ${b.predict.toFixed(3)} s; score ${a.score.toFixed(4)}, ${b.score.toFixed(4)}`,
        );
      }
      const ratio = (what: "fit" | "predict") => median(own.map((each, i) => theirs[i]![what] / each[what]));
      const best = (side: readonly Measured[], what: "fit" | "predict") => Math.min(...side.map((each) => each[what]));
      const [a, b] = [own.at(-1)!, theirs.at(-1)!];
      figures[title] = {
        ratio: { fit: ratio("fit"), predict: ratio("predict") },
        bestRatio: {
          fit: best(theirs, "fit") / best(own, "fit"),
          predict: best(theirs, "predict") / best(own, "predict"),
        },
        seconds: best(own, "fit"),
        theirSeconds: best(theirs, "fit"),
        score: a.score,
        theirScore: b.score,
        ...(a.vectors === undefined ? {} : { vectors: a.vectors, theirVectors: b.vectors }),
        ...(a.loss === undefined ? {} : { loss: a.loss, theirLoss: b.loss }),
      };
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
