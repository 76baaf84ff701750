import { atOnce } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { sortedNodes } from "./sorted-nodes.ts";

function chain() {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2]);
  g.output("y", g.add(g.exp(g.tanh(x)), g.sqrt(x)));
  return g.build().graph;
}

it("puts every node after those that it reads", () => {
  const graph = chain();
  const reversed = { ...graph, nodes: graph.nodes.toReversed() };
  const ops = atOnce(sortedNodes(reversed)).map(({ op }) => op);
  expect(ops.indexOf("Tanh")).toBeLessThan(ops.indexOf("Exp"));
  expect(ops.at(-1)).toBe("Identity");
  const model = { irVersion: 10, opsets: { "": 21 }, producer: "", metadata: {}, graph: reversed };
  expect(GraphBuilder.from(model).nodes.length).toBe(graph.nodes.length);
});

it("keeps an order that is right, and nodes that read each other", () => {
  const graph = chain();
  expect(atOnce(sortedNodes(graph))).toEqual(graph.nodes);
  const [first, ...rest] = graph.nodes;
  const cyclic = { ...graph, nodes: [{ ...first!, inputs: ["y"] }, ...rest] };
  expect(atOnce(sortedNodes(cyclic)).length).toBe(graph.nodes.length);
});
