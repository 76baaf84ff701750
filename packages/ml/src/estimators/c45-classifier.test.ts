import { float32, Random } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { c45Rules, rulesText } from "../c45/c45-rules.ts";
import { matrixFrom } from "../matrix.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { c45Classifier } from "./c45-classifier.ts";

checkEstimator(({ seed }) => c45Classifier({ seed }));

/** Outlook (sunny, overcast, rain), temperature, humidity, wind and whether to play, from Quinlan 1993, table 1. */
const [days, play] = (() => {
  const rows = [
    [0, 75, 70, 1, 1],
    [0, 80, 90, 1, 0],
    [0, 85, 85, 0, 0],
    [0, 72, 95, 0, 0],
    [0, 69, 70, 0, 1],
    [1, 72, 90, 1, 1],
    [1, 83, 78, 0, 1],
    [1, 64, 65, 1, 1],
    [1, 81, 75, 0, 1],
    [2, 71, 80, 1, 0],
    [2, 65, 70, 1, 0],
    [2, 75, 80, 0, 1],
    [2, 68, 80, 0, 1],
    [2, 70, 96, 0, 1],
  ];
  return [rows.map((row) => row.slice(0, 4)), rows.map((row) => (row[4] ? "play" : "don't"))];
})();
const names = {
  features: ["outlook", "temperature", "humidity", "windy"],
  categories: [["sunny", "overcast", "rain"], undefined, undefined, ["false", "true"]],
};
const golf = c45Classifier({ categorical: [0, 3] });
const linesOf = (model: Parameters<typeof c45Rules>[0]) =>
  rulesText(c45Rules(model), names)
    .split("\n")
    .map((line) => line.replace(/^\d+\. /, ""));

describe("c45Classifier", () => {
  it("grows the tree that the book shows for the golf data", async () => {
    const model = await golf.fit(matrixFrom(days), play);
    expect(linesOf(model)).toEqual([
      "if outlook = overcast then play (4)",
      "if outlook = sunny and humidity > 75 then don't (3)",
      "if outlook = rain and windy = false then play (3)",
      "if outlook = sunny and humidity <= 75 then play (2)",
      "if outlook = rain and windy = true then don't (2)",
    ]);
    expect(model.predict(matrixFrom(days))).toEqual(play);
  });

  it("grows and reads the book's tree with one outlook missing, by fractions of rows", async () => {
    const holes = days.map((row, i) => (i === 5 ? [Number.NaN, ...row.slice(1)] : row));
    const model = await golf.fit(matrixFrom(holes), play);
    expect(linesOf(model).toSorted()).toEqual([
      "if outlook = overcast then play (3.231)",
      "if outlook = rain and windy = false then play (3)",
      "if outlook = rain and windy = true then don't (2.385/0.3846)",
      "if outlook = sunny and humidity <= 75 then play (2)",
      "if outlook = sunny and humidity > 75 then don't (3.385/0.3846)",
    ]);
    // Sunny, 70 degrees, humidity unknown: 2.0 of 5.4 rows go to a leaf that plays, 3.4 to one that plays with 0.4 / 3.4.
    const asked = matrixFrom([[0, 70, Number.NaN, 0]]);
    const share = (2 + (3 + 5 / 13) * (5 / 13 / (3 + 5 / 13))) / (5 + 5 / 13);
    expect(model.predictProbabilities(asked)[1]).toBeCloseTo(share, 12);
    expect(share).toBeCloseTo(0.44, 2);
  });

  /** Labels of which three in ten are drawn, from two of five features. */
  const noisy = (samples: number, seed: number) => {
    const random = Random.from(seed);
    const rows = Array.from({ length: samples }, () => [
      random.integer(6),
      random.normal(),
      random.integer(3),
      random.uniform() < 0.2 ? Number.NaN : random.normal(),
      random.normal(),
    ]);
    const labels = rows.map(([a, b, , , e]) => {
      if (random.uniform() < 0.3) return random.choice(["a", "b", "c"]);
      return b! + 0.3 * e! > 0 ? (a! < 3 ? "b" : "c") : "a";
    });
    return { rows, labels };
  };

  it("predicts names it has not seen as missing ones, also when it is exported", async () => {
    const { rows, labels } = noisy(300, 3);
    const model = await c45Classifier({ categorical: [0, 2], pruning: false }).fit(matrixFrom(rows), labels);
    const odd = (value: number) => matrixFrom(rows.map((row, i) => (i % 2 ? [value, ...row.slice(1)] : row)));
    const expected = model.predictProbabilities(odd(Number.NaN));
    expect(model.predictProbabilities(odd(17))).toEqual(expected);
    const g = new GraphBuilder();
    g.output("scores", model.toOnnx(g, g.input("x", "float32", ["batch", 5])).probabilities);
    const { scores } = await (await openModel(g.build()))({ x: odd(17) });
    for (const [i, value] of expected.entries()) expect(Number(scores!.data[i])).toBeCloseTo(value, 6);
  });

  it("prunes what noise grew, by raising branches still more", async () => {
    const { rows, labels } = noisy(1400, 4);
    const [known, unseen] = [matrixFrom(rows.slice(0, 400)), matrixFrom(rows.slice(400))];
    const grown = async (options: { pruning?: boolean; subtreeRaising?: boolean }) => {
      const model = await c45Classifier({ categorical: [0, 2], ...options }).fit(known, labels.slice(0, 400));
      const right = model.predict(unseen).filter((label, i) => label === labels[400 + i]).length;
      return { leaves: c45Rules(model).length, right };
    };
    const [whole, replaced, raised] = [
      await grown({ pruning: false }),
      await grown({ subtreeRaising: false }),
      await grown({}),
    ];
    expect(replaced.leaves).toBeLessThan(whole.leaves);
    expect(raised.leaves).toBeLessThan(replaced.leaves);
    expect(replaced.right).toBeGreaterThan(whole.right);
    expect(raised.right).toBeGreaterThan(replaced.right);
  });

  it("refuses a categorical feature that is not there", async () => {
    await expect(c45Classifier({ categorical: [4] }).fit(float32([1, 2], [2, 1]), ["a", "b"])).rejects.toMatchObject({
      code: "ml/feature-option",
    });
  });
});
