import { branchCount, type C45State } from "./c45-tree.ts";
import { expectedErrors } from "./expected-errors.ts";

/** What a feature has to be: a category, or a number above one limit, up to another, or both. */
export interface Condition {
  readonly feature: number;
  readonly equals?: number;
  readonly above?: number;
  readonly upTo?: number;
}

/** A path to a leaf. */
export interface Rule {
  readonly conditions: readonly Condition[];
  readonly label: string;
  /** Weight of the training rows that it covers. */
  readonly coverage: number;
  /** Share of them that it gets wrong. */
  readonly error: number;
  /** Upper limit of the error rate on unseen rows. */
  readonly expectedError: number;
}

/** What the numbers of a tree stand for. */
export interface RuleNames {
  readonly features?: readonly string[];
  /** By feature and value. */
  readonly categories?: readonly (readonly string[] | undefined)[];
}

/** The rules of a tree, the most reliable first; leaves that no training row reached have none. */
export function c45Rules(
  { state, labels }: { readonly state: C45State; readonly labels: readonly string[] },
  confidence = 0.25,
): readonly Rule[] {
  const rules: Rule[] = [];
  const visit = (node: number, conditions: readonly Condition[]) => {
    if (state.feature[node]! >= 0) {
      for (let branch = 0; branch < branchCount(state, node); branch++)
        visit(state.child[node]! + branch, narrowed(conditions, conditionOf(state, node, branch)));
      return;
    }
    const coverage = state.weight[node]!;
    if (coverage === 0) return;
    const shares = state.value.subarray(node * labels.length, (node + 1) * labels.length);
    const best = shares.indexOf(Math.max(...shares));
    const error = 1 - shares[best]!;
    const expectedError = expectedErrors(coverage, error * coverage, confidence) / coverage;
    rules.push({ conditions, label: labels[best]!, coverage, error, expectedError });
  };
  visit(0, []);
  return rules.sort((a, b) => a.expectedError - b.expectedError || b.coverage - a.coverage);
}

function conditionOf({ categories, feature, threshold }: C45State, node: number, branch: number): Condition {
  const [asked, limit] = [feature[node]!, threshold[node]!];
  if (Number.isNaN(limit)) return { feature: asked, equals: categories[asked]![branch]! };
  return branch === 0 ? { feature: asked, upTo: limit } : { feature: asked, above: limit };
}

/** Of limits of one feature only the narrowest are left. */
function narrowed(conditions: readonly Condition[], added: Condition): readonly Condition[] {
  const at = conditions.findIndex(({ feature }) => feature === added.feature);
  return at < 0 ? [...conditions, added] : conditions.with(at, { ...conditions[at], ...added });
}

/** Rules as text, one a line: what has to hold, the label, and how many training rows it covers with how many errors. */
export const rulesText = (rules: readonly Rule[], names: RuleNames = {}): string =>
  rules
    .map(({ conditions, label, coverage, error }, i) => {
      const held = conditions.map((condition) => conditionText(condition, names)).join(" and ");
      const wrong = error > 0 ? `/${short(error * coverage)}` : "";
      return `${i + 1}. ${held ? `if ${held} then ` : ""}${label} (${short(coverage)}${wrong})`;
    })
    .join("\n");

function conditionText({ feature, equals, above, upTo }: Condition, { features, categories }: RuleNames): string {
  const name = features?.[feature] ?? `x${feature}`;
  if (equals !== undefined) return `${name} = ${categories?.[feature]?.[equals] ?? equals}`;
  if (above === undefined) return `${name} <= ${short(upTo!)}`;
  return upTo === undefined ? `${name} > ${short(above)}` : `${short(above)} < ${name} <= ${short(upTo)}`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
