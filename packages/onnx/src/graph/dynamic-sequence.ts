import { AthanorError } from "@athanor/core";
import type { Node } from "../model.ts";

/** A sequence whose content, or what is read of it, only a run tells. */
export const dynamicSequence = ({ op, name }: Pick<Node, "op" | "name">, expected: string): AthanorError =>
  new AthanorError(
    "onnx/dynamic-sequence",
    `${`${op} ${name}`.trim()}: expected ${expected}, got what only a run tells`,
    {
      fix: "Give lengths to symbolic axes while importing ({ dims } or { shapes }), or export the model without lists.",
      details: { op, node: name },
    },
  );
