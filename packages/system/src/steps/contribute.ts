import { type Contribution, openGraph, replaceSource, sourceFingerprint } from "@athanor/knowledge";
import type { Step, StepContext, StepOutput } from "../pipeline/step.ts";

/** Writes a contribution to the graph under the step's own name, and says how much it was. */
export async function contribute(
  step: string,
  context: StepContext,
  claims: Contribution,
  data: Readonly<Record<string, unknown>> = {},
): Promise<StepOutput> {
  const graph = openGraph(context.workspace.connection);
  await replaceSource(graph, step, context.key, claims, context);
  return {
    objects: {},
    data: {
      contribution: context.key,
      entities: claims.entities.length,
      relations: claims.relations.length,
      mentions: claims.mentions?.length ?? 0,
      ...data,
    },
  };
}

/** Whether a contribution made under a key is still in the graph. */
export const isIntact =
  (step: string): NonNullable<Step["isIntact"]> =>
  async (_, { connection }, key) =>
    sourceFingerprint(openGraph(connection), step) === key;
