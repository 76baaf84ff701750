import { binColumn } from "./bin-column.ts";
import { type BoostPlan, blockRows, blocksOf } from "./boost-plan.ts";
import type { BoostViews } from "./boost-views.ts";
import { type BinnedTree, growBoostedTree } from "./grow-boosted-tree.ts";
import { boostLoss } from "./losses.ts";
import type { Team } from "./team.ts";

/** What the first thread tells of the rounds. */
export type BoostMessage =
  | {
      readonly kind: "round";
      readonly round: number;
      readonly validationLoss: number | undefined;
    }
  | { readonly kind: "done"; readonly trees: readonly (readonly BinnedTree[])[]; readonly losses: readonly number[] };

/** All rounds of a boosting; each thread of the team runs this over the same memory. */
export function boostRounds(
  plan: BoostPlan,
  views: BoostViews,
  team: Team,
  tell: (message: BoostMessage) => void,
): void {
  const { rows, validationRows, outputs, rounds, earlyStopping, layout } = plan;
  const loss = boostLoss(plan.loss);
  const all = rows + validationRows;
  const own = team.share(0, rows, 0);
  const ownAll = team.share(0, all, 0);
  const data = new Float32Array(plan.data);
  for (const feature of team.pieces(plan.features)) binColumn(plan, views.bytes, data, feature);
  const validationWeight = views.weights.subarray(rows).reduce((sum, weight) => sum + weight, 0);
  const trees: BinnedTree[][] = [];
  const losses: number[] = [];
  for (let k = 0; k < outputs; k++) {
    const { start, count } = ownAll;
    views.scores.fill(plan.base[k]!, k * all + start, k * all + start + count);
  }
  team.meet();

  const validationLossOf = (): number => {
    for (const block of team.pieces(blocksOf(validationRows))) {
      const from = block * blockRows;
      views.losses[block] = loss.total(views, plan, rows + from, Math.min(blockRows, validationRows - from));
    }
    team.meet();
    return views.losses.reduce((sum, value) => sum + value, 0) / validationWeight;
  };
  for (let round = 0; round < rounds; round++) {
    loss.prepare?.(views, plan, own.start, own.count);
    const grown: BinnedTree[] = [];
    for (let k = 0; k < outputs; k++) {
      loss.gradients(views, plan, k, own.start, own.count);
      if (plan.hasWeights) weigh(views, own.start, own.count);
      team.meet();
      const { tree, leaves } = growBoostedTree(plan, views, team);
      const values = leaves.map(({ node }) => tree.value[node]!);
      for (const i of team.pieces(leaves.length)) {
        const { start, count, validationStart, validationCount } = leaves[i]!;
        if (loss.leafValue) {
          values[i] =
            plan.growth.learningRate * loss.leafValue(views, plan, views.order.subarray(start, start + count));
          views.leafValues[i] = values[i]!;
        }
        const scores = layout.scores + 8 * k * all;
        views.kernel.addToRows(views.at.order + 4 * start, count, scores, values[i]!);
        views.kernel.addToRows(views.at.order + 4 * validationStart, validationCount, scores, values[i]!);
      }
      team.meet();
      if (team.thread === 0) {
        const value = [...tree.value];
        if (loss.leafValue) for (const [i, { node }] of leaves.entries()) value[node] = views.leafValues[i]!;
        grown.push({ ...tree, value });
      }
    }
    trees.push(grown);
    const validationLoss = earlyStopping && validationLossOf();
    if (validationLoss !== undefined) losses.push(validationLoss);
    if (team.thread === 0) tell({ kind: "round", round: round + 1, validationLoss });
    if (stops(losses, earlyStopping) || team.agreeToStop()) break;
  }
  if (team.thread === 0) tell({ kind: "done", trees, losses });
}

/** True once the last rounds have brought nothing. */
function stops(losses: readonly number[], earlyStopping: BoostPlan["earlyStopping"]): boolean {
  if (earlyStopping === undefined) return false;
  const { patience, tolerance } = earlyStopping;
  if (losses.length <= patience) return false;
  const reference = losses.at(-patience - 1)! - tolerance;
  return losses.slice(-patience).every((loss) => loss > reference);
}

function weigh({ pairs, weights }: BoostViews, start: number, count: number): void {
  for (let row = start; row < start + count; row++) {
    pairs[2 * row]! *= weights[row]!;
    pairs[2 * row + 1]! *= weights[row]!;
  }
}
