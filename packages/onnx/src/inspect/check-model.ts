import { AthanorError } from "@athanor/core";
import { gradient } from "../autodiff/gradient.ts";
import { type BuiltNode, operandsOf, type Value } from "../graph/built-node.ts";
import { bodiesOf } from "../graph/free-names.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { ImportOptions } from "../import/prepare-model.ts";
import { trainable } from "../import/trainable.ts";
import type { Graph, Model } from "../model.ts";
import { registry } from "../registry.ts";
import { isFloat } from "../shapes.ts";
import { verify } from "../verify.ts";

/** What stands between a model and its training: where, why, and the way out. */
export interface Finding {
  /** `illegal`: no runtime should take it; `no-rules`: cannot be imported; `no-gradient`: cannot be trained through. */
  readonly problem: "illegal" | "no-rules" | "no-import" | "no-gradient";
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly op?: string;
  readonly node?: string;
  /** From an output back to the node. */
  readonly path?: readonly string[];
}

/** What a check of a model has found. */
export interface ModelCheck {
  /** Weights that training would change. */
  readonly trainable: readonly string[];
  readonly findings: readonly Finding[];
}

/** Says whether a model is legal, can be imported, and can be differentiated with respect to its weights; if not, where and what to do. */
export function checkModel(model: Model, options: ImportOptions = {}): ModelCheck {
  const illegal = attempt("illegal", () => verify(model));
  const unknown = illegal.length > 0 ? [] : withoutRules(model.graph);
  if (illegal.length + unknown.length > 0) return { trainable: [], findings: [...illegal, ...unknown] };
  let g: GraphBuilder | undefined;
  const unread = attempt("no-import", () => {
    g = GraphBuilder.from(model, options);
  });
  const open = openSymbols(model, options);
  if (g === undefined) return { trainable: [], findings: unread.map((finding) => hinted(finding, open)) };
  const weights = trainable(g).map(({ name }) => g!.value(name));
  const missing = withoutGradient(g, weights);
  const findings = missing.length > 0 ? missing : differentiate(g, weights);
  return { trainable: weights.map(({ name }) => name), findings: findings.map((finding) => hinted(finding, open)) };
}

/** A shape that does not follow is most often one that the caller can settle. */
function hinted(finding: Finding, open: readonly string[]): Finding {
  if (finding.code !== "onnx/shape" || open.length === 0) return finding;
  const flags = open.map((symbol) => `--dim ${symbol}=1`).join(" ");
  return { ...finding, fix: `Give lengths for the symbolic axes: dims of ${open.join(", ")}, or ${flags}.` };
}

/** Symbols of the inputs that no length was given for. */
const openSymbols = ({ graph }: Model, { dims = {}, shapes = {} }: ImportOptions): readonly string[] => {
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name) && shapes[name] === undefined);
  const symbols = inputs.flatMap(({ shape = [] }) => shape.filter((dim) => typeof dim === "string"));
  return [...new Set(symbols)].filter((symbol) => dims[symbol] === undefined);
};

/** Runs a step and reports what it throws of ours. */
function attempt(problem: Finding["problem"], run: () => void): readonly Finding[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof AthanorError)) throw error;
    const { code, message, fix = "", details = {} } = error;
    const { op, node } = details as { readonly op?: string; readonly node?: string };
    return [{ problem, code, message, fix, ...(op ? { op } : {}), ...(node ? { node } : {}) }];
  }
}

const withoutRules = (graph: Graph): readonly Finding[] =>
  graph.nodes.flatMap((node) => {
    const { op, domain, name } = node;
    const inside = bodiesOf(node).flatMap(withoutRules);
    if (registry.has(`${domain}:${op}`)) return inside;
    const full = domain === "" ? op : `${domain}.${op}`;
    const message = `${full}: expected an operator with rules, got none for node ${name || node.outputs[0]}`;
    const fix = `Export the model without ${full}, or add its rules with defineOp.`;
    return [{ problem: "no-rules", code: "onnx/unknown-op", message, fix, op, node: name }, ...inside] as const;
  });

/** Nodes without a gradient on a floating-point path from a weight to an output. */
function withoutGradient(g: GraphBuilder, weights: readonly Value[]): readonly Finding[] {
  const active = new Set(weights.map(({ name }) => name));
  for (const node of g.nodes)
    if (operandsOf(node).some((operand) => operand && active.has(operand.name)))
      for (const { name, dtype } of node.outputs) if (isFloat(dtype)) active.add(name);
  const paths = new Map(g.outputs.map(({ name, value }) => [value.name, [name]]));
  const findings: Finding[] = [];
  for (const node of g.nodes.toReversed()) {
    const output = node.outputs.find(({ name }) => active.has(name) && paths.has(name));
    if (output === undefined) continue;
    const path = [...paths.get(output.name)!, node.name];
    if (hasGradient(node)) {
      for (const operand of operandsOf(node)) if (operand && !paths.has(operand.name)) paths.set(operand.name, path);
      continue;
    }
    const { name: op } = node.definition;
    findings.push({
      problem: "no-gradient",
      code: "onnx/no-gradient",
      message: `${op}: expected an operator with a gradient, got none for node ${node.name}`,
      fix: `Freeze the weights before ${node.name}, take the loss from a value before it, or add the operator's gradient.`,
      op,
      node: node.name,
      path,
    });
  }
  return findings;
}

const hasGradient = ({ definition: { gradient: rule, decompose } }: BuiltNode): boolean =>
  rule !== undefined || decompose !== undefined;

/** Builds the gradient of every output: a rule may refuse a form of its operator that only it knows. */
function differentiate(g: GraphBuilder, weights: readonly Value[]): readonly Finding[] {
  if (weights.length === 0) return [];
  const outputs = g.outputs.filter(({ value }) => isFloat(value.dtype));
  const found = outputs.flatMap(({ name, value }) =>
    attempt("no-gradient", () => gradient(g, g.reduceSum(value), weights)).map((finding) => ({
      ...finding,
      path: [name],
    })),
  );
  return found.filter(({ message }, i) => found.findIndex((other) => other.message === message) === i);
}
