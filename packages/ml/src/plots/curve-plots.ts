import type { CalibrationPoint } from "../metrics/calibration-curve.ts";
import type { PrecisionRecallPoint } from "../metrics/precision-recall-curve.ts";
import type { Roc } from "../metrics/roc-curve.ts";
import type { CurvePoint } from "../search/curves.ts";
import { linePlot, type PlotLine } from "./line-plot.ts";

const diagonal = (name: string): PlotLine => ({
  name,
  isReference: true,
  points: [
    [0, 0],
    [1, 1],
  ],
});

/** A receiver operating characteristic as an SVG. */
export const rocPlot = ({ points, auc }: Roc): string =>
  linePlot({
    title: `ROC, area ${auc.toFixed(3)}`,
    x: "false positive rate",
    y: "true positive rate",
    lines: [{ name: "model", points }, diagonal("chance")],
  });

/** Precision against recall as an SVG. */
export const precisionRecallPlot = (points: readonly PrecisionRecallPoint[]): string =>
  linePlot({
    title: "Precision and recall",
    x: "recall",
    y: "precision",
    lines: [{ name: "model", points: points.map(({ precision, recall }) => [recall, precision]) }],
  });

/** Shares that were positive against the probabilities given, as an SVG. */
export const calibrationPlot = (points: readonly CalibrationPoint[]): string =>
  linePlot({
    title: "Calibration",
    x: "probability given",
    y: "share that was positive",
    lines: [
      { name: "model", points: points.map(({ predicted, observed }) => [predicted, observed]) },
      diagonal("perfect"),
    ],
  });

/** A learning or validation curve of one scorer as an SVG; `x` says what its points are at. */
export const scoreCurvePlot = (points: readonly CurvePoint<number>[], scorer: string, x = "rows learnt from"): string =>
  linePlot({
    title: `${scorer} by ${x}`,
    x,
    y: scorer,
    lines: (["train", "test"] as const).map((part) => ({
      name: part === "train" ? "rows learnt from" : "held-back rows",
      points: points.flatMap((point) => {
        const scores = point[part][scorer];
        return scores ? [[point.at, scores.mean] as const] : [];
      }),
    })),
  });
