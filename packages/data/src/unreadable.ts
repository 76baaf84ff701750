import { AthanorError, isAbort } from "@athanor/core";

/** Rethrows what a reader says of a file as `data/unreadable`. */
export const unreadable =
  (owner: string, path: string) =>
  (error: unknown): never => {
    if (error instanceof AthanorError || isAbort(error)) throw error;
    throw new AthanorError(
      "data/unreadable",
      `${owner}: expected ${path} to be ${owner}, got ${String((error as Error).message).split("\n")[0]}`,
      {
        fix: "Check that the file is whole and of that format.",
        details: { path },
        cause: error,
      },
    );
  };
