import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
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

it("counts the bits that a feature gives, and charges gain ratio for features of many values", async () => {
  const gain = await selectKBest({ k: 1, score: "informationGain" }).fit(play.x, play.labels);
  expect(gain.state).toEqual({ scores: Float64Array.of(1, 1), kept: [0] });
  const ratio = await selectKBest({ k: 1, score: "gainRatio" }).fit(play.x, play.labels);
  expect(ratio.state).toEqual({ scores: Float64Array.of(1, 0.5), kept: [0] });
});

it("refuses negative counts for chi2", async () => {
  const negative = matrixFrom([[1], [-1]]);
  await expect(selectKBest({ score: "chi2" }).fit(negative, ["a", "b"])).rejects.toMatchObject({ code: "ml/negative" });
});
