import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { overSample, smote, underSample } from "./resample.ts";

const random = Random.from(3);
const labels = Array.from({ length: 50 }, (_, i) => (i % 5 === 0 ? "rare" : "common"));
const x = float32(
  labels.flatMap((label) => [random.normal() + (label === "rare" ? 10 : 0), random.normal()]),
  [50, 2],
);

describe("resampling", () => {
  it.each([
    ["leaves out", underSample, 10],
    ["repeats", overSample, 40],
    ["makes up", smote, 40],
  ] as const)("%s samples until the classes are even", (_, resample, size) => {
    const even = resample(x, labels, 1);
    for (const label of ["rare", "common"]) expect(even.labels.filter((each) => each === label)).toHaveLength(size);
    expect(even.x.shape).toEqual([2 * size, 2]);
    expect(resample(x, labels, 1).x.data).toEqual(even.x.data);
    expect(resample(x, labels, 2).x.data).not.toEqual(even.x.data);
    for (const [row, label] of even.labels.entries()) expect(even.x.data[2 * row]! > 5).toBe(label === "rare");
  });

  it("makes up samples between neighbours, and repeats one that is alone", () => {
    const made = smote(x, labels, 1).x.data.subarray(100);
    const known = new Set(x.data);
    expect(made.filter((value) => known.has(value)).length).toBeLessThan(5);
    const alone = smote(float32([1, 2, 3], [3, 1]), ["a", "a", "b"], 1);
    expect(Array.from(alone.x.data)).toEqual([1, 2, 3, 3]);
  });
});
