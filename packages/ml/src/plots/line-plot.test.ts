import { describe, expect, it } from "vitest";
import { calibrationCurve } from "../metrics/calibration-curve.ts";
import { precisionRecallCurve } from "../metrics/precision-recall-curve.ts";
import { rocCurve } from "../metrics/roc-curve.ts";
import { calibrationPlot, precisionRecallPlot, rocPlot, scoreCurvePlot } from "./curve-plots.ts";
import { linePlot } from "./line-plot.ts";

const isPositive = [true, false, true, false];
const scores = [0.9, 0.7, 0.6, 0.1];

describe("a line plot", () => {
  it("puts points in proportion, names axes and lines, and leaves out what is not finite", () => {
    const svg = linePlot({
      title: "a < b",
      x: "steps",
      y: "loss",
      lines: [
        {
          name: "ours",
          points: [
            [0, 0],
            [1, Number.NaN],
            [2, 4],
            [4, 8],
          ],
        },
      ],
    });
    // Half of either axis lies in the middle of it.
    expect(svg).toContain('d="M56 272L260 152L464 32"');
    for (const words of ["a &lt; b", "steps", "loss", "ours", ">8</text>"]) expect(svg).toContain(words);
  });

  it("takes its ink from the page, so that it is read on light and dark ones", () => {
    const svg = linePlot({ title: "t", x: "x", y: "y", lines: [] });
    expect(svg).toContain('fill="currentColor"');
    expect(svg).not.toMatch(/fill="(white|black|#fff|#000)/);
  });

  it("gives a constant line room", () => {
    const svg = linePlot({
      title: "t",
      x: "x",
      y: "y",
      lines: [
        {
          name: "n",
          points: [
            [1, 3],
            [2, 3],
          ],
        },
      ],
    });
    expect(svg).toContain('d="M56 152L464 152"');
  });
});

it.each([
  ["a ROC", rocPlot(rocCurve(isPositive, scores)), ["ROC, area 0.750", "false positive rate", "chance"]],
  ["precision and recall", precisionRecallPlot(precisionRecallCurve(isPositive, scores)), ["recall", "precision"]],
  ["a calibration", calibrationPlot(calibrationCurve(isPositive, scores)), ["probability given", "perfect"]],
  [
    "a learning curve",
    scoreCurvePlot(
      [10, 20].map((at) => {
        const part = { accuracy: { mean: at / 40, deviation: 0, folds: [at / 40] } };
        return { at, train: part, test: part } as never;
      }),
      "accuracy",
    ),
    ["accuracy by rows learnt from", "held-back rows", "M56 "],
  ],
])("draws %s", (_, svg, words) => {
  for (const each of words) expect(svg).toContain(each);
});
