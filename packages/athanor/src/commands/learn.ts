import { relative } from "node:path";
import {
  type Findings,
  type Language,
  languageOption,
  learn as learnSystem,
  openSystem,
  type StepResult,
} from "@athanor/system";
import { defineCommand } from "../define-command.ts";
import { progressView } from "../progress-view.ts";

/** The report has more of them. */
const shownSentences = 3;

const newFindings = (steps: readonly StepResult[]): readonly Findings[] =>
  steps.flatMap(({ name, status, output }) =>
    status === "done" && name.startsWith("mine:") ? [output.data as unknown as Findings] : [],
  );

export const learn = defineCommand({
  name: "learn",
  summary: "Bring everything that is stale up to date: ingest, graph, mine, train, evaluate, register; then a report",
  usage: "[STEP…]",
  flags: { language: languageOption },
  words: [0, Number.POSITIVE_INFINITY],
  examples: ["athanor learn", "athanor learn train:churn", "athanor learn mine --language zh"],
  async run({ words, flags, project, terminal, signal }) {
    await using system = await openSystem(project);
    const language = (flags.language as Language | null) ?? system.config.language ?? "en";
    const result = await learnSystem(system, { steps: words, signal, language, onEvent: progressView(terminal) });
    const count = (status: string) => result.steps.filter((step) => step.status === status).length;
    const failed = count("failed") + count("blocked");
    return {
      data: result,
      exitCode: failed > 0 ? 1 : 0,
      print(out) {
        for (const { name, status, error } of result.steps) {
          if (status === "failed" && error)
            out.print(`${out.style("red", name)}: ${error.message}. ${error.fix ?? ""} [${error.code}]`);
        }
        for (const { title, sentences } of newFindings(result.steps)) {
          out.print(out.style("bold", title[language]));
          for (const sentence of sentences[language].slice(0, shownSentences)) out.print(`  ${sentence}`);
        }
        for (const { task, version, stage, metrics } of result.models) {
          const figures = Object.entries(metrics).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
          out.print(`${out.style("bold", task)} version ${version} (${stage}): ${figures.join(", ")}`);
        }
        out.print(
          `${count("done")} steps ran, ${count("fresh")} were fresh${failed > 0 ? `, ${failed} failed or blocked` : ""}; ${(result.durationMs / 1000).toFixed(1)} s`,
        );
        if (result.report) out.print(`Report: ${relative(process.cwd(), result.report)}`);
      },
    };
  },
});
