import { yieldToEventLoop } from "@athanor/core";

/** Milliseconds that calls may follow one another before the event loop has a turn. */
const longest = 9;

let begun: number | undefined;
let someoneWaits = false;

/**
 * Keeps calls that end at once, each too short for the event loop to notice, from holding it together: now and then one waits for
 * timers and input to have their turn.
 *
 * @param expected how long the call will take, in milliseconds
 * @returns true for a caller who may go on, false for one who would have to wait behind another one
 */
export function loopTurn(expected: number): boolean | Promise<true> {
  if (begun === undefined || performance.now() - begun + expected < longest) {
    begin();
    return true;
  }
  return someoneWaits ? false : nextTurn();
}

function begin(): void {
  if (begun !== undefined) return;
  begun = performance.now();
  void yieldToEventLoop().then(() => {
    begun = undefined;
  });
}

async function nextTurn(): Promise<true> {
  someoneWaits = true;
  await yieldToEventLoop();
  someoneWaits = false;
  begin();
  return true;
}
