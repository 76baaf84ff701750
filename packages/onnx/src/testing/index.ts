export { type ChangeSample, checkChange } from "./check-change.ts";
export { checkOp, type OpSample, type SampleInput } from "./check-op.ts";
export { openModel } from "./run-model.ts";
