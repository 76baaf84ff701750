import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cores } from "./cores.ts";

describe("Cores", () => {
  it("lets a worker go on without waiting while it is alone", () => {
    const cores = new Cores(2);
    const worker = {};
    const started: number[] = [];
    for (const i of [1, 2, 3]) cores.take(worker, 2, () => started.push(i));
    expect(started).toEqual([1, 2, 3]);
  });

  it("gives each worker its turn when several want all cores", () => {
    const cores = new Cores(2);
    const [a, b] = [{}, {}];
    const started: string[] = [];
    cores.take(a, 2, () => started.push("a1"));
    cores.take(b, 2, () => started.push("b1"));
    cores.take(a, 2, () => started.push("a2"));
    expect(started).toEqual(["a1"]);
    cores.give(a);
    expect(started).toEqual(["a1", "b1"]);
    cores.give(b);
    expect(started).toEqual(["a1", "b1", "a2"]);
  });

  it("never has more threads at once than cores, and starts everything in the end", () => {
    const work = fc.record({ worker: fc.nat(4), threads: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(fc.array(work), fc.integer({ min: 1, max: 4 }), (items, count) => {
        const cores = new Cores(count);
        const workers = [{}, {}, {}, {}, {}];
        const running: { worker: number; threads: number }[] = [];
        let started = 0;
        for (const item of items) {
          cores.take(workers[item.worker]!, item.threads, () => {
            started += 1;
            running.push(item);
            const most = [0, 1, 2, 3, 4].map((worker) =>
              Math.max(0, ...running.filter((run) => run.worker === worker).map(({ threads }) => threads)),
            );
            expect(most.reduce((sum, threads) => sum + Math.min(threads, count), 0)).toBeLessThanOrEqual(count);
          });
        }
        while (running.length > 0) cores.give(workers[running.shift()!.worker]!);
        expect(started).toBe(items.length);
      }),
    );
  });
});
