import { AthanorError, integer, oneOf, real } from "@athanor/core";
import { trainingOptions } from "../task/training-options.ts";

/** Options of every task that may learn from a table with a network instead of a search. */
export const networkOptions = {
  network: oneOf(null, "a network that learns instead of a search: a multilayer perceptron", ["mlp"]),
  width: integer(256, "units of each of the network's layers", { min: 1, max: 8192 }),
  layers: integer(3, "layers of the network before its output", { min: 1, max: 20 }),
  dropout: real(0.2, "share of the network's units set to zero in training", { min: 0, max: 0.9 }),
  validationShare: real(0.1, "share of the rows that decides which epoch's weights a network keeps", {
    min: 0.01,
    max: 0.9,
  }),
  patience: integer(12, "epochs without gain after which a network stops", { min: 1 }),
  ...trainingOptions,
  epochs: integer(30, "passes of a network over the rows", { min: 1, max: 1000 }),
  batchSize: integer(128, "rows of a network's step", { min: 1 }),
  learningRate: real(0.001, "step size of a network", { min: 0, scale: "log" }),
};

/**
 * A network and a search exclude each other.
 *
 * @throws `config/network`
 */
export function checkNetwork(
  owner: string,
  { network, candidates }: { readonly network: string | null; readonly candidates: number },
): void {
  if (network === null || candidates === 0) return;
  throw new AthanorError(
    "config/network",
    `${owner}: expected a network or a search, got network ${network} and ${candidates} candidates`,
    { fix: "Leave out network to search, or candidates to train the network.", details: { network, candidates } },
  );
}
