import { AthanorError, flag, integer, nearestName, real, text, texts } from "@athanor/core";
import { deviceOption } from "@athanor/runtime";
import { type CommandContext, type CommandResult, defineCommand } from "../define-command.ts";
import { check } from "./onnx/check.ts";
import { gradient } from "./onnx/gradient.ts";
import { inspect } from "./onnx/inspect.ts";
import { type OnnxFlags, openModelFile } from "./onnx/model-file.ts";
import { profile } from "./onnx/profile.ts";

const actions = { inspect, check, gradient, profile } as const;
type Action = keyof typeof actions;

export const onnx = defineCommand({
  name: "onnx",
  summary: "Look into an ONNX file, check, differentiate or profile it",
  usage: "inspect | check | gradient | profile FILE",
  flags: {
    dim: texts([], "the length of a symbolic axis as NAME=LENGTH; may be repeated"),
    out: text(null, "gradient: the file to write (default FILE.gradient.onnx); profile: a chart as .html or .svg"),
    loss: text(null, "gradient: the output to differentiate, a scalar; the only one when left out"),
    wrt: texts([], "gradient: weights or inputs, * for anything (default all weights); may be repeated"),
    budget: real(null, "gradient: MiB of activations to keep; the rest is computed again", { min: 0 }),
    runs: integer(10, "profile: runs to measure", { min: 1 }),
    threads: integer(null, "profile: threads of a run; all cores when left out", { min: 1 }),
    device: deviceOption,
    training: flag(false, "profile: load the model as a training step is loaded"),
  },
  words: [2, 2],
  examples: [
    "athanor onnx inspect model.onnx",
    "athanor onnx check model.onnx --dim batch=1",
    'athanor onnx gradient model.onnx --loss loss --wrt "conv*" --dim batch=8 --out step.onnx',
    "athanor onnx profile model.onnx --dim batch=1 --out profile.html",
  ],
  async run({ words: [action, path], flags, signal }: CommandContext): Promise<CommandResult> {
    const run = actions[action as Action];
    if (run === undefined) {
      const known = Object.keys(actions);
      const near = nearestName(action!, known);
      throw new AthanorError("usage/onnx", `athanor onnx: expected one of ${known.join(", ")}, got ${action}`, {
        fix: near ? `Write athanor onnx ${near} FILE.` : "See athanor onnx --help.",
        details: { action, known },
      });
    }
    const given = flags as unknown as OnnxFlags;
    return run({ file: await openModelFile(path!, given.dim), flags: given, signal });
  },
});
