import type { ReportInput } from "./write-report.ts";

/** What is different since the last run, one sentence each. */
export function changesSince({
  results,
  before,
  models,
  previousModels,
}: Pick<ReportInput, "results" | "before" | "models" | "previousModels">): readonly string[] {
  if (before.size === 0) return ["This is the first run: everything is new."];
  const changes: string[] = [];
  for (const { name, status, output, reason } of results) {
    if (status === "failed") changes.push(`${name} failed: ${reason}.`);
    if (status !== "done" || !name.startsWith("ingest:")) continue;
    const [now, then] = [output.data.rows as number, before.get(name)?.output.data.rows as number | undefined];
    const source = name.slice("ingest:".length);
    if (then === undefined) changes.push(`${source} is new, with ${now} rows.`);
    else if (now === then) changes.push(`${source} changed; it still has ${now} rows.`);
    else changes.push(`${source} has ${Math.abs(now - then)} rows ${now > then ? "more" : "fewer"}: ${now}.`);
  }
  for (const { task, version, metrics, card } of models) {
    const previous = previousModels.find((model) => model.task === task);
    if (previous === undefined) changes.push(`${task} has its first model.`);
    else if (previous.version !== version) {
      const { metric } = card.headline;
      changes.push(
        `${task} has a new champion, version ${version}: ${metric} ${metrics[metric]?.toPrecision(4)} after ${previous.metrics[metric]?.toPrecision(4)}.`,
      );
    }
  }
  const ran = results.filter(({ status }) => status === "done").map(({ name }) => name);
  return changes.length > 0 ? changes : [`${ran.join(", ")} ran again, with the same results for sources and models.`];
}
