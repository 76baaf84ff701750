import { open, readFile, rm } from "node:fs/promises";
import { AthanorError } from "@athanor/core";
import { isAlive } from "./object-store.ts";

/**
 * Holds a lock file with this process's id until disposed; a lock whose process is gone is taken over.
 *
 * @throws `workspace/locked` when another living process holds it
 */
export async function acquireLock(path: string): Promise<AsyncDisposable> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(path, "utf8").catch(() => "0"));
    if (holder !== process.pid && holder > 0 && isAlive(holder)) {
      throw new AthanorError(
        "workspace/locked",
        `Workspace: expected no other \`athanor learn\`, got one with process id ${holder}`,
        {
          fix: "Wait for it, or stop it; what it finished is kept.",
          details: { path, pid: holder },
        },
      );
    }
    await rm(path, { force: true });
  }
  throw new AthanorError("workspace/locked", "Workspace: expected to take the lock, got another process ahead twice", {
    fix: "Run the command again.",
    details: { path },
  });
}
