import { AthanorError, type DType } from "@athanor/core";
import { bodiesOf } from "./graph/free-names.ts";
import type { Graph, Model, Node } from "./model.ts";
import { showShape } from "./shapes.ts";
import { resultType, sameTyped } from "./value-kinds.ts";

/**
 * Checks what makes a graph legal.
 *
 * Every value has a name, is defined once and before its use; nodes that are named have names of their own; outputs are
 * defined; every domain has a version; and stated types agree with one another and with what operators take and give, as
 * far as types alone tell.
 *
 * @throws `onnx/undefined-value`, `onnx/duplicate-name`, `onnx/empty-name`, `onnx/missing-opset`, `onnx/type`
 */
export function verify({ graph, opsets, functions = [] }: Model): void {
  const own = new Set(functions.map(({ domain, name }) => `${domain}:${name}`));
  verifyGraph(graph, new Map(), (node) => own.has(`${node.domain}:${node.op}`) || node.domain in opsets);
}

/** Values by name with their element type, where it is known. */
type Scope = ReadonlyMap<string, DType | undefined>;

function verifyGraph(graph: Graph, outer: Scope, hasVersion: (node: Node) => boolean): void {
  const known = new Map(outer);
  const own = new Set<string>();
  const define = (name: string, dtype: DType | undefined, where: string) => {
    if (own.has(name)) throw illegal("onnx/duplicate-name", where, `a name that is not taken, got ${name}`, { name });
    own.add(name);
    known.set(name, dtype);
  };
  const defineNamed: typeof define = (name, dtype, where) => {
    if (name === "") throw illegal("onnx/empty-name", where, "a name, got none", {});
    define(name, dtype, where);
  };
  for (const { name, dtype, foreign } of graph.inputs) defineNamed(name, foreign ? undefined : dtype, "Graph input");
  for (const [name, { dtype, shape }] of graph.initializers) {
    const input = graph.inputs.find((candidate) => candidate.name === name);
    if (input === undefined) defineNamed(name, dtype, "Initializer");
    else if (!fits(input.shape, shape) || (input.dtype !== dtype && !input.foreign))
      throw illegal(
        "onnx/type",
        `Initializer ${name}`,
        `the input's ${input.dtype} ${showShape(input.shape)}, got ${dtype} ${showShape(shape)}`,
        { name },
      );
  }
  const stated = new Map(
    [...graph.values, ...graph.outputs].flatMap((info) => (info.foreign ? [] : [[info.name, info.dtype] as const])),
  );
  const labels = new Set<string>();
  for (const node of graph.nodes) {
    const where = `${node.op} ${node.name}`.trim();
    if (node.name !== "" && labels.has(node.name))
      throw illegal("onnx/duplicate-name", where, "a name that no other node has", { node: node.name });
    labels.add(node.name);
    if (node.op === "")
      throw illegal("onnx/empty-name", "Node", `the name of an operator, got none`, { node: node.name });
    if (!hasVersion(node))
      throw illegal("onnx/missing-opset", where, `a version of the domain ${node.domain || "ai.onnx"}, got none`, {
        domain: node.domain,
      });
    for (const input of node.inputs) if (input !== "" && !known.has(input)) throw undefinedValue(where, input);
    const dtype = typeOf(node, known, where);
    for (const body of bodiesOf(node)) verifyGraph(body, known, hasVersion);
    for (const [i, output] of node.outputs.entries()) {
      if (output === "") continue;
      const given = i === 0 ? dtype : undefined;
      const said = stated.get(output);
      if (given && said && given !== said)
        throw illegal("onnx/type", where, `${output} to be ${said} as stated, got ${given}`, { name: output });
      define(output, given ?? said, where);
    }
  }
  for (const { name, dtype, foreign } of graph.outputs) {
    if (!known.has(name)) throw undefinedValue("Graph output", name);
    const given = known.get(name);
    if (given && !foreign && given !== dtype)
      throw illegal("onnx/type", "Graph output", `${name} to be ${dtype} as stated, got ${given}`, { name });
  }
}

/** The type of a node's first output; inputs that must be of one type are compared on the way. */
function typeOf(node: Node, known: Scope, where: string): DType | undefined {
  const types = sameTyped(node).flatMap((i) => known.get(node.inputs[i]!) ?? []);
  const other = types.find((dtype) => dtype !== types[0]);
  if (other !== undefined)
    throw illegal("onnx/type", where, `inputs of one type, got ${types[0]} and ${other}`, { types });
  return resultType(node, known.get(node.inputs[0] ?? ""));
}

const fits = (stated: Graph["inputs"][number]["shape"], shape: readonly number[]): boolean =>
  stated === undefined ||
  (stated.length === shape.length && stated.every((dim, axis) => typeof dim === "string" || dim === shape[axis]));

const illegal = (
  code: `onnx/${string}`,
  where: string,
  expected: string,
  details: Readonly<Record<string, unknown>>,
): AthanorError => new AthanorError(code, `${where}: expected ${expected}`, { details });

const undefinedValue = (where: string, name: string): AthanorError =>
  illegal("onnx/undefined-value", where, `values computed before their use, got ${name}`, { name });
