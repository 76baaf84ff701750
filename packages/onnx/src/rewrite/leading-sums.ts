import { float32, sizeOf } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import type { Model } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { NodeWriter } from "./node-writer.ts";
import { numberAt } from "./read-attribute.ts";
import { type Rule, rewriteNodesInSlices } from "./rewrite-nodes.ts";

/** Elements from which the runtime's sums over leading axes take several times as long as a product does. */
const worthProduct = 4096;

/**
 * Sums over leading axes as products with a row of ones, which run at the speed of memory.
 *
 * Gradients of biases sum over the rows of a batch so, those of convolutions over its images.
 */
export const leadingSums = (model: Model): Promise<Model> => rewriteNodesInSlices(model, rule);

const rule: Rule = (node, graph) => {
  if (node.op !== "ReduceSum" || node.domain !== "") return undefined;
  const [x, given] = node.inputs as [string, string?];
  const type = graph.type(x);
  const axes = given ? graph.constant(given) : undefined;
  const shape = type?.shape as readonly number[] | undefined;
  if (type?.dtype !== "float32" || axes === undefined || !shape?.every((length) => typeof length === "number"))
    return undefined;
  const summed = integersOf(axes)
    .map((axis) => (axis + shape.length) % shape.length)
    .sort((a, b) => a - b);
  const isLeading = summed.length > 0 && summed.every((axis, i) => axis === i);
  const rows = sizeOf(shape.slice(0, summed.length));
  const rest = shape.slice(summed.length);
  if (!isLeading || rows < 2 || sizeOf(rest) < 2 || rows * sizeOf(rest) < worthProduct) return undefined;
  const write = new NodeWriter(graph, node);
  const ones = write.initializer("ones", storeTensor(float32(new Float32Array(rows).fill(1), [1, rows])));
  const sum = write.add("MatMul", [ones, write.reshape(x, [rows, sizeOf(rest)])]);
  const keepsAxes = numberAt(node, "keepdims", 1) === 1;
  const kept = [...summed.map(() => 1), ...rest];
  write.reshape(sum, keepsAxes ? kept : rest, node.outputs[0]);
  return write.replacement;
};
