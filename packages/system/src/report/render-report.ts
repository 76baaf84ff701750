import type { Language } from "../language.ts";
import { barsChart, confusionChart, curvesChart, graphChart, rocChart } from "./chart.ts";
import { html, type Markup } from "./html.ts";
import { type Labels, labels, wordIn } from "./labels.ts";
import type { FindingReport, GraphReport, ReportData, SourceReport, TaskReport } from "./report-data.ts";
import { style } from "./style.ts";

/** Renders the report as one HTML page that needs nothing beside it, in the data's language. */
export function renderReport(data: ReportData): string {
  const { language, name, run, changes, sources, graph, findings, tasks, steps } = data;
  const own = labels[language];
  const word = (text: string) => wordIn(language, text);
  const page: Page = { language, own, word };
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · ${own.report}</title><style>${style}</style></head><body>
<header><h1>${name}</h1><p class="lead">${own.run} ${run.id} · ${new Date(run.started).toISOString().slice(0, 16).replace("T", " ")} UTC · ${seconds(run.durationMs)}</p></header>
<main>
<h2>${own.changes}</h2><section class="card">${list(changes.map((change) => change[language]))}</section>
<h2>${own.takenIn}</h2><section class="card">${table(
    [own.source, own.kind, own.rows, own.columns],
    sources.map((source) => [source.name, word(source.kind), source.rows, source.columns.length]),
  )}
${sources.filter(({ columns }) => columns.length > 0).map((source) => sourceDetails(source, page))}</section>
${graph ? graphSection(graph, page) : undefined}
${findings.length > 0 ? html`<h2>${own.findings}</h2>` : undefined}${findings.map((finding) => findingSection(finding, page))}
${tasks.length > 0 ? html`<h2>${own.models}</h2>` : undefined}${tasks.map((task) => taskSection(task, page))}
<h2>${own.steps}</h2><section class="card"><table><tr>${[own.step, own.status, own.time, own.why].map((title) => html`<th>${title}</th>`)}</tr>${steps.map(
    (step) =>
      html`<tr><td>${step.name}</td><td class="${step.status}">${word(step.status)}</td><td class="number">${seconds(step.durationMs)}</td><td>${word(step.reason)}</td></tr>`,
  )}</table></section>
</main></body></html>
`.text;
}

/** What every part of the page needs to say something. */
interface Page {
  readonly language: Language;
  readonly own: Labels;
  readonly word: (text: string) => string;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const show = (value: string | number): string =>
  typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(4) : String(value);
const list = (items: readonly string[]): Markup => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

const table = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]): Markup =>
  html`<table><tr>${columns.map((column) => html`<th>${column}</th>`)}</tr>${rows.map(
    (row) =>
      html`<tr>${row.map((cell) => (typeof cell === "number" ? html`<td class="number">${show(cell)}</td>` : html`<td>${cell}</td>`))}</tr>`,
  )}</table>`;

const sourceDetails = ({ name, columns }: SourceReport, { own, word }: Page): Markup =>
  html`<details><summary>${name}: ${own.columns}</summary>${table(
    [own.column, own.type, own.missing, own.distinct, own.range],
    columns.map((column) => [column.name, word(column.type), column.missing, column.distinct, column.range]),
  )}</details>`;

const figure = (value: string, what: string): Markup =>
  html`<div class="figure"><b>${value}</b><span>${what}</span></div>`;
const counts = (title: string, record: Readonly<Record<string, number>>): Markup =>
  html`<div class="figures">${Object.entries(record).map(([type, count]) => figure(count.toLocaleString("en"), `${type} ${title}`))}</div>`;

const graphSection = (graph: GraphReport, { own }: Page): Markup =>
  html`<h2>${own.graph}</h2><section class="card">${counts(own.entities, graph.entities)}${counts(own.relations, graph.relations)}
<div class="figures">${figure(String(graph.components), own.components)}${figure(percent(graph.largestComponent), own.largestComponent)}</div>${
    graph.nodes.length > 0 ? graphChart(graph) : undefined
  }<details><summary>${own.central}</summary>${table(
    [own.entity, own.type, own.share],
    graph.central.map(({ name, type, share }) => [name, type, percent(share)]),
  )}</details></section>`;

const findingSection = ({ title, sentences, table: rows }: FindingReport, { language, own, word }: Page): Markup =>
  html`<section class="card"><h3>${title[language]}</h3><ol>${sentences[language].map((sentence) => html`<li>${sentence}</li>`)}</ol>${
    rows
      ? html`<details><summary>${own.asTable}</summary>${table(rows.columns.map(word), rows.rows)}</details>`
      : undefined
  }</section>`;

function taskSection(task: TaskReport, { own, word }: Page): Markup {
  const { name, summary, version, stage, metrics, previousMetrics, candidates, curves, confusion, roc, importances } =
    task;
  const candidateMetrics = [...new Set(candidates.flatMap((candidate) => Object.keys(candidate.metrics)))];
  return html`<section class="card"><h3>${name}</h3><p class="soft">${summary} · ${own.version} ${version}, ${word(stage)}</p>
<div class="figures">${Object.entries(metrics).map(([metric, value]) => {
    const previous = previousMetrics?.[metric];
    const before = previous === undefined || previous === value ? "" : ` (${own.before} ${show(previous)})`;
    return figure(show(value), `${word(metric)}${before}`);
  })}</div>
${
  candidates.length > 1
    ? table(
        [own.candidate, ...candidateMetrics.map(word)],
        candidates.map((candidate) => [
          candidate.name,
          ...candidateMetrics.map((metric) => candidate.metrics[metric] ?? ""),
        ]),
      )
    : undefined
}
<div class="charts">${
    curves.length > 0
      ? curvesChart(
          curves.map((curve) => ({ ...curve, name: word(curve.name) })),
          own,
        )
      : undefined
  }${confusion ? confusionChart(confusion, own) : undefined}${
    roc && roc.length > 0 ? rocChart(roc, own) : undefined
  }${importances && importances.length > 0 ? barsChart(importances) : undefined}</div></section>`;
}
