import { golden } from "./golden.ts";

/** What golden/record/clusters.py recorded of one set of points. */
export interface ClusterRecord {
  readonly points: readonly (readonly number[])[];
  readonly dbscan: {
    readonly radius: number;
    readonly minPoints: number;
    readonly labels: readonly number[];
    readonly cores: readonly number[];
  };
  readonly hdbscan: readonly {
    readonly options: {
      readonly minClusterSize: number;
      readonly minPoints: number;
      readonly selection: "stable" | "leaf";
    };
    readonly labels: readonly number[];
    readonly memberships: readonly number[];
  }[];
  readonly agglomerate: Readonly<
    Record<
      "ward" | "complete" | "average" | "single",
      { readonly heights: readonly number[]; readonly labels: readonly number[] }
    >
  >;
  readonly mixtures: readonly {
    readonly components: number;
    readonly covariance: "full" | "diagonal";
    readonly weights: readonly number[];
    readonly means: readonly number[];
    readonly covariances: readonly number[];
    readonly logLikelihood: number;
    readonly bic: number;
    readonly labels: readonly number[];
  }[];
  readonly kMeans: readonly {
    readonly clusters: number;
    readonly inertia: number;
    readonly labels: readonly number[];
    readonly silhouette: number;
  }[];
  readonly miniBatch: { readonly clusters: number; readonly inertia: number };
}

/** The records by the names of their data sets. */
export const clusterRecords = () =>
  Object.entries(golden<{ readonly records: Readonly<Record<string, ClusterRecord>> }>("clusters").records);
