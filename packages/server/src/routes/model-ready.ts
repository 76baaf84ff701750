import { defineRoute } from "../define-route.ts";
import { modelPath } from "../model-path.ts";

export const modelReady = defineRoute({
  method: "GET",
  paths: ["/v2/models/:task/ready", "/v2/models/:task/versions/:version/ready"],
  summary: "Whether a model is loaded and answers",
  async handle({ models }, request) {
    const { task, version } = modelPath(request);
    const { model } = await models.get(task, version);
    return { name: model.task, ready: true };
  },
});
