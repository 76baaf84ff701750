import { openSystem, statusOf } from "@athanor/system";
import { defineCommand } from "../define-command.ts";

export const status = defineCommand({
  name: "status",
  summary: "Show sources, steps (fresh, stale, failed and why) and champions",
  usage: "",
  flags: {},
  words: [0, 0],
  examples: ["athanor status", "athanor status --json"],
  async run({ project, signal }) {
    await using system = await openSystem(project);
    const state = await statusOf(system, { signal });
    return {
      data: state,
      print(out) {
        out.table([
          ["step", "state", "why"],
          ...state.steps.map(({ name, state: how, reason }) => [name, how, reason]),
        ]);
        out.print();
        out.table([
          ["champion", "version", "metrics"],
          ...state.champions.map(({ task, version, metrics }) => [
            task,
            String(version),
            Object.entries(metrics)
              .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
              .join(", "),
          ]),
        ]);
      },
    };
  },
});
