import type { Slices } from "@athanor/core";
import { expect, it } from "vitest";
import { MessageWriter } from "../codec/message-writer.ts";
import { writeGraph } from "../codec/write-graph.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { liveSlices } from "../graph/live-nodes.ts";
import { nodesBehind } from "../graph/nodes-behind.ts";
import { sortedNodes } from "../import/sorted-nodes.ts";
import { partsNeeded } from "../selection/parts-needed.ts";
import { deadCodeSlices } from "./dead-code.ts";
import { linkSlices, typeSlices } from "./graph-links.ts";
import { viewGraph } from "./graph-view.ts";

const length = 50;
const g = new GraphBuilder();
let y = g.input("x", "float32", [2]);
for (let i = 0; i < length; i++) y = g.exp(y);
g.output("y", y);
const model = g.build();
const { graph } = model;

it.each<[string, () => Slices<unknown>]>([
  ["finding who reads and makes values", () => linkSlices({ ...graph })],
  ["inferring types", () => typeSlices({ ...graph })],
  ["finding what outputs need", () => partsNeeded(graph, viewGraph(graph).view)],
  ["finding live nodes", () => liveSlices(g.nodes, new Set([y.name]))],
  ["putting nodes in order for the runtime", () => nodesBehind(g)],
  ["putting a file's nodes in order", () => sortedNodes(graph)],
  ["removing dead code", () => deadCodeSlices(model)],
  ["writing a graph", () => writeGraph(new MessageWriter(), graph, {})],
])("can be interrupted at every node while %s", (_, work) => {
  const slices = work();
  let count = 0;
  while (!slices.next().done) count++;
  expect(count).toBeGreaterThanOrEqual(length);
});
