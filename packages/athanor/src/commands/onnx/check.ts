import { checkModel } from "@athanor/onnx";
import type { OnnxAction } from "./model-file.ts";

/** Says whether a model is legal, can be imported and can be trained, and what to do where it cannot. */
export const check: OnnxAction = async ({ file: { path, model, dims } }) => {
  const { trainable, findings } = checkModel(model, { dims });
  return {
    data: { path, trainable, findings },
    exitCode: findings.length > 0 ? 1 : 0,
    print(out) {
      for (const { problem, message, code, path: steps, fix } of findings) {
        out.print(`✗ ${problem}: ${message} [${code}]`);
        if (steps && steps.length > 1) out.print(`    path: ${elided(steps).join(" ← ")}`);
        if (fix !== "") out.print(`    → ${fix}`);
      }
      if (findings.length > 0) return;
      const weights =
        trainable.length === 0 ? "it has no weights to train" : `${trainable.length} weights can be trained`;
      out.print(`✓ ${path} is a legal model with known shapes and gradients; ${weights}`);
    },
  };
};

/** Both ends of a long path. */
const elided = (steps: readonly string[]): readonly string[] =>
  steps.length <= 8 ? steps : [...steps.slice(0, 3), `(${steps.length - 6} nodes)`, ...steps.slice(-3)];
