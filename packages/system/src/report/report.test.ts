import { describe, expect, it } from "vitest";
import { changesSince } from "./changes-since.ts";
import { labels, wordIn } from "./labels.ts";
import { renderReport } from "./render-report.ts";
import type { ReportData } from "./report-data.ts";

const data: ReportData = {
  language: "en",
  name: "shop",
  run: { id: 7, started: 0, durationMs: 1500 },
  changes: [{ en: "books changed.", zh: "books 有变化。" }],
  sources: [{ name: "books", kind: "table", rows: 12, columns: [] }],
  graph: {
    entities: { Book: 3 },
    relations: { LIKES: 2 },
    nodes: [],
    edges: [],
    central: [{ name: "Tea & <Cup>", type: "Book", share: 0.5 }],
    components: 2,
    largestComponent: 0.75,
  },
  findings: [
    {
      name: "goods",
      title: { en: "goods: 1 rule", zh: "goods：1 条规则" },
      sentences: { en: ["Tea goes with cups."], zh: ["茶配杯。"] },
      table: { columns: ["if", "then"], rows: [["tea", "cup"]] },
    },
  ],
  tasks: [
    {
      name: "churn",
      summary: "Predicts who leaves",
      version: 2,
      stage: "champion",
      metrics: { accuracy: 0.9 },
      previousMetrics: { accuracy: 0.8 },
      candidates: [],
      curves: [{ name: "train loss", points: [[1, 0.5]] }],
    },
  ],
  steps: [{ name: "ingest:books", status: "done", durationMs: 10, reason: "never ran" }],
};

describe("the report", () => {
  it.each([
    [
      "en",
      [
        "What changed since the last run",
        "books changed.",
        "Tea goes with cups.",
        "champion",
        "before 0.8",
        "never ran",
      ],
    ],
    [
      "zh",
      ["自上次运行以来的变化", "books 有变化。", "茶配杯。", "在用", "之前 0.8", "从未运行", "训练损失", "<th>若</th>"],
    ],
  ] as const)("says everything in its language: %s", (language, texts) => {
    const page = renderReport({ ...data, language });
    expect(page).toContain(`<html lang="${language}">`);
    for (const text of texts) expect(page).toContain(text);
    const other = labels[language === "en" ? "zh" : "en"];
    for (const text of [other.changes, other.takenIn, other.findings, other.central]) expect(page).not.toContain(text);
    expect(page).toContain("Tea &amp; &lt;Cup&gt;");
    expect(page).toContain("75.0 %");
  });

  it("keeps words that have no other name", () => {
    expect([wordIn("zh", "f1"), wordIn("zh", "accuracy"), wordIn("en", "accuracy")]).toEqual([
      "f1",
      "准确率",
      "accuracy",
    ]);
  });

  it("tells the first run from later ones, in both languages", () => {
    const nothing = { results: [], before: new Map(), models: [], previousModels: [] };
    expect(changesSince(nothing)).toEqual([
      { en: expect.stringMatching(/first run/), zh: expect.stringMatching(/第一次/) },
    ]);
  });
});
