import { listModels } from "@athanor/system";
import { defineRoute } from "../define-route.ts";

export const listTasks = defineRoute({
  method: "GET",
  paths: ["/v1/tasks"],
  summary: "Tasks with the versions, metrics and fields of their models",
  async handle({ workspace }) {
    return (await listModels(workspace)).map(
      ({ task, version, stage, metrics, card: { summary, inputs, outputs } }) => ({
        task,
        version,
        stage,
        metrics,
        summary,
        inputs,
        outputs,
      }),
    );
  },
});
