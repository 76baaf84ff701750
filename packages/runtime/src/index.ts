export { type Compiled, compile } from "./compile.ts";
export { compileStep } from "./compile-step.ts";
export { evaluate } from "./evaluate.ts";
export { openSession, type SessionOptions } from "./open-session.ts";
export type { Optimizer, ParameterUpdate } from "./optimizer.ts";
export { type ProfileOptions, profile } from "./profile/profile.ts";
export type { Profile, ProfileRow, ProfileSpan } from "./profile/read-trace.ts";
export type { Port, RunOptions, Session } from "./session.ts";
export type { StepDefinition, StepOptions, StepResult, StepSnapshot, TrainingStep, Values } from "./training-step.ts";
