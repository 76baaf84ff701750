import { expect, it } from "vitest";
import { loopTurn } from "./loop-turn.ts";

const work = () => {
  for (const begin = performance.now(); performance.now() - begin < 1; );
};

it("lets timers run between calls that follow one another", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  for (let i = 0; i < 50; i++) {
    expect(await loopTurn(1)).toBe(true);
    work();
  }
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});

it("sends those away who come together and would have to wait for each other", async () => {
  const calls = Array.from({ length: 50 }, async () => {
    const turn = loopTurn(1);
    const isMine = typeof turn === "boolean" ? turn : await turn;
    if (isMine) work();
    return isMine;
  });
  const mine = (await Promise.all(calls)).filter(Boolean);
  expect(mine.length).toBeGreaterThan(0);
  expect(mine.length).toBeLessThan(25);
});
