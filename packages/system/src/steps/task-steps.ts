import { join } from "node:path";
import { contentHash, resolveOptions } from "@athanor/core";
import { openCurves } from "../pipeline/curve-writer.ts";
import { endRun, startRun } from "../pipeline/run-log.ts";
import type { Step, StepContext } from "../pipeline/step.ts";
import { type Lineage, registerModel } from "../registry/registry.ts";
import { openSources } from "../sources/open-sources.ts";
import type { Evaluation, TaskContext, TaskDeclaration } from "../task/define-task.ts";
import type { ModelCard } from "../task/model-card.ts";
import { openModel } from "../task/open-model.ts";
import { ingestName } from "./ingest-step.ts";

/** Trains, evaluates and registers a task's model: three steps, so that each is done again only when it must. */
export function taskSteps(
  name: string,
  { task, options: given }: TaskDeclaration,
  seed: number,
  configuration: string,
): readonly Step[] {
  const options = resolveOptions(`learn.${name}`, task.options, given);
  const reads = task.reads(options);
  const needs = reads.map(ingestName);
  const declaration = [task.name, options, seed];
  const taskContext = (context: StepContext): TaskContext<typeof task.options> => {
    const { table, images, sounds } = openSources(context);
    return { name, options, seed, table, images, sounds, signal: context.signal, onProgress: context.onProgress };
  };
  const [train, evaluate] = [`train:${name}`, `evaluate:${name}`];

  return [
    {
      name: train,
      needs,
      declaration,
      async run(context) {
        const { workspace, run: parent } = context;
        const run = await startRun(workspace, { kind: "train", name, parent, parameters: options });
        const curves = openCurves(workspace, run);
        try {
          const { model, card, ...rest } = await task.train({
            ...taskContext(context),
            log: curves.add,
            checkpoint: checkpointOf(context, train),
            cache: join(workspace.folder, "cache"),
          });
          curves.flush();
          await endRun(workspace, run, "done", { candidates: rest.candidates });
          return { objects: { model: await workspace.objects.put(model) }, data: { card, ...rest } };
        } catch (error) {
          curves.flush();
          await endRun(workspace, run, context.signal?.aborted ? "cancelled" : "failed");
          throw error;
        }
      },
    },
    {
      name: evaluate,
      needs: [...needs, train],
      declaration,
      async run(context) {
        const { objects, data } = context.output(train);
        const bytes = await context.workspace.objects.get(objects.model!);
        await using model = await openModel(bytes, data.card as ModelCard);
        const evaluation = await task.evaluate(taskContext(context), model);
        return { objects: {}, data: { ...evaluation } };
      },
    },
    {
      name: `register:${name}`,
      needs: [...needs, train, evaluate],
      declaration,
      async run(context) {
        const { objects, data } = context.output(train);
        const { metrics } = context.output(evaluate).data as unknown as Evaluation;
        const sources = Object.fromEntries(
          reads.map((source) => [source, contentHash(context.output(ingestName(source)).objects)]),
        );
        const lineage: Lineage = { configuration, sources, seed, options };
        const card = data.card as ModelCard;
        const model = await registerModel(context.workspace, {
          task: name,
          object: objects.model!,
          run: context.run,
          metrics,
          lineage,
          card,
        });
        return { objects: { model: model.object }, data: { version: model.version, metrics } };
      },
      async isIntact({ data }, { database }) {
        const row = await database
          .selectFrom("model")
          .select("version")
          .where("task", "=", name)
          .where("version", "=", data.version as number)
          .executeTakeFirst();
        return row !== undefined;
      },
    },
  ];
}

/** Keeps one checkpoint of a step, bound to its key: a training of other inputs never sees it. */
function checkpointOf({ workspace: { database, objects }, key }: StepContext, step: string) {
  return {
    async load() {
      const row = await database
        .selectFrom("checkpoint")
        .selectAll()
        .where("step", "=", step)
        .where("key", "=", key)
        .executeTakeFirst();
      return row && (await objects.has(row.object)) ? objects.get(row.object) : undefined;
    },
    async save(bytes: Uint8Array) {
      const row = { key, object: await objects.put(bytes) };
      await database
        .insertInto("checkpoint")
        .values({ step, ...row })
        .onConflict((conflict) => conflict.column("step").doUpdateSet(row))
        .execute();
    },
  };
}
