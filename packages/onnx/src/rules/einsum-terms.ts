import type { Dim, ValueType } from "../model.ts";
import { shapeError } from "../shapes.ts";

export interface EinsumTerms {
  /** One label an axis; those of an ellipsis are upper-case letters, aligned at the last. */
  readonly operands: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly lengths: ReadonlyMap<string, Dim>;
}

/**
 * Spells an Einsum equation out for operands of known rank.
 *
 * @throws `onnx/shape` when the equation does not fit the operands
 */
export function einsumTerms(equation: string, values: readonly ValueType[]): EinsumTerms {
  const [left, right] = equation.replaceAll(/\s/g, "").split("->") as [string, string | undefined];
  const terms = left.split(",");
  const misfit = () => shapeError("Einsum", `operands that fit ${equation}`, ...values);
  if (terms.length !== values.length) throw misfit();
  const used = new Set(equation);
  const spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("").filter((letter) => !used.has(letter));
  const open = terms.map((term, i) => (term.includes("...") ? values[i]!.shape!.length - term.length + 3 : 0));
  const widest = spare.slice(0, Math.max(0, ...open));
  const spell = (term: string, count: number) => [
    ...(term.includes("...") ? term.replace("...", widest.slice(widest.length - count).join("")) : term),
  ];
  const operands = terms.map((term, i) => spell(term, open[i]!));
  if (operands.some((labels, i) => labels.length !== values[i]!.shape!.length)) throw misfit();

  const lengths = new Map<string, Dim>();
  for (const [i, labels] of operands.entries()) {
    for (const [axis, label] of labels.entries()) {
      const [known, length] = [lengths.get(label), values[i]!.shape![axis]!];
      if (known === undefined || known === 1 || (typeof known === "string" && length !== 1)) lengths.set(label, length);
      else if (typeof length === "number" && length !== 1 && length !== known) throw misfit();
    }
  }
  const all = operands.flat();
  const once = [...lengths.keys()].filter(
    (label) => !widest.includes(label) && all.indexOf(label) === all.lastIndexOf(label),
  );
  const output = right === undefined ? [...widest, ...once.sort()] : spell(right, widest.length);
  return { operands, output, lengths };
}
