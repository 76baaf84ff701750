import type { Evaluate } from "@athanor/onnx";
import { openSession } from "./open-session.ts";

/** Runs a model that needs no inputs, as the constant-folding pass of `@athanor/onnx` asks for it. */
export const evaluate: Evaluate = async (model) => {
  await using session = await openSession(model);
  return await session.run({});
};
