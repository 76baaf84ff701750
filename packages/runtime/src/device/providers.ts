import { type InferenceSession, listSupportedBackends } from "onnxruntime-node";
import type { Device } from "./device.ts";

/**
 * The execution providers behind a device; the processor takes what the device has no kernel for.
 *
 * @throws where the runtime was built without the provider, which its binding would pass over in silence
 */
export function providersOf(
  device: Device,
  onHost: readonly string[] = [],
): InferenceSession.ExecutionProviderConfig[] {
  const known = listSupportedBackends().map(({ name }) => name);
  if (!known.includes(device)) throw new Error(`this build of the runtime has ${known.join(", ")}, not ${device}`);
  if (device === "cpu") return ["cpu"];
  return onHost.length === 0
    ? [device, "cpu"]
    : [{ name: device, forceCpuNodeNames: onHost } as { name: string }, "cpu"];
}
