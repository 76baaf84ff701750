import { barsChart, confusionChart, curvesChart, graphChart, rocChart } from "./chart.ts";
import { html, type Markup } from "./html.ts";
import type { FindingReport, GraphReport, ReportData, SourceReport, TaskReport } from "./report-data.ts";
import { style } from "./style.ts";

/** Renders the report as one HTML page that needs nothing beside it. */
export function renderReport(data: ReportData): string {
  const { name, run, changes, sources, graph, findings, tasks, steps } = data;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · Athanor report</title><style>${style}</style></head><body>
<header><h1>${name}</h1><p class="lead">Run ${run.id} · ${new Date(run.started).toISOString().slice(0, 16).replace("T", " ")} UTC · ${seconds(run.durationMs)}</p></header>
<main>
<h2>What changed since the last run</h2><section class="card">${list(changes)}</section>
<h2>What was taken in</h2><section class="card">${table(
    ["source", "kind", "rows", "columns"],
    sources.map((source) => [source.name, source.kind, source.rows, source.columns.length]),
  )}
${sources.filter(({ columns }) => columns.length > 0).map(sourceDetails)}</section>
${graph ? graphSection(graph) : undefined}
${findings.length > 0 ? html`<h2>Findings</h2>` : undefined}${findings.map(findingSection)}
${tasks.length > 0 ? html`<h2>Models</h2>` : undefined}${tasks.map(taskSection)}
<h2>Steps</h2><section class="card"><table><tr><th>step</th><th>status</th><th>time</th><th>why</th></tr>${steps.map(
    (step) =>
      html`<tr><td>${step.name}</td><td class="${step.status}">${step.status}</td><td class="number">${seconds(step.durationMs)}</td><td>${step.reason}</td></tr>`,
  )}</table></section>
</main></body></html>
`.text;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const show = (value: string | number): string =>
  typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(4) : String(value);
const list = (items: readonly string[]): Markup => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

const table = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]): Markup =>
  html`<table><tr>${columns.map((column) => html`<th>${column}</th>`)}</tr>${rows.map(
    (row) =>
      html`<tr>${row.map((cell) => (typeof cell === "number" ? html`<td class="number">${show(cell)}</td>` : html`<td>${cell}</td>`))}</tr>`,
  )}</table>`;

const sourceDetails = ({ name, columns }: SourceReport): Markup =>
  html`<details><summary>${name}: columns</summary>${table(
    ["column", "type", "missing", "distinct", "range or most frequent"],
    columns.map((column) => [column.name, column.type, column.missing, column.distinct, column.range]),
  )}</details>`;

const counts = (title: string, record: Readonly<Record<string, number>>): Markup =>
  html`<div class="figures">${Object.entries(record).map(
    ([type, count]) =>
      html`<div class="figure"><b>${count.toLocaleString("en")}</b><span>${type} ${title}</span></div>`,
  )}</div>`;

const graphSection = (graph: GraphReport): Markup =>
  html`<h2>Knowledge graph</h2><section class="card">${counts("entities", graph.entities)}${counts("relations", graph.relations)}${
    graph.nodes.length > 0 ? graphChart(graph) : undefined
  }</section>`;

const findingSection = ({ title, sentences, table: rows }: FindingReport): Markup =>
  html`<section class="card"><h3>${title}</h3><ol>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ol>${
    rows ? html`<details><summary>as a table</summary>${table(rows.columns, rows.rows)}</details>` : undefined
  }</section>`;

function taskSection(task: TaskReport): Markup {
  const { name, summary, version, stage, metrics, previousMetrics, candidates, curves, confusion, roc, importances } =
    task;
  const candidateMetrics = [...new Set(candidates.flatMap((candidate) => Object.keys(candidate.metrics)))];
  return html`<section class="card"><h3>${name}</h3><p class="soft">${summary} · version ${version}, ${stage}</p>
<div class="figures">${Object.entries(metrics).map(([metric, value]) => {
    const previous = previousMetrics?.[metric];
    const before = previous === undefined || previous === value ? "" : ` (before ${show(previous)})`;
    return html`<div class="figure"><b>${show(value)}</b><span>${metric}${before}</span></div>`;
  })}</div>
${
  candidates.length > 1
    ? table(
        ["candidate", ...candidateMetrics],
        candidates.map((candidate) => [
          candidate.name,
          ...candidateMetrics.map((metric) => candidate.metrics[metric] ?? ""),
        ]),
      )
    : undefined
}
<div class="charts">${curves.length > 0 ? curvesChart(curves) : undefined}${confusion ? confusionChart(confusion) : undefined}${
    roc && roc.length > 0 ? rocChart(roc) : undefined
  }${importances && importances.length > 0 ? barsChart(importances) : undefined}</div></section>`;
}
