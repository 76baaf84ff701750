import { binColumn } from "./bin-column.ts";
import type { BoostPlan } from "./boost-plan.ts";
import type { BoostViews } from "./boost-views.ts";
import { type BinnedTree, growBoostedTree } from "./grow-boosted-tree.ts";
import { boostLoss } from "./losses.ts";
import type { Team } from "./team.ts";

/** What the first thread tells of the rounds. */
export type BoostMessage =
  | {
      readonly kind: "round";
      readonly round: number;
      readonly loss: number;
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
  const ownValidation = team.share(rows, validationRows, 0);
  const data = new Float32Array(plan.data);
  for (const feature of team.pieces(plan.features)) binColumn(plan, views.bytes, data, feature);
  const trees: BinnedTree[][] = [];
  const losses: number[] = [];
  for (let k = 0; k < outputs; k++) {
    const { start, count } = ownAll;
    views.scores.fill(plan.base[k]!, k * all + start, k * all + start + count);
  }
  team.meet();

  const meanOf = (part: { readonly start: number; readonly count: number }, count: number): number => {
    views.sums[4 * team.thread + 2] = loss.total(views, plan, part.start, part.count);
    team.meet();
    let sum = 0;
    for (let thread = 0; thread < team.size; thread++) sum += views.sums[4 * thread + 2]!;
    team.meet();
    return sum / count;
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
        const { start, count, validationStart, validationCount, node } = leaves[i]!;
        if (loss.leafValue) {
          const residuals = Float64Array.from(
            views.order.subarray(start, start + count),
            (row) => views.targets[row]! - views.scores[row]!,
          );
          values[i] = plan.growth.learningRate * (count === 0 ? 0 : loss.leafValue(residuals));
          views.doubles[layout.splits / 8 + node] = values[i]!;
        }
        const scores = layout.scores + 8 * k * all;
        views.kernel.addToRows(views.at.order + 4 * start, count, scores, values[i]!);
        views.kernel.addToRows(views.at.order + 4 * validationStart, validationCount, scores, values[i]!);
      }
      team.meet();
      if (team.thread === 0) {
        const value = [...tree.value];
        if (loss.leafValue) for (const { node } of leaves) value[node] = views.doubles[layout.splits / 8 + node]!;
        grown.push({ ...tree, value });
      }
      team.meet();
    }
    trees.push(grown);
    const validationLoss = earlyStopping && meanOf(ownValidation, validationRows);
    if (validationLoss !== undefined) losses.push(validationLoss);
    if (team.thread === 0) tell({ kind: "round", round: round + 1, loss: Number.NaN, validationLoss });
    if (stops(losses, earlyStopping) || agreeToStop(team, views)) break;
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

/** The threads look at the same moment, so that all stop or none. */
function agreeToStop(team: Team, { sums }: BoostViews): boolean {
  if (team.thread === 0) sums[3] = +team.isAborted;
  team.meet();
  const isAborted = sums[3] === 1;
  team.meet();
  return isAborted;
}

function weigh({ pairs, weights }: BoostViews, start: number, count: number): void {
  for (let row = start; row < start + count; row++) {
    pairs[2 * row]! *= weights[row]!;
    pairs[2 * row + 1]! *= weights[row]!;
  }
}
