export { type Compiled, compile } from "./compile.ts";
export { compileStep } from "./compile-step.ts";
export * as dense from "./dense/index.ts";
export { openSession, type SessionOptions } from "./open-session.ts";
export type { Optimizer, ParameterUpdate } from "./optimizer.ts";
export type { Port, RunOptions, Session } from "./session.ts";
export type { StepDefinition, StepOptions, StepResult, StepSnapshot, TrainingStep, Values } from "./training-step.ts";
