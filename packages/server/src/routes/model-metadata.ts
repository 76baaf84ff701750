import { defineRoute } from "../define-route.ts";
import { datatypeOf } from "../inference-tensor.ts";
import { modelPath } from "../model-path.ts";

export const modelMetadata = defineRoute({
  method: "GET",
  paths: ["/v2/models/:task", "/v2/models/:task/versions/:version"],
  summary: "Inputs and outputs of a model",
  async handle({ models }, request) {
    const { task, version } = modelPath(request);
    const { model, session } = await models.get(task, version);
    const describe = ({ name, dtype, shape }: (typeof session.inputs)[number]) => ({
      name,
      datatype: datatypeOf(dtype),
      shape: (shape ?? []).map((length) => (typeof length === "number" ? length : -1)),
    });
    return {
      name: model.task,
      versions: [String(model.version)],
      platform: "onnx",
      inputs: session.inputs.map(describe),
      outputs: session.outputs.map(describe),
    };
  },
});
