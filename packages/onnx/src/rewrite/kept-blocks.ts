import type { Node } from "../model.ts";
import { domain } from "./blocked-convolutions.ts";
import type { GraphView } from "./graph-view.ts";
import type { Pass } from "./pass.ts";
import { plainNode } from "./plain-node.ts";
import { numberAt } from "./read-attribute.ts";
import { type Rule, rewriteNodesInSlices } from "./rewrite-nodes.ts";

/** Operators that see each element by itself, and do not care where it lies. */
const elementwise = new Set(["Add", "Clip", "HardSigmoid", "HardSwish", "LeakyRelu", "Mul", "Relu", "Sigmoid", "Sub"]);

/**
 * Leaves channels in blocks between convolutions: what sees each element by itself works on the blocks, and what would be put back
 * in order only to be put in blocks again stays there.
 *
 * @param block channels in a block; only whole blocks are left, as others are filled up with what no operator may see
 */
export function keptBlocks(block: number): Pass {
  return (model) => {
    const { nodes, outputs } = model.graph;
    const readers = new Map<string, Node[]>();
    for (const node of nodes) {
      for (const name of node.inputs) {
        const known = readers.get(name);
        if (known) known.push(node);
        else readers.set(name, [node]);
      }
    }
    const put = new Set(outputs.map(({ name }) => name));
    /** Nodes that may work on blocks without a value being put in order more often than before. */
    const fitting = new Set<string>();
    const isOrdered = new Set(nodes.filter(isReorderOutput).map((node) => node.outputs[0]!));
    const isAlone = (name: string) => isOrdered.has(name) && readers.get(name)!.length === 1 && !put.has(name);
    for (const node of nodes.toReversed()) {
      if (node.domain !== "" || !elementwise.has(node.op)) continue;
      const output = node.outputs[0]!;
      const takesBlocks = (reader: Node) => reader.op === "ReorderInput" || fitting.has(reader.outputs[0]!);
      const isWanted = !put.has(output) && (readers.get(output) ?? []).every(takesBlocks);
      if (isWanted || node.inputs.some(isAlone)) fitting.add(output);
    }
    const isInBlocks = (node: Node | undefined): node is Node =>
      node !== undefined && isReorderOutput(node) && numberAt(node, "channels", 1) % block === 0;

    const keepsBlocks: Rule = (node, graph) => {
      if (!fitting.has(node.outputs[0]!)) return undefined;
      const inputs = node.inputs.map((name) => {
        const maker = graph.producer(name);
        if (isInBlocks(maker)) return maker.inputs[0]!;
        return name === "" || isNumber(name, graph) ? name : undefined;
      });
      const shapes = node.inputs
        .filter((name) => isInBlocks(graph.producer(name)))
        .map((name) => graph.type(name)?.shape);
      const isAlike = shapes.length > 0 && shapes.every((shape) => String(shape) === String(shapes[0]));
      if (!isAlike || inputs.includes(undefined)) return undefined;
      const maker = node.inputs.map((name) => graph.producer(name)).find(isInBlocks)!;
      const [kept, order] = ["blocks", "order"].map((part) => graph.fresh(`${node.outputs[0]}_${part}`));
      return {
        nodes: [
          { ...node, inputs: inputs as readonly string[], outputs: [kept!] },
          { ...plainNode("ReorderOutput", [kept!], node.outputs, maker), name: order! },
        ],
      };
    };
    const backAndForth: Rule = (node, graph) => {
      if (node.op !== "ReorderInput" || node.domain !== domain) return undefined;
      const maker = graph.producer(node.inputs[0]!);
      return isInBlocks(maker) ? { values: [maker.inputs[0]!] } : undefined;
    };
    return rewriteNodesInSlices(model, keepsBlocks, backAndForth);
  };
}

const isReorderOutput = ({ op, domain: own }: Node): boolean => op === "ReorderOutput" && own === domain;

const isNumber = (name: string, graph: GraphView): boolean => graph.constant(name)?.size === 1;
