import { AthanorError } from "@athanor/core";

const refusals = /failed to allocate|bad_alloc|bad allocation|out of memory/i;

/** What a step threw: where it lacked memory, an error that says how to need less. */
export function outOfMemory(error: unknown, rows: number): unknown {
  if (!(error instanceof AthanorError) || error.code !== "runtime/run" || !refusals.test(error.message)) return error;
  const bytes = /buffer of size (\d+)/.exec(error.message)?.[1];
  return new AthanorError(
    "nn/memory",
    `fit: expected memory for a step of ${rows} rows, got none${bytes ? ` for a value of ${bytes} bytes` : ""}`,
    {
      fix:
        rows > 1
          ? `Take a batchSize of ${Math.ceil(rows / 2)} with accumulate: 2, which comes to nearly the same updates, or name layers in recompute.`
          : "Name layers in recompute, or take a smaller network.",
      details: { rows, ...(bytes ? { bytes: Number(bytes) } : {}) },
      cause: error,
    },
  );
}
