import { yieldToEventLoop } from "@athanor/core";

/** Milliseconds that calls may follow one another before the event loop has a turn. */
const longest = 4;

let begun: number | undefined;
let someoneWaits = false;

/**
 * Keeps calls that end at once, each too short for the event loop to notice, from holding it together: now and then one waits for
 * timers and input to have their turn.
 *
 * @returns true for a caller who may go on, false for one who would have to wait behind another one
 */
export function loopTurn(): boolean | Promise<true> {
  if (performance.now() - beginning() < longest) return true;
  return someoneWaits ? false : nextTurn();
}

function beginning(): number {
  if (begun === undefined) {
    begun = performance.now();
    void yieldToEventLoop().then(() => {
      begun = undefined;
    });
  }
  return begun;
}

async function nextTurn(): Promise<true> {
  someoneWaits = true;
  await yieldToEventLoop();
  someoneWaits = false;
  beginning();
  return true;
}
