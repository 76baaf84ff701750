import { AthanorError } from "@athanor/core";
import type { Graph, Model } from "./model.ts";

/**
 * Checks what makes a graph legal: every name is defined once and before its use, and every domain has a version.
 *
 * @throws `onnx/undefined-value`, `onnx/duplicate-name`, `onnx/missing-opset`
 */
export function verify({ graph, opsets }: Model): void {
  verifyGraph(graph, new Set(), opsets);
}

function verifyGraph(graph: Graph, outer: ReadonlySet<string>, opsets: Readonly<Record<string, number>>): void {
  const defined = new Set(outer);
  const define = (name: string, where: string) => {
    if (name === "") return;
    if (defined.has(name) && !outer.has(name)) {
      throw new AthanorError("onnx/duplicate-name", `${where}: expected a name that is not taken, got ${name}`, {
        details: { name },
      });
    }
    defined.add(name);
  };
  for (const { name } of graph.inputs) define(name, "Graph input");
  for (const name of graph.initializers.keys()) if (!defined.has(name)) define(name, "Initializer");
  for (const node of graph.nodes) {
    const where = `${node.op} ${node.name}`.trim();
    if (!(node.domain in opsets)) {
      throw new AthanorError(
        "onnx/missing-opset",
        `${where}: expected a version of the domain ${node.domain || "ai.onnx"}, got none`,
        { details: { domain: node.domain } },
      );
    }
    for (const input of node.inputs) if (input !== "" && !defined.has(input)) throw undefinedValue(where, input);
    for (const attribute of Object.values(node.attributes))
      if (attribute.kind === "graph") verifyGraph(attribute.value, defined, opsets);
    for (const output of node.outputs) define(output, where);
  }
  for (const { name } of graph.outputs) if (!defined.has(name)) throw undefinedValue("Graph output", name);
}

const undefinedValue = (where: string, name: string): AthanorError =>
  new AthanorError("onnx/undefined-value", `${where}: expected values computed before their use, got ${name}`, {
    details: { name },
  });
