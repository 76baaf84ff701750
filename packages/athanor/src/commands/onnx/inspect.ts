import { showShape, summariseModel } from "@athanor/onnx";
import { sizeInWords } from "../../size-in-words.ts";
import type { OnnxAction } from "./model-file.ts";

/** Shows what a model is made of. */
export const inspect: OnnxAction = async ({ file: { path, bytes, model } }) => {
  const summary = summariseModel(model);
  return {
    data: { path, bytes, ...summary },
    print(out) {
      const domains = Object.entries(summary.opsets).map(([domain, version]) => `${domain || "ai.onnx"} ${version}`);
      out.table([
        ["file", `${path}, ${sizeInWords(bytes)}`],
        ["made by", `${summary.producer || "unknown"}, IR version ${summary.irVersion}`],
        ["opsets", domains.join(", ")],
        ["nodes", String(summary.nodes)],
        ["weights", `${summary.weights}, ${summary.parameters} parameters, ${sizeInWords(summary.weightBytes)}`],
        ...Object.entries(summary.metadata).map(([name, value]) => [name, shortened(value)]),
      ]);
      out.print();
      out.table([
        ["", "name", "type", "shape"],
        ...summary.inputs.map(({ name, dtype, shape }) => ["input", name, dtype, showShape(shape)]),
        ...summary.outputs.map(({ name, dtype, shape }) => ["output", name, dtype, showShape(shape)]),
      ]);
      out.print();
      out.table([
        ["operator", "count", "rules"],
        ...summary.operators.map(({ op, domain, count, hasRules, hasGradient }) => [
          domain ? `${domain}.${op}` : op,
          String(count),
          hasGradient ? "shapes, gradient" : hasRules ? "shapes" : "none",
        ]),
      ]);
    },
  };
};

const shortened = (value: string): string => {
  const line = value.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
};
