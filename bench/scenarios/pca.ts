import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@athanor/core";
import { pca } from "@athanor/ml";
import { secondsOf } from "../beside-scikit-learn.ts";
import { median } from "../median.ts";
import { startPeer } from "../peer.ts";
import { readDigits } from "../read-idx.ts";

const [rows, features, components, pairs] = [60_000, 784, 50, 3];
/** Of scikit-learn, the solver that is exact and fastest on many rows. */
const solver = "covariance_eigh";

interface Answer {
  readonly fit: number;
  readonly transform: number;
  readonly axes: readonly (readonly number[])[];
  readonly variances: readonly number[];
}

/** Principal components of digits, beside scikit-learn's: the seconds, and how far subspace and variances are apart. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const x = float32(readDigits(rows).images, [rows, features]);
  const folder = await mkdtemp(join(tmpdir(), "athanor-bench-"));
  await using peer = startPeer("pca.py");
  try {
    const file = join(folder, "x");
    await writeFile(file, x.data);
    const ratios: { readonly fit: number; readonly transform: number; readonly both: number }[] = [];
    let figures = {};
    for (let pair = 0; pair < pairs; pair++) {
      const [fit, model] = await secondsOf(() => pca({ nComponents: components }).fit(x));
      const [transform] = await secondsOf(() => model.transform(x));
      const theirs = await peer.ask<Answer>({ x: file, features, components, solver });
      log(
        `fit ${fit.toFixed(2)} s, scikit-learn ${theirs.fit.toFixed(2)} s; transform ${transform.toFixed(2)} s, ${theirs.transform.toFixed(2)} s`,
      );
      ratios.push({
        fit: theirs.fit / fit,
        transform: theirs.transform / transform,
        both: (theirs.fit + theirs.transform) / (fit + transform),
      });
      const { coefficients, explainedVariance } = model.state;
      const off = theirs.variances.map((variance, i) => Math.abs(explainedVariance[i]! / variance - 1));
      // Of each of their axes, the part that our subspace does not hold.
      const outside = theirs.axes.map((axis) => {
        const along = Array.from({ length: components }, (_, k) =>
          axis.reduce((sum, value, j) => sum + value * coefficients[k * features + j]!, 0),
        );
        return Math.abs(1 - along.reduce((sum, value) => sum + value ** 2, 0));
      });
      figures = { variancesApart: Math.max(...off), outsideSubspace: Math.max(...outside) };
    }
    const middle = (what: "fit" | "transform" | "both") => median(ratios.map((ratio) => ratio[what]));
    return { ratio: { fit: middle("fit"), transform: middle("transform"), both: middle("both") }, ...figures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
