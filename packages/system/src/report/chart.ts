import { BarChart, GraphChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, VisualMapComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ConfusionMatrix, Curve, RocCurve } from "../task/evaluation.ts";
import { Markup } from "./html.ts";
import type { Labels } from "./labels.ts";
import type { GraphReport } from "./report-data.ts";

use([BarChart, GraphChart, HeatmapChart, LineChart, GridComponent, LegendComponent, VisualMapComponent, SVGRenderer]);

const palette = [
  "#3b6fb6",
  "#d9822b",
  "#4d9a5b",
  "#b8443c",
  "#7b5fa7",
  "#8a6d4f",
  "#c06aa0",
  "#6f7b87",
  "#a39b2e",
  "#2f9aa8",
];
const ink = "#4a5560";
const grid = { left: 56, right: 16, top: 32, bottom: 40 };
const axis = (name: string, more: object = {}) => ({
  type: "value",
  name,
  nameLocation: "middle",
  nameGap: name ? 26 : 0,
  scale: true,
  axisLabel: { color: ink },
  nameTextStyle: { color: ink },
  splitLine: { lineStyle: { color: "#e6e9ed" } },
  ...more,
});

function draw(option: EChartsCoreOption, width: number, height: number): Markup {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, color: palette, textStyle: { fontFamily: "inherit" }, ...option });
    return new Markup(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

const lines = (curves: readonly Curve[]) =>
  curves.map(({ name, points }) => ({ type: "line", name, data: points, symbolSize: points.length > 40 ? 0 : 4 }));
const legend = { top: 0, textStyle: { color: ink } };

/** Learning curves over epochs. */
export const curvesChart = (curves: readonly Curve[], { epoch }: Labels): Markup =>
  draw({ grid, legend, xAxis: axis(epoch), yAxis: axis(""), series: lines(curves) }, 480, 280);

/** Receiver operating characteristic, one curve a class, with the diagonal of chance. */
export const rocChart = (curves: readonly RocCurve[], { falsePositives }: Labels): Markup =>
  draw(
    {
      grid: { ...grid, top: 32 + 20 * Math.floor(curves.length / 3) },
      legend,
      xAxis: axis(falsePositives, { min: 0, max: 1 }),
      yAxis: axis("", { min: 0, max: 1 }),
      series: [
        ...lines(curves.map((curve) => ({ ...curve, name: `${curve.name} (${curve.auc.toFixed(3)})` }))).map(
          (line) => ({
            ...line,
            symbolSize: 0,
          }),
        ),
        {
          type: "line",
          symbolSize: 0,
          lineStyle: { type: "dashed", color: "#aab2bb" },
          data: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    },
    400,
    320,
  );

/** Confusion matrix: rows are the truth, columns the prediction. */
export function confusionChart({ labels, counts }: ConfusionMatrix, { predicted: theirs }: Labels): Markup {
  const cells = counts.flatMap((row, truth) =>
    row.map((count, predicted) => [predicted, labels.length - 1 - truth, count]),
  );
  const side = Math.max(260, 60 + labels.length * 44);
  const category = (data: readonly string[], name: string) => ({
    type: "category",
    data,
    name,
    nameLocation: "middle",
    nameGap: 30,
    axisLabel: { color: ink },
  });
  return draw(
    {
      grid: { left: 90, right: 10, top: 10, bottom: 50 },
      xAxis: category(labels, theirs),
      yAxis: { ...category([...labels].reverse(), ""), nameGap: 60 },
      visualMap: {
        show: false,
        min: 0,
        max: Math.max(1, ...counts.flat()),
        inRange: { color: ["#f3f6fa", "#3b6fb6"] },
      },
      series: [{ type: "heatmap", data: cells, label: { show: true, color: "#14202c" } }],
    },
    side + 100,
    side,
  );
}

/** Bars, largest on top. */
export const barsChart = (bars: readonly { readonly name: string; readonly value: number }[]): Markup => {
  const sorted = [...bars].sort((a, b) => a.value - b.value);
  return draw(
    {
      grid: { left: 160, right: 16, top: 8, bottom: 24 },
      xAxis: axis("", { min: 0 }),
      yAxis: { type: "category", data: sorted.map(({ name }) => name), axisLabel: { color: ink } },
      series: [{ type: "bar", data: sorted.map(({ value }) => value) }],
    },
    480,
    60 + 22 * bars.length,
  );
};

/** The graph's sample, coloured by entity type. */
export function graphChart({ nodes, edges }: GraphReport): Markup {
  const types = [...new Set(nodes.map(({ type }) => type))];
  const labelled = new Set(
    [...nodes]
      .sort((a, b) => b.size - a.size)
      .slice(0, 40)
      .map(({ id }) => id),
  );
  return draw(
    {
      legend: { ...legend, data: types },
      series: [
        {
          type: "graph",
          layout: "none",
          top: 40,
          categories: types.map((name) => ({ name })),
          lineStyle: { color: "#b9c1ca", width: 0.8, opacity: 0.7 },
          data: nodes.map(({ id, label, type, x, y, size }) => ({
            id,
            name: label,
            x,
            y,
            category: types.indexOf(type),
            symbolSize: size,
            label: {
              show: labelled.has(id),
              position: "right",
              fontSize: 10,
              color: ink,
              width: 140,
              overflow: "truncate",
            },
          })),
          links: edges.map(({ from, to }) => ({ source: from, target: to })),
        },
      ],
    },
    960,
    620,
  );
}
