import { AthanorError } from "@athanor/core";
import { defineRoute } from "../define-route.ts";
import { type InferenceTensor, readTensor, writeTensor } from "../inference-tensor.ts";
import { modelPath } from "../model-path.ts";

interface InferenceRequest {
  readonly id?: string;
  readonly inputs: readonly InferenceTensor[];
  readonly outputs?: readonly { readonly name: string }[];
}

export const modelInfer = defineRoute({
  method: "POST",
  paths: ["/v2/models/:task/infer", "/v2/models/:task/versions/:version/infer"],
  summary: "Run a model on tensors",
  async handle({ models }, request) {
    const { task, version } = modelPath(request);
    const { model, session } = await models.get(task, version);
    const { id, inputs, outputs } = (request.body ?? {}) as InferenceRequest;
    if (!Array.isArray(inputs)) {
      throw new AthanorError("inference/inputs", "Server: expected inputs to be a list of tensors, got none", {
        fix: 'Send {"inputs": [{"name", "shape", "datatype", "data"}]}.',
      });
    }
    const feeds = Object.fromEntries(
      (inputs as readonly InferenceTensor[]).map((input) => [input.name, readTensor(input)]),
    );
    const names = outputs?.map(({ name }) => name);
    const results = await session.run(feeds, names ? { outputs: names } : {});
    return {
      ...(id === undefined ? {} : { id }),
      model_name: model.task,
      model_version: String(model.version),
      outputs: Object.entries(results).map(([name, tensor]) => writeTensor(name, tensor)),
    };
  },
});
