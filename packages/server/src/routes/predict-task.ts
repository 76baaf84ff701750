import type { Row } from "@athanor/system";
import { defineRoute } from "../define-route.ts";
import { modelPath } from "../model-path.ts";

export const predictTask = defineRoute({
  method: "POST",
  paths: ["/v1/predict/:task", "/v1/predict/:task/versions/:version"],
  summary: "Predict one row, or a list of rows",
  async handle({ models }, request) {
    const { task, version } = modelPath(request);
    const predictor = await models.get(task, version);
    const rows = Array.isArray(request.body) ? (request.body as readonly Row[]) : [(request.body ?? {}) as Row];
    return { task, version: predictor.model.version, predictions: await predictor.predict(rows) };
  },
});
