import type { Model, Node } from "../model.ts";
import { plainNode } from "./plain-node.ts";
import { type Rule, rewriteNodesInSlices } from "./rewrite-nodes.ts";

/**
 * Writes a Gelu out where its slope reads the same distribution function, which is then computed once.
 *
 * The parts come before all that repeats them, for `commonSubexpressions` to find.
 */
export async function sharedGelu(model: Model): Promise<Model> {
  const { nodes } = model.graph;
  const producers = new Map(nodes.map((node) => [node.outputs[0]!, node]));
  /** By what is scaled, √½ and the nodes from there to the distribution function. */
  const functions = new Map<string, Parts>();
  for (const squash of nodes) {
    const erf = squash.op === "HardSigmoid" ? producers.get(squash.inputs[0]!) : undefined;
    const scale = erf?.op === "Erf" ? producers.get(erf.inputs[0]!) : undefined;
    if (scale?.op === "Mul") functions.set(scale.inputs[0]!, { scale, erf: erf!, squash });
  }
  const rule: Rule = (node, graph) => {
    const parts = isGelu(node) ? functions.get(node.inputs[0]!) : undefined;
    const root = parts && graph.constant(parts.scale.inputs[1]!);
    if (root?.size !== 1 || root.data[0] !== Math.fround(Math.SQRT1_2)) return undefined;
    const name = (part: string) => graph.fresh(`${node.outputs[0]}_${part}`);
    const [scaled, erf, share] = ["scaled", "erf", "share"].map(name) as [string, string, string];
    const again = (part: Node, inputs: readonly string[], output: string) =>
      plainNode(part.op, inputs, [output], { attributes: part.attributes });
    return {
      nodes: [
        again(parts!.scale, parts!.scale.inputs, scaled),
        again(parts!.erf, [scaled], erf),
        again(parts!.squash, [erf], share),
        { ...plainNode("Mul", [node.inputs[0]!, share], node.outputs), name: node.name },
      ],
    };
  };
  return functions.size === 0 ? model : rewriteNodesInSlices(model, rule);
}

interface Parts {
  readonly scale: Node;
  readonly erf: Node;
  readonly squash: Node;
}

/** The exact one, of the standard or the runtime's own. */
const isGelu = ({ op, domain, attributes: { approximate } }: Node): boolean =>
  op === "Gelu" && (domain === "com.microsoft" || (domain === "" && (approximate?.value ?? "none") === "none"));
