import { AthanorError } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";

/** One place where a graph reads rows of a table. */
export interface RowRead {
  /** Which rows, counted from 0. */
  readonly rows: Value;
  /** The rows that were read. */
  readonly gathered: Value;
}

/**
 * Where a graph reads rows of a table that a step updates by row.
 *
 * @throws `runtime/sparse` for a table that is missing, read in another way, or whose rows do not fill whole vectors
 */
export function rowsRead(g: GraphBuilder, name: string, table: Value | undefined): readonly RowRead[] {
  const fail = (expected: string, got: string): never => {
    throw new AthanorError("runtime/sparse", `compileStep: expected ${expected}, got ${got}`, {
      fix: "Leave the parameter out of `sparse`.",
      details: { parameter: name },
    });
  };
  if (table === undefined) return fail("sparse parameters to be parameters", name);
  const width = table.shape.slice(1).reduce((product: number, length) => product * Number(length), 1);
  if (table.shape.length < 2 || width % 4 !== 0)
    fail(`rows of ${name} of a multiple of four numbers`, `[${table.shape.join(", ")}]`);
  const readers = g.nodes.filter(({ inputs }) => inputs.some((input) => input?.name === name));
  return readers.map(({ definition, inputs, outputs, attributes }) => {
    const axis = attributes.axis?.kind === "int" ? Number(attributes.axis.value) : 0;
    if (definition.name !== "Gather" || axis !== 0 || inputs[1]?.name === name)
      fail(`${name} to be read by Gather along its rows only`, definition.name);
    const rows = inputs[1]!;
    // Rows may be counted from the end.
    const counted = g.where(g.less(rows, 0), g.add(rows, Number(table.shape[0])), rows);
    return { rows: counted, gathered: outputs[0]! };
  });
}
