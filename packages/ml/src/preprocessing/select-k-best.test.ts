import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { isLabels } from "../target.ts";
import { golden } from "../testing/check-golden.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { told } from "../testing/told.ts";
import { selectKBest } from "./select-k-best.ts";

checkTransformer(({ seed }) => selectKBest({ k: 2, seed }));
checkSameFeatures("selectKBest", selectKBest);

const play = {
  x: matrixFrom([
    [0, 1],
    [0, 2],
    [1, 3],
    [1, 4],
  ]),
  labels: ["no", "no", "yes", "yes"],
};

/** Recorded values have nine digits; single-precision samples bring some of them to equal distances. */
const tolerance = 1e-6;

describe("scores beside scikit-learn", () => {
  interface Recorded {
    readonly set: string;
    readonly score: "anovaF" | "chi2" | "mutualInformation";
    readonly nNeighbors?: number;
    readonly x: "own" | "spread" | "discrete";
    readonly values: readonly number[];
  }
  type Samples = Readonly<Record<Recorded["x"] | "target", readonly number[]>>;
  const { samples, scores } = golden<{
    readonly samples: Readonly<Record<string, Samples>>;
    readonly scores: readonly Recorded[];
  }>("selectors");
  it.each(scores.map((each) => [`${each.score} of ${each.set}, ${each.x}`, each] as const))(
    "%s",
    async (_, { set, score, nNeighbors = 3, x, values }) => {
      const { target } = told(set);
      const data = Float32Array.from(samples[set]![x]);
      const discrete = x === "discrete" ? [...values.keys()] : [];
      const { state } = await selectKBest({ score, nNeighbors, discrete }).fit(
        float32(data, [target.length, values.length]),
        x === "own" || isLabels(target) ? target : samples[set]!.target,
      );
      for (const [j, value] of values.entries())
        expect(Math.abs(state.scores[j]! - value), `column ${j}`).toBeLessThan(tolerance * Math.max(1, value));
    },
  );
});

it("counts the bits that a feature gives, and charges gain ratio for features of many values", async () => {
  const gain = await selectKBest({ k: 1, score: "informationGain" }).fit(play.x, play.labels);
  expect(gain.state).toEqual({ scores: Float64Array.of(1, 1), kept: [0] });
  const ratio = await selectKBest({ k: 1, score: "gainRatio" }).fit(play.x, play.labels);
  expect(ratio.state).toEqual({ scores: Float64Array.of(1, 0.5), kept: [0] });
});

it("refuses negative counts for chi2, and numbers to predict where it needs labels", async () => {
  const negative = matrixFrom([[1], [-1]]);
  await expect(selectKBest({ score: "chi2" }).fit(negative, ["a", "b"])).rejects.toMatchObject({ code: "ml/negative" });
  await expect(selectKBest({ score: "gainRatio" }).fit(play.x, [1, 2, 3, 4])).rejects.toMatchObject({
    code: "ml/no-labels",
  });
});
