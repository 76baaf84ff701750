export { type Compiled, type CompileOptions, compile } from "./compile.ts";
export { type CompileStepOptions, compileStep } from "./compile-step.ts";
export * as dense from "./dense/index.ts";
export { availableDevices, type DeviceReport } from "./device/available-devices.ts";
export { type Device, type DeviceChoice, deviceOption, devices } from "./device/device.ts";
export { evaluate } from "./evaluate.ts";
export { findNonFinite, type NonFinite, type ValueRange } from "./find-non-finite.ts";
export { type Closable, type OpenHandle, openHandles } from "./held.ts";
export { openSession, openSessionCount, type SessionOptions } from "./open-session.ts";
export type { InitialState, Optimizer, ParameterUpdate } from "./optimizer.ts";
export { type ProfileOptions, profile } from "./profile/profile.ts";
export type { Profile, ProfileRow, ProfileSpan } from "./profile/read-trace.ts";
export type { Port, RunOptions, Session } from "./session.ts";
export type { Buckets } from "./step-inputs.ts";
export type {
  AccumulatedGradients,
  StepDefinition,
  StepInput,
  StepOptions,
  StepResult,
  StepSnapshot,
  TrainingStep,
  Values,
} from "./training-step.ts";
