import { createHash } from "node:crypto";
import type { Platform } from "./platform.ts";

export const platform: Platform = {
  sha256: () => createHash("sha256"),
  soon: (callback) => void setImmediate(callback),
  peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
};
