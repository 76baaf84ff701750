import { openPredictor, openSystem, queryGraph } from "@athanor/system";
import type { Planted } from "./generate.ts";

export interface Found {
  readonly what: string;
  readonly found: string;
  readonly isEnough: boolean;
}

interface MinedRule {
  readonly left: readonly string[];
  readonly right: string;
  readonly confidence: number;
}

/** Compares what a learned bookshop holds with what was hidden in its data. */
export async function checkPlanted(directory: string, planted: Planted): Promise<readonly Found[]> {
  await using system = await openSystem(directory);
  const { workspace } = system;
  const rows = await workspace.database.selectFrom("step").selectAll().execute();
  const data = (step: string) => JSON.parse(rows.find(({ name }) => name === step)!.output).data;

  const mined = data("mine:baskets").data.rules as readonly MinedRule[];
  const rules = planted.rules.filter(({ left, right, confidence }) =>
    mined.some(
      (rule) =>
        rule.right === right &&
        left.every((title) => rule.left.includes(title)) &&
        rule.left.length === left.length &&
        Math.abs(rule.confidence - confidence) < 0.08,
    ),
  ).length;

  const groups = data("mine:kinds").data.groups as Readonly<Record<string, number>>;
  const pure = purity(Object.entries(planted.segments).map(([id, segment]) => [segment, groups[id]!] as const));

  const { rows: links } = await queryGraph(
    workspace,
    "MATCH (a:Customer)-[r:SAME_AS]->(b:Customer) RETURN a.key AS a, b.key AS b",
  );
  const pairs = new Set(links.map(({ a, b }) => `${a}=${b}`));
  const hits = planted.duplicates.filter(([a, b]) => pairs.has(`${a}=${b}`) || pairs.has(`${b}=${a}`)).length;
  const [precision, recall] = [hits / pairs.size, hits / planted.duplicates.length];

  const { rows: named } = await queryGraph(
    workspace,
    "MATCH (d:Document)-[:MENTIONS]->(b:Book) RETURN d.key AS d, b.name AS b",
  );
  const mentioned = new Set(named.map(({ d, b }) => `${d}=${b}`));
  const wanted = Object.entries(planted.mentions).flatMap(([file, titles]) =>
    titles.map((title) => `${file}=${title}`),
  );
  const recognised = wanted.filter((each) => mentioned.has(each)).length;

  const metrics = async (task: string) => {
    await using predictor = await openPredictor(workspace, task);
    return predictor.model.metrics;
  };
  const [churn, covers, taste] = [await metrics("churn"), await metrics("covers"), await metrics("taste")];
  return [
    {
      what: "rules among baskets",
      found: `${rules} of ${planted.rules.length}`,
      isEnough: rules === planted.rules.length,
    },
    {
      what: "customer segments",
      found: `${new Set(Object.values(groups)).size} groups, ${percent(pure)} pure`,
      isEnough: pure > 0.95,
    },
    {
      what: "customers entered twice",
      found: `precision ${percent(precision)}, recall ${percent(recall)}`,
      isEnough: precision >= 0.9 && recall >= 0.9,
    },
    {
      what: "books named in reviews",
      found: `${recognised} of ${wanted.length}`,
      isEnough: recognised >= 0.98 * wanted.length,
    },
    {
      what: "who leaves",
      found: `AUC ${churn.auc!.toFixed(3)}, ${planted.churnAuc.toFixed(3)} at best`,
      isEnough: churn.auc! > planted.churnAuc - 0.06,
    },
    {
      what: "genres of covers",
      found: `accuracy ${percent(covers.accuracy!)}`,
      isEnough: covers.accuracy! >= 0.9,
    },
    {
      what: "tastes",
      found: `RMSE ${taste.rmse!.toFixed(3)}, noise ${planted.ratingNoise}`,
      isEnough: taste.rmse! < 0.85,
    },
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Share of members that belong to the kind which most of their group belong to. */
function purity(pairs: readonly (readonly [segment: number, group: number])[]): number {
  const counts = new Map<number, Map<number, number>>();
  for (const [segment, group] of pairs) {
    const own = counts.get(group) ?? new Map<number, number>();
    own.set(segment, (own.get(segment) ?? 0) + 1);
    counts.set(group, own);
  }
  return [...counts.values()].reduce((sum, own) => sum + Math.max(...own.values()), 0) / pairs.length;
}
