import type { FloatTensors, Network, Outputs, ParameterSpec } from "@athanor/nn";
import { specialTokens, type Tokenizer } from "@athanor/text";
import { tableOf, type WordVectors } from "./read-vectors.ts";

/** A network that begins with given weights where there are some. */
export function withWeights<O extends Outputs>(network: Network<O>, weights: FloatTensors): Network<O> {
  const given = (specs: Readonly<Record<string, ParameterSpec>>) =>
    Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [name, weights[name] ? { ...spec, init: weights[name] } : spec]),
    );
  return { ...network, parameters: given(network.parameters), buffers: given(network.buffers) };
}

/** A network whose tables of words begin with learned vectors; what a table is wider by is drawn. */
export function withVectors<O extends Outputs>(
  network: Network<O>,
  vectors: WordVectors,
  tokenizer: Tokenizer,
  seed: number,
): Network<O> {
  const words = Array.from({ length: tokenizer.vocabularySize }, (_, id) =>
    id < specialTokens.length ? "" : (tokenizer.tokenOf(id) ?? ""),
  );
  const tables = Object.entries(network.parameters).filter(([name]) => name.endsWith("words.table"));
  return withWeights(
    network,
    Object.fromEntries(
      tables.map(([name, { shape }]) => [name, tableOf(words, vectors, shape[1]! - vectors.width, seed)]),
    ),
  );
}
