import { AthanorError } from "@athanor/core";
import type { StepDefinition } from "../training-step.ts";
import type { Device } from "./device.ts";
import { stepForms } from "./step-form.ts";

/** @throws `runtime/device-step` for what a step cannot do on the device */
export function checkStep(
  device: Device,
  { inputs, sparse = [], quantize }: StepDefinition,
  { accumulate }: { readonly accumulate: number },
): void {
  const { keepsStates, quantizes } = stepForms[device];
  const named = Object.values(inputs).flatMap(({ shape }) => shape.filter((length) => typeof length === "string"));
  const refused: readonly (readonly [string, boolean])[] = [
    ["weights as they are, got `quantize`", !quantizes && quantize !== undefined],
    [`inputs of fixed shapes, got the axis ${named[0]}`, keepsStates && named.length > 0],
    [`an update after each batch, got accumulate ${accumulate}`, keepsStates && accumulate > 1],
    [`no sparse parameters, got ${sparse.join(", ")}`, keepsStates && sparse.length > 0],
  ];
  const found = refused.find(([, isRefused]) => isRefused);
  if (found === undefined) return;
  throw new AthanorError("runtime/device-step", `compileStep: expected, on ${device}, ${found[0]}`, {
    fix: "Leave that out, or train on cpu.",
    details: { device },
  });
}
