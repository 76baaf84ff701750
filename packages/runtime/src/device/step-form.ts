import {
  commonSubexpressions,
  type LowerTarget,
  layerNormStatistics,
  type Model,
  type QuantizeOptions,
  quantizeWeights,
  rewrite,
  trainingPasses,
} from "@athanor/onnx";
import { blockConvolutions } from "../block-convolutions.ts";
import type { Device } from "./device.ts";

/** What a step's graph is like on a device. */
export interface StepForm {
  /** What its operators are chosen for. */
  readonly target: LowerTarget;
  /** Whether parameters and optimizer state stay on the device; elsewhere they lie in memory that all threads share. */
  readonly keepsStates: boolean;
  /** Whether stored weights may be whole numbers, for which only the processor has kernels. */
  readonly quantizes: boolean;
  /** Rewrites the graph once it is built. */
  rewrite(model: Model, quantize: QuantizeOptions | undefined): Promise<Model>;
}

const onProcessor: StepForm = {
  target: "cpu",
  keepsStates: false,
  quantizes: true,
  async rewrite(model, quantize) {
    const exact = await rewrite(model, trainingPasses);
    return blockConvolutions(quantize ? await rewrite(exact, [quantizeWeights(quantize)]) : exact);
  },
};
const moving: StepForm = {
  target: "gpu",
  keepsStates: false,
  quantizes: false,
  rewrite: (model) => rewrite(model, trainingPasses),
};
const keeping: StepForm = {
  target: "gpu",
  keepsStates: true,
  quantizes: false,
  // The other passes make operators that the provider lacks.
  rewrite: (model) => rewrite(model, [commonSubexpressions, layerNormStatistics]),
};

/** The runtime's binding holds tensors on one device only, which WebGPU drives. */
export const stepForms: Readonly<Record<Device, StepForm>> = {
  cpu: onProcessor,
  cuda: moving,
  coreml: moving,
  dml: moving,
  webgpu: keeping,
};
