import type { Device } from "../device.ts";

/** What a device took for a chain of products, beside what the processor took, or why it cannot be used. */
export type ProbeAnswer =
  | { readonly milliseconds: number; readonly cpuMilliseconds: number }
  | { readonly reason: string };

/** Tries a device; `node.ts` and `browser.ts` each export a probe, chosen by the conditions of package.json. */
export type Probe = (device: Device) => Promise<ProbeAnswer>;
