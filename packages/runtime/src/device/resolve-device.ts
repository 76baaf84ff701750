import { AthanorError } from "@athanor/core";
import { probeDevice } from "#probe";
import { availableDevices } from "./available-devices.ts";
import { type Device, type DeviceChoice, devices } from "./device.ts";

/** The device to use: the given one, or for `auto` the one that is fastest here. */
export async function resolveDevice(choice: DeviceChoice): Promise<Device> {
  if (choice !== "auto") return choice;
  const reports = await availableDevices();
  const speedOf = ({ speedup = 0 }: { readonly speedup?: number }) => speedup;
  return reports.reduce((best, report) => (speedOf(report) > speedOf(best) ? report : best)).device;
}

/** How to get a device that is not there. */
const ways: Readonly<Record<Device, string>> = {
  cpu: "Reinstall onnxruntime-node.",
  cuda: "Put the runtime's CUDA provider of the same version (libonnxruntime_providers_cuda.so and libonnxruntime_providers_shared.so, from PyPI's onnxruntime-gpu) beside its libonnxruntime, and CUDA and cuDNN on the library path.",
  coreml: "CoreML is part of macOS; elsewhere use another device.",
  dml: "DirectML is part of Windows; elsewhere use another device.",
  webgpu: "Install the driver of the graphics processor; on Linux also the Vulkan loader (libvulkan1).",
};

/**
 * Runs what opens a graph on a device, and says so when it is the device that is missing.
 *
 * @throws `runtime/device` naming the device, what was found and how to get it
 */
export async function openOn<T>(device: Device, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const answer = device === "cpu" ? {} : await probeDevice(device);
    if (!("reason" in answer)) throw error;
    throw new AthanorError("runtime/device", `Device: expected ${device} to open here, got: ${answer.reason}`, {
      fix: `${ways[device]} Or name another of ${devices.join(", ")}, or auto.`,
      details: { device, reason: answer.reason },
      cause: error,
    });
  }
}
