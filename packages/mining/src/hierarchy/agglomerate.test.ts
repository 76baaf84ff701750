import { describe, expect, it } from "vitest";
import { clusterRecords } from "../testing/cluster-records.ts";
import { pointsOf, worst } from "../testing/golden.ts";
import { agglomerate } from "./agglomerate.ts";
import { cutDendrogram } from "./dendrogram.ts";

describe("agglomerate", () => {
  it.each(clusterRecords())(
    "merges %s at the heights of SciPy, into the clusters of scikit-learn",
    async (_, record) => {
      for (const linkage of ["ward", "complete", "average", "single"] as const) {
        const tree = await agglomerate(pointsOf(record.points), { linkage });
        const { heights, labels } = record.agglomerate[linkage];
        // The record has ten digits.
        expect(worst(tree.heights, heights), linkage).toBeLessThan(1e-9);
        expect([...cutDendrogram(tree, { clusters: 4 })], linkage).toEqual(labels);
      }
    },
  );

  it("may be cut at a height, and names its merges from points up", async () => {
    const tree = await agglomerate({ values: Float64Array.of(0, 1, 10, 13), features: 1 }, { linkage: "complete" });
    expect([tree.left, tree.right].map((side) => [...side])).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ]);
    expect([...tree.sizes]).toEqual([2, 2, 4]);
    expect([...cutDendrogram(tree, { height: 2 })]).toEqual([0, 0, 1, 2]);
    expect(() => cutDendrogram(tree, { clusters: 5 })).toThrow(expect.objectContaining({ code: "mining/cut" }));
  });

  it("refuses more points than their pairs fit into memory", async () => {
    await expect(
      agglomerate({ values: new Float64Array(20_000), features: 1 }, { linkage: "average" }),
    ).rejects.toMatchObject({ code: "mining/too-many" });
  });
});
