import { readFile, rename, writeFile } from "node:fs/promises";
import type { ColumnProfile } from "@athanor/data";
import { graphSummary, openGraph, sampleGraph } from "@athanor/knowledge";
import type { Language } from "../language.ts";
import type { Findings } from "../miner/define-miner.ts";
import type { StepResult } from "../pipeline/run-steps.ts";
import type { StepRecord } from "../pipeline/step-record.ts";
import type { ModelVersion } from "../registry/registry.ts";
import type { LearningSystem } from "../system.ts";
import type { Evaluation, Trained } from "../task/define-task.ts";
import { centralEntities } from "./central-entities.ts";
import { changesSince } from "./changes-since.ts";
import type { ReportData, SourceReport } from "./report-data.ts";

export interface ReportInput {
  readonly path: string;
  readonly language: Language;
  readonly run: number;
  readonly started: number;
  readonly durationMs: number;
  readonly results: readonly StepResult[];
  readonly before: ReadonlyMap<string, StepRecord>;
  readonly models: readonly ModelVersion[];
  readonly previousModels: readonly ModelVersion[];
}

/** Gathers what a run did and writes it as a page; the old page stays until the new one is whole. */
export async function writeReport({ config, workspace }: LearningSystem, input: ReportInput): Promise<void> {
  const outputs = new Map(
    input.results
      .filter(({ status }) => status === "fresh" || status === "done")
      .map(({ name, output }) => [name, output.data]),
  );
  const ofKind = (kind: string) =>
    [...outputs].flatMap(([name, data]) =>
      name.startsWith(`${kind}:`) ? [[name.slice(kind.length + 1), data] as const] : [],
    );
  const graph = openGraph(workspace.connection);
  const summary = graphSummary(graph);
  const data: ReportData = {
    language: input.language,
    name: config.name,
    run: { id: input.run, started: input.started, durationMs: input.durationMs },
    changes: changesSince(input),
    sources: ofKind("ingest").map(
      ([name, each]): SourceReport => ({
        name,
        kind: each.kind as string,
        rows: each.rows as number,
        columns: (each.columns as readonly ColumnProfile[]).map((column) => ({ ...column, range: rangeOf(column) })),
      }),
    ),
    ...(Object.keys(summary.entities).length > 0
      ? { graph: { ...summary, ...sampleGraph(graph), ...centralEntities(graph) } }
      : {}),
    findings: [
      ...ofKind("mine").map(([name, each]) => {
        const { title, sentences, table } = each as unknown as Findings;
        return { name, title, sentences: { en: sentences.en.slice(0, 10), zh: sentences.zh.slice(0, 10) }, table };
      }),
      ...ofKind("resolve").map(([name, each]) => {
        const pairs = each.pairs as readonly {
          readonly pair: readonly [string, string];
          readonly probability: number;
        }[];
        const rows = pairs.slice(0, 50).map(({ pair: [a, b], probability }) => [a, b, probability] as const);
        return {
          name,
          title: {
            en: `${name}: ${pairs.length} pairs that are probably the same`,
            zh: `${name}：${pairs.length} 对可能相同`,
          },
          sentences: { en: [], zh: [] },
          table: { columns: ["one", "other", "probability"], rows },
        };
      }),
    ],
    tasks: input.models.flatMap((model) => {
      const [trained, evaluated] = [
        outputs.get(`train:${model.task}`) as unknown as Trained,
        outputs.get(`evaluate:${model.task}`) as unknown as Evaluation,
      ];
      if (trained === undefined || evaluated === undefined) return [];
      const previous = input.previousModels.find(({ task }) => task === model.task);
      return [
        {
          name: model.task,
          summary: model.card.summary,
          version: model.version,
          stage: model.stage,
          candidates: trained.candidates,
          curves: trained.curves,
          ...(trained.importances ? { importances: trained.importances } : {}),
          ...evaluated,
          ...(previous ? { previousMetrics: previous.metrics } : {}),
        },
      ];
    }),
    steps: input.results,
  };
  await store(input.path, data);
}

/** Writes the page again when it is in another language than wanted. */
export async function translateReport(path: string, language: Language): Promise<void> {
  const stored = await readFile(dataPath(path), "utf8").catch(() => undefined);
  if (stored === undefined) return;
  const data = JSON.parse(stored) as ReportData;
  if (data.language !== language) await store(path, { ...data, language });
}

/** The page, and beside it the data that it is made from. */
async function store(path: string, data: ReportData): Promise<void> {
  const { renderReport } = await import("./render-report.ts");
  for (const [file, text] of [
    [dataPath(path), JSON.stringify(data)],
    [path, renderReport(data)],
  ] as const) {
    const temporary = `${file}.${process.pid}.tmp`;
    await writeFile(temporary, text);
    await rename(temporary, file);
  }
}

const dataPath = (path: string): string => path.replace(/\.html$/, ".json");

function rangeOf({ type, min, max, top }: ColumnProfile): string {
  if (top) return top.map(([value, count]) => `${value.slice(0, 30)} (${count})`).join(", ");
  if (min === undefined || max === undefined) return "";
  const show = (value: number) =>
    type === "time" ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(6)));
  return `${show(min)} … ${show(max)}`;
}
