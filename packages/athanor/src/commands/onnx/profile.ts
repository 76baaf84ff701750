import { writeFile } from "node:fs/promises";
import { AthanorError, arrayOf, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import type { Dim, Model } from "@athanor/onnx";
import { profile as measure, type ProfileRow } from "@athanor/runtime";
import { drawFlameChart } from "../../flame-chart.ts";
import { sizeInWords } from "../../size-in-words.ts";
import type { OnnxAction } from "./model-file.ts";

const shown = 20;

/** Says where the time of a run goes, by operator and by node. */
export const profile: OnnxAction = async ({ file: { path, model, dims }, flags, signal }) => {
  const { runs, threads, device, training: isTraining, out } = flags;
  const feeds = drawFeeds(model, dims);
  const result = await measure(model, feeds, {
    runs,
    device,
    isTraining,
    signal,
    ...(threads === null ? {} : { threads }),
  });
  const operators = byOperator(result.rows);
  if (out !== null) await writeFile(out, drawFlameChart(`${path}, ${result.milliseconds.toFixed(2)} ms`, result, out));
  const { rows, ...rest } = result;
  return {
    data: {
      path,
      runs: rest.runs,
      milliseconds: rest.milliseconds,
      peakBytes: rest.peakBytes,
      operators,
      nodes: rows,
      out,
    },
    print(terminal) {
      terminal.print(
        `${path}: ${rest.milliseconds.toFixed(3)} ms a run (median of ${rest.runs}), at most ${sizeInWords(rest.peakBytes)} in use`,
      );
      terminal.print();
      terminal.table([
        ["operator", "nodes", "ms", "share"],
        ...operators.map(({ op, nodes, milliseconds, share }) => [
          op,
          String(nodes),
          milliseconds.toFixed(3),
          percent(share),
        ]),
      ]);
      terminal.print();
      terminal.table([
        ["node", "operator", "ms", "share", "output"],
        ...rows
          .slice(0, shown)
          .map(({ node, op, milliseconds, share, outputBytes }) => [
            node,
            op,
            milliseconds.toFixed(3),
            percent(share),
            sizeInWords(outputBytes),
          ]),
      ]);
      if (rows.length > shown) terminal.print(`and ${rows.length - shown} nodes more; --json prints them all`);
      if (out !== null) terminal.print(`\nchart: ${out}`);
    },
  };
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function byOperator(rows: readonly ProfileRow[]) {
  const groups = new Map<string, { nodes: number; milliseconds: number; share: number }>();
  for (const { op, milliseconds, share } of rows) {
    const group = groups.get(op) ?? { nodes: 0, milliseconds: 0, share: 0 };
    group.nodes++;
    group.milliseconds += milliseconds;
    group.share += share;
    groups.set(op, group);
  }
  return [...groups].map(([op, group]) => ({ op, ...group })).sort((a, b) => b.milliseconds - a.milliseconds);
}

/** Normally distributed numbers, and zeros for whole numbers, which are often places in a table. */
function drawFeeds({ graph }: Model, dims: Readonly<Record<string, number>>): Record<string, Tensor> {
  const random = Random.from(1);
  const open = new Set<string>();
  const lengthOf = (dim: Dim): number => {
    if (typeof dim === "number") return dim;
    if (dims[dim] === undefined) open.add(dim);
    return dims[dim] ?? 1;
  };
  const feeds = graph.inputs
    .filter(({ name }) => !graph.initializers.has(name))
    .map(({ name, dtype, shape = [] }): [string, Tensor] => {
      const lengths = shape.map(lengthOf);
      const size = sizeOf(lengths);
      if (dtype === "string") return [name, new Tensor("string", new Array<string>(size).fill(""), lengths)];
      const data = new (arrayOf(dtype as "float32"))(size);
      if (dtype === "float32" || dtype === "float64") for (let i = 0; i < size; i++) data[i] = random.normal();
      return [name, new Tensor(dtype, data as TensorData, lengths)];
    });
  if (open.size === 0) return Object.fromEntries(feeds);
  const flags = [...open].map((name) => `--dim ${name}=1`).join(" ");
  throw new AthanorError("usage/dim", `athanor onnx profile: expected a length for ${[...open].join(", ")}, got none`, {
    fix: `Write ${flags}.`,
    details: { open: [...open] },
  });
}
