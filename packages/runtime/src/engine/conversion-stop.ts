/** The output that `stopConversion` adds. */
export const stopOutput = "athanor:stop";

/** How the binding refuses an output that is no tensor, after the graph has run. */
const refusal = "Non tensor type";

/**
 * Lets a training graph run without copies of what it has written in place.
 *
 * The binding copies every output into a new tensor, given memory or not, one after another; for gradients of a large network that
 * is a large part of a step. A sequence as the first output makes it give up before it copies anything.
 * Protobuf merges messages that stand one after another, so that the addition is a prefix.
 *
 * @returns the model with one more node, and one more output before its own
 */
export function stopConversion(model: Uint8Array): Uint8Array {
  const name = text(stopOutput);
  const node = [...field(2, name), ...field(4, text("SequenceEmpty"))];
  const graph = [...field(1, node), ...field(12, field(1, name))];
  const prefix = field(7, graph);
  const bytes = new Uint8Array(prefix.length + model.length);
  bytes.set(prefix);
  bytes.set(model, prefix.length);
  return bytes;
}

/** True for the error that a run with a conversion stop ends in when all is well. */
export const isStopped = (error: unknown): boolean => error instanceof Error && error.message.startsWith(refusal);

const text = (value: string): readonly number[] => [...new TextEncoder().encode(value)];

/** A length-delimited field of fewer than 128 bytes. */
const field = (number: number, content: readonly number[]): readonly number[] => [
  number * 8 + 2,
  content.length,
  ...content,
];
