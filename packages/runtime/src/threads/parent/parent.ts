/** The one who started a thread, seen from it; `node.ts` and `browser.ts` each export it, chosen by the conditions of package.json. */
export interface Parent {
  listen(listener: (message: unknown) => void): void;
  /** Posts a message, and moves memory instead of copying it. */
  post(message: unknown, moved?: readonly ArrayBuffer[]): void;
}
