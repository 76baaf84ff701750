import { type ListedRun, listRuns, openRecord, readRun } from "@athanor/system";
import { defineCommand } from "../define-command.ts";
import { wholeNumber } from "../whole-number.ts";

/** How long a run took, or has been going on; unknown of one that was killed. */
const secondsOf = ({ started, ended, status }: ListedRun) =>
  ended === null && status !== "running" ? "" : (((ended ?? Date.now()) - started) / 1000).toFixed(1);

/** The newest point of each curve: `learning rate 0.001, step loss 0.31 at step 120`. */
function figuresOf(latest: ListedRun["latest"]): string {
  const figures = Object.entries(latest).map(([name, { value }]) => `${name} ${value.toPrecision(4)}`);
  const step = latest["step loss"]?.step;
  return figures.join(", ") + (step === undefined ? "" : ` at step ${step}`);
}

export const runs = defineCommand({
  name: "runs",
  summary: "List runs, or show one with its parameters, metrics and curves",
  usage: "[NUMBER]",
  flags: {},
  words: [0, 1],
  examples: ["athanor runs", "athanor runs 3 --json"],
  async run({ words: [number], project }) {
    await using workspace = await openRecord(project);
    if (number !== undefined) {
      const run = await readRun(workspace, wholeNumber("runs", number));
      return {
        data: run,
        print(out) {
          out.print(`${run.kind} ${run.name}, run ${run.id}: ${run.status}`);
          out.print(JSON.stringify(run.parameters));
          out.table([
            ["metric", "points", "last"],
            ...run.metrics.map(({ name, points }) => [name, String(points.length), points.at(-1)![1].toPrecision(5)]),
          ]);
        },
      };
    }
    const all = await listRuns(workspace);
    return {
      data: all,
      print(out) {
        out.table([
          ["run", "kind", "name", "status", "started", "seconds", "last figures"],
          ...all.map((run) => [
            String(run.id),
            run.kind,
            run.name,
            run.status,
            new Date(run.started).toISOString().slice(0, 19),
            secondsOf(run),
            figuresOf(run.latest),
          ]),
        ]);
      },
    };
  },
});
