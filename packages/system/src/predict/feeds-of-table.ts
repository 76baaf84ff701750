import { float32, Tensor } from "@athanor/core";
import { columnOf, numbersOf, type Table, textsOf } from "@athanor/data";
import type { ModelCard } from "../task/model-card.ts";

/** A table's columns as a model's inputs: numbers float32 `[rows, 1]` with NaN where missing, texts `[rows, 1]`. */
export const feedsOfTable = ({ inputs }: ModelCard, table: Table): Record<string, Tensor> =>
  Object.fromEntries(
    inputs.map(({ name, type }) => {
      const column = columnOf(table, name);
      if (type === "text")
        return [
          name,
          new Tensor(
            "string",
            textsOf(column).map((each) => each ?? ""),
            [table.rows, 1],
          ),
        ];
      return [name, float32(Float32Array.from(numbersOf(column)), [table.rows, 1])];
    }),
  );
