import type { Journal } from "@athanor/ml";
import type { TrainContext } from "../task/define-task.ts";

/** A search's journal in a task's checkpoint, written every few seconds and when it is flushed. */
export async function checkpointJournal(
  checkpoint: TrainContext<never>["checkpoint"],
): Promise<Journal & { flush(): Promise<void> }> {
  let text = Buffer.from((await checkpoint.load()) ?? []).toString();
  let [saved, isWritten] = [performance.now(), true];
  const flush = async () => {
    if (isWritten) return;
    isWritten = true;
    saved = performance.now();
    await checkpoint.save(Buffer.from(text));
  };
  return {
    read: async () => text,
    async append(lines) {
      text += lines;
      isWritten = false;
      if (performance.now() - saved > everyMs) await flush();
    },
    flush,
  };
}

const everyMs = 5000;
