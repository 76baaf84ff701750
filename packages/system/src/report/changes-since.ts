import type { Wording } from "../language.ts";
import type { ReportInput } from "./write-report.ts";

const both = (en: string, zh: string): Wording => ({ en, zh });

/** What is different since the last run, one sentence each. */
export function changesSince({
  results,
  before,
  models,
  previousModels,
}: Pick<ReportInput, "results" | "before" | "models" | "previousModels">): readonly Wording[] {
  if (before.size === 0) return [both("This is the first run: everything is new.", "这是第一次运行：一切都是新的。")];
  const changes: Wording[] = [];
  for (const { name, status, output, reason } of results) {
    if (status === "failed") changes.push(both(`${name} failed: ${reason}.`, `${name} 失败：${reason}。`));
    if (status !== "done" || !name.startsWith("ingest:")) continue;
    const [now, then] = [output.data.rows as number, before.get(name)?.output.data.rows as number | undefined];
    changes.push(sourceChange(name.slice("ingest:".length), now, then));
  }
  for (const { task, version, metrics, card } of models) {
    const previous = previousModels.find((model) => model.task === task);
    if (previous === undefined) changes.push(both(`${task} has its first model.`, `${task} 有了第一个模型。`));
    else if (previous.version !== version) {
      const { metric } = card.headline;
      const [now, then] = [metrics, previous.metrics].map((of) => of[metric]?.toPrecision(4));
      changes.push(
        both(
          `${task} has a new champion, version ${version}: ${metric} ${now} after ${then}.`,
          `${task} 换用了新模型，版本 ${version}：${metric} 从 ${then} 变为 ${now}。`,
        ),
      );
    }
  }
  if (changes.length > 0) return changes;
  const ran = results.filter(({ status }) => status === "done").map(({ name }) => name);
  return [
    both(
      `${ran.join(", ")} ran again, with the same results for sources and models.`,
      `${ran.join("、")} 重新运行，数据和模型的结果不变。`,
    ),
  ];
}

function sourceChange(source: string, now: number, then: number | undefined): Wording {
  if (then === undefined) return both(`${source} is new, with ${now} rows.`, `${source} 是新的，有 ${now} 行。`);
  if (now === then) return both(`${source} changed; it still has ${now} rows.`, `${source} 有变化，仍为 ${now} 行。`);
  const difference = Math.abs(now - then);
  return both(
    `${source} has ${difference} rows ${now > then ? "more" : "fewer"}: ${now}.`,
    `${source} ${now > then ? "多" : "少"}了 ${difference} 行，现有 ${now} 行。`,
  );
}
