import { type InferenceSession, listSupportedBackends } from "onnxruntime-node";
import type { Requests } from "../protocol.ts";

/**
 * How the runtime is told of a device; the processor takes what the device has no kernel for.
 *
 * @throws where the runtime was built without the device's execution provider, which its binding would pass over in silence
 */
export function deviceOptions({
  device = "cpu",
  onHost = [],
  resident = [],
}: Pick<Requests["open"]["request"], "device" | "onHost" | "resident">): InferenceSession.SessionOptions {
  if (device === "cpu") return {};
  const known = listSupportedBackends().map(({ name }) => name);
  if (!known.includes(device)) throw new Error(`this build of the runtime has ${known.join(", ")}, not ${device}`);
  const provider = onHost.length === 0 ? device : ({ name: device, forceCpuNodeNames: onHost } as { name: string });
  return {
    executionProviders: [provider, "cpu"],
    enableMemPattern: false,
    ...(resident.length === 0
      ? {}
      : { preferredOutputLocation: Object.fromEntries(resident.map((name) => [name, "gpu-buffer"])) }),
  };
}
