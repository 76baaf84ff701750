import { platform } from "#platform";

/** The most memory in bytes that the process has held so far, where the platform tells. */
export const peakMemoryBytes = (): number | undefined => platform.peakMemoryBytes();
