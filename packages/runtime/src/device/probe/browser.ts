import type { Probe } from "./probe.ts";

export const probeDevice: Probe = async () => ({ reason: "a browser, where graphs run on the processor" });
