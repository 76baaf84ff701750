import type { Matrix, Scorer, TableEncoder } from "@athanor/ml";
import type { GraphBuilder, Model, Value } from "@athanor/onnx";
import type { Candidate, Trained } from "../task/define-task.ts";

/** What there is to learn of a table. */
export interface TableProblem {
  readonly owner: string;
  readonly encoder: TableEncoder;
  /** The rows to learn from, encoded. */
  readonly x: Matrix;
  readonly target: readonly string[] | Float64Array;
  /** Classes in the order of probabilities; none for numbers. */
  readonly labels: readonly string[];
  /** The first ranks candidates. */
  readonly scoring: readonly Scorer[];
  /** Decides how much each of the best counts; as parts of a mixture where probabilities have to be right. */
  readonly weighing: Scorer | "mixture";
}

/** What was learned of a table, by a search or by a network. */
export interface LearntTable {
  /** The kinds of the models with their shares. */
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly candidates: readonly Candidate[];
  readonly curves: Trained["curves"];
  readonly importances?: Trained["importances"];
  /** What is predicted of rows that were not learned from, which are named by number. */
  unseen(): Promise<{ readonly rows: readonly number[]; readonly predictions: Float64Array }>;
  /** The whole file, raw columns in; `declare` makes outputs of the probabilities `[batch, labels]` or numbers `[batch, 1]`. */
  toModel(
    name: string,
    metadata: Readonly<Record<string, string>>,
    declare: (g: GraphBuilder, predicted: Value) => void,
  ): Model;
}
