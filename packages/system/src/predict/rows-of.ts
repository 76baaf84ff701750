import type { Tensor } from "@athanor/core";
import type { Row } from "../task/define-task.ts";
import type { ModelCard } from "../task/model-card.ts";

/** Turns the model's output tensors into one plain row a prediction. */
export function rowsOf(card: ModelCard, outputs: Readonly<Record<string, Tensor>>, count: number): readonly Row[] {
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      card.outputs.map(({ name, type, length = 1 }) => {
        const { data } = outputs[name]!;
        if (type === "series") return [name, Array.from({ length }, (_, i) => Number(data[row * length + i]))];
        if (type !== "distribution") return [name, plain(data[row])];
        const labels = card.labels ?? [];
        return [name, Object.fromEntries(labels.map((label, k) => [label, Number(data[row * labels.length + k])]))];
      }),
    ),
  );
}

const plain = (value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);
