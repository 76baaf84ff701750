import { AthanorError } from "@athanor/core";
import { convertOpset } from "../convert/convert-opset.ts";
import { node as made } from "../convert/node-forms.ts";
import { namesIn, renameInAttributes } from "../graph/free-names.ts";
import type { Attribute, Graph, Model, ModelFunction, Node } from "../model.ts";
import type { StoredTensor } from "../stored-tensor.ts";

interface Definition extends Pick<ModelFunction, "name" | "inputs" | "outputs" | "defaults" | "nodes"> {
  readonly constants: ReadonlyMap<string, StoredTensor>;
}

type Attributes = Readonly<Record<string, Attribute>>;

const keyOf = (domain: string, name: string, overload = ""): string => `${domain}:${name}:${overload}`;

/**
 * Puts the nodes of a model's own functions in the place of their calls.
 *
 * @throws `onnx/recursive-function`, `onnx/too-large` when they are many nodes written out
 */
export function inlineFunctions(model: Model): Model {
  const { functions = [], ...rest } = model;
  if (functions.length === 0) return model;
  const table = new Map(
    functions.map((definition) => [
      keyOf(definition.domain, definition.name, definition.overload),
      inWorkingVersion(definition, model.opsets),
    ]),
  );
  const inlined = new Inliner(table, model.graph);
  const nodes = inlined.expand(model.graph.nodes, []);
  const initializers = new Map([...model.graph.initializers, ...inlined.constants]);
  return { ...rest, graph: { ...model.graph, nodes, initializers } };
}

/** A function states versions of its own, so that it is converted by itself. */
function inWorkingVersion(
  { name, inputs, outputs, defaults, nodes, opsets }: ModelFunction,
  around: Model["opsets"],
): Definition {
  const graph: Graph = { name, nodes, inputs: [], outputs: [], initializers: new Map(), values: [] };
  const alone = { irVersion: 10, opsets: { ...around, ...opsets }, producer: "", metadata: {}, graph };
  const converted = convertOpset(alone).graph;
  return { name, inputs, outputs, defaults, nodes: converted.nodes, constants: converted.initializers };
}

/** Functions that call others twice double at each level: a small file can stand for more nodes than memory holds. */
const most = { nodes: 2 ** 18, levels: 256 };

class Inliner {
  #count = 0;
  readonly constants = new Map<string, StoredTensor>();
  readonly #table: ReadonlyMap<string, Definition>;
  readonly #taken: Set<string>;
  /** The next number to try behind a name, so that many calls of one function do not search from the first. */
  readonly #counts = new Map<string, number>();

  constructor(table: ReadonlyMap<string, Definition>, graph: Graph) {
    this.#table = table;
    this.#taken = new Set(namesIn(graph));
  }

  expand(nodes: readonly Node[], around: readonly string[]): readonly Node[] {
    this.#count += nodes.length;
    if (this.#count > most.nodes || around.length > most.levels) {
      throw new AthanorError(
        "onnx/too-large",
        `Model: expected functions of at most ${most.nodes} nodes in ${most.levels} levels, got more`,
        { fix: "Write out the functions that call one another over and over.", details: most },
      );
    }
    return nodes.flatMap((node) => {
      const key = keyOf(node.domain, node.op, node.overload);
      const definition = this.#table.get(key);
      if (definition === undefined) return [{ ...node, attributes: this.#expandBodies(node.attributes, around) }];
      if (around.includes(key)) {
        throw new AthanorError(
          "onnx/recursive-function",
          `Model: expected functions that end, got ${node.op} in itself`,
          {
            details: { path: [...around, key] },
          },
        );
      }
      return this.expand(this.#call(node, definition), [...around, key]);
    });
  }

  #expandBodies(attributes: Attributes, around: readonly string[]): Attributes {
    return mapBodies(attributes, (body) => ({ ...body, nodes: this.expand(body.nodes, around) }));
  }

  #call(call: Node, { name, inputs, outputs, defaults, nodes, constants }: Definition): readonly Node[] {
    const names = new Map<string, string>([["", ""]]);
    const stem = this.#fresh(call.name || name);
    for (const [i, input] of inputs.entries()) names.set(input, call.inputs[i] ?? "");
    const passed: Node[] = [];
    for (const [i, output] of outputs.entries()) {
      const given = call.outputs[i] || this.#fresh(`${stem}/${output}`);
      if (inputs.includes(output)) passed.push(made("Identity", [names.get(output)!], [given]));
      else names.set(output, given);
    }
    for (const [inner, tensor] of constants) {
      names.set(inner, this.#fresh(`${stem}/${inner}`));
      this.constants.set(names.get(inner)!, tensor);
    }
    for (const { outputs: inner } of nodes)
      for (const output of inner) if (!names.has(output)) names.set(output, this.#fresh(`${stem}/${output}`));
    const given = { ...defaults, ...call.attributes };
    const rename = (value: string) => names.get(value) ?? value;
    const body = nodes.map((node) => ({
      ...node,
      name: node.name && `${stem}/${node.name}`,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
      attributes: renameInAttributes(resolved(node.attributes, given), names),
    }));
    return [...body, ...passed];
  }

  #fresh(stem: string): string {
    let name = stem;
    let count = this.#counts.get(stem) ?? 1;
    while (this.#taken.has(name)) name = `${stem}_${count++}`;
    this.#counts.set(stem, count);
    this.#taken.add(name);
    return name;
  }
}

/** Attributes with the call's values in the place of references; one that the call leaves out is left out. */
function resolved(attributes: Attributes, given: Attributes): Attributes {
  const settled = Object.entries(attributes).flatMap(([name, attribute]): [string, Attribute][] => {
    if (attribute.kind !== "reference") return [[name, attribute]];
    const value = given[attribute.value];
    return value ? [[name, value]] : [];
  });
  return mapBodies(Object.fromEntries(settled), (body) => ({
    ...body,
    nodes: body.nodes.map((node) => ({ ...node, attributes: resolved(node.attributes, given) })),
  }));
}

const mapBodies = (attributes: Attributes, map: (body: Graph) => Graph): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      attribute.kind === "graph" ? { ...attribute, value: map(attribute.value) } : attribute,
    ]),
  );
