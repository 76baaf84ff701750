import { listRuns, openRecord, readRun } from "@athanor/system";
import { defineCommand } from "../define-command.ts";
import { wholeNumber } from "../whole-number.ts";

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
          ["run", "kind", "name", "status", "started", "seconds"],
          ...all.map((run) => [
            String(run.id),
            run.kind,
            run.name,
            run.status,
            new Date(run.started).toISOString().slice(0, 19),
            run.ended === null ? "" : ((run.ended - run.started) / 1000).toFixed(1),
          ]),
        ]);
      },
    };
  },
});
