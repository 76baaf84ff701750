import { AthanorError } from "@athanor/core";
import { listModels, openRecord, promoteModel } from "@athanor/system";
import { defineCommand } from "../define-command.ts";
import { wholeNumber } from "../whole-number.ts";

export const models = defineCommand({
  name: "models",
  summary: "List registered models, or make a version the champion",
  usage: "[TASK] | promote TASK VERSION",
  flags: {},
  words: [0, 3],
  examples: ["athanor models", "athanor models churn", "athanor models promote churn 2"],
  async run({ words, project }) {
    await using workspace = await openRecord(project);
    if (words[0] === "promote") {
      const [, task, version] = words;
      if (task === undefined || version === undefined) {
        throw new AthanorError(
          "usage/words",
          "athanor models promote: expected a task and a version, got fewer words",
          {
            fix: "Write athanor models promote TASK VERSION.",
          },
        );
      }
      const model = await promoteModel(workspace, task, wholeNumber("models promote", version));
      return { data: model, print: (out) => out.print(`${task} version ${model.version} is the champion`) };
    }
    const versions = await listModels(workspace, words[0]);
    return {
      data: versions,
      print(out) {
        out.table([
          ["task", "version", "stage", "created", "metrics"],
          ...versions.map(({ task, version, stage, created, metrics }) => [
            task,
            String(version),
            stage,
            new Date(created).toISOString().slice(0, 19),
            Object.entries(metrics)
              .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
              .join(", "),
          ]),
        ]);
      },
    };
  },
});
