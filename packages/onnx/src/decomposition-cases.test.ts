import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { decompose } from "./autodiff/decompose.ts";
import { readModel } from "./codec/read-model.ts";
import { GraphBuilder, type Value } from "./graph/graph-builder.ts";
import type { Model } from "./model.ts";
import { registry } from "./registry.ts";
import { deadCode } from "./rewrite/dead-code.ts";
import { storeTensor } from "./stored-tensor.ts";
import { nodeCases, readNodeCase } from "./testing/node-case.ts";
import { openModel } from "./testing/run-model.ts";

/** Cases that the runtime, which a decomposition follows, or the way of testing does not share. */
const elsewhere: Readonly<Record<string, string>> = {
  test_resize_downsample_scales_cubic_align_corners: "the runtime rounds the length before it aligns the corners",
  test_resize_downsample_scales_linear_align_corners: "the runtime rounds the length before it aligns the corners",
  test_attention_24_qk_matmul_output_mode3_softmax_precision: "a softmax in half precision",
  test_attention_4d_with_past_and_present_qk_matmul_bias_3d_mask_causal: "a hidden score is finite here",
  test_attention_4d_with_past_and_present_qk_matmul_bias_4d_mask_causal: "a hidden score is finite here",
};
/** Kernels add in another order. */
const tolerance = 1e-4;

const folder =
  process.env.ATHANOR_ONNX_NODE_TESTS ?? join(import.meta.dirname, "../../../bench/peers/.venv/onnx-node-tests");
const cases = (existsSync(folder) ? nodeCases(folder) : []).filter((name) => {
  if (name in elsewhere || /16|expanded/.test(name)) return false;
  const { nodes } = readModel(readFileSync(join(folder, name, "model.onnx"))).graph;
  return nodes.length === 1 && registry.get(`${nodes[0]!.domain}:${nodes[0]!.op}`)?.decompose !== undefined;
});

describe.skipIf(cases.length === 0)("ONNX's backend node tests (skipped without bench/peers/set-up.sh)", () => {
  it.each(cases)("give for the decomposition what they expect: %s", async (name) => {
    const { model, inputs, outputs: expected } = readNodeCase(folder, name);
    const stored = Object.entries(inputs).map(([key, tensor]) => [key, storeTensor(tensor)] as const);
    const graph = { ...model.graph, inputs: [], initializers: new Map([...model.graph.initializers, ...stored]) };
    const g = GraphBuilder.from({ ...model, graph });
    const node = g.nodes.findLast(({ definition }) => definition.decompose)!;
    const { outputs } = decompose(g, node);
    const parts = model.graph.outputs.map(
      (output) => outputs[node.outputs.findIndex((own) => own.name === output.name)],
    );
    const results = await (await openModel(onlyWith(g, parts)))({});
    for (const [i, part] of parts.entries()) if (part) expectClose(results[`part${i}`]!, expected[i]!);
  });
});

/** The model without the operator itself, which the runtime may lack. */
function onlyWith(g: GraphBuilder, parts: readonly (Value | undefined)[]): Model {
  for (const [i, part] of parts.entries()) if (part) g.output(`part${i}`, part);
  const model = g.build();
  const outputs = model.graph.outputs.filter(({ name }) => /^part\d+$/.test(name));
  return deadCode({ ...model, graph: { ...model.graph, outputs } });
}

function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  for (const [k, value] of Array.from(expected.data as ArrayLike<unknown>, Number).entries()) {
    const difference = Math.abs(Number(actual.data[k]) - value);
    expect(difference, `element ${k}`).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
  }
}
