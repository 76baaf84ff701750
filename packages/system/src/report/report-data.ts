import type { Language, Wording } from "../language.ts";
import type { ConfusionMatrix, Curve, RocCurve } from "../task/evaluation.ts";

/** Everything the report shows, as plain data; the page is a function of it. */
export interface ReportData {
  readonly language: Language;
  readonly name: string;
  readonly run: { readonly id: number; readonly started: number; readonly durationMs: number };
  /** What changed since the last run, one sentence each. */
  readonly changes: readonly Wording[];
  readonly sources: readonly SourceReport[];
  readonly graph?: GraphReport;
  readonly findings: readonly FindingReport[];
  readonly tasks: readonly TaskReport[];
  readonly steps: readonly {
    readonly name: string;
    readonly status: string;
    readonly durationMs: number;
    readonly reason: string;
  }[];
}

export interface SourceReport {
  readonly name: string;
  readonly kind: string;
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly missing: number;
    readonly distinct: number;
    readonly range: string;
  }[];
}

export interface GraphReport {
  readonly entities: Readonly<Record<string, number>>;
  readonly relations: Readonly<Record<string, number>>;
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly size: number;
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly type: string }[];
  /** By PageRank, which is the share. */
  readonly central: readonly { readonly name: string; readonly type: string; readonly share: number }[];
  readonly components: number;
  /** Share of the entities in the largest component. */
  readonly largestComponent: number;
}

export interface FindingReport {
  readonly name: string;
  readonly title: Wording;
  /** Findings in words, best first. */
  readonly sentences: Readonly<Record<Language, readonly string[]>>;
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };
}

export interface TaskReport {
  readonly name: string;
  readonly summary: string;
  readonly version: number;
  readonly stage: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly previousMetrics?: Readonly<Record<string, number>>;
  readonly candidates: readonly { readonly name: string; readonly metrics: Readonly<Record<string, number>> }[];
  readonly curves: readonly Curve[];
  readonly confusion?: ConfusionMatrix;
  readonly roc?: readonly RocCurve[];
  readonly importances?: readonly { readonly name: string; readonly value: number }[];
}
