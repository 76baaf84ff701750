import { probeDevice } from "#probe";
import { type Device, devices } from "./device.ts";

/** A device, and whether it can be used on this machine. */
export interface DeviceReport {
  readonly device: Device;
  readonly isAvailable: boolean;
  /** Why it is not. */
  readonly reason?: string;
  /** How many times faster than the processor it multiplies matrices; below 1 for a software driver. */
  readonly speedup?: number;
}

/** Says which devices open on this machine, and how fast they are; it tries each in a process of its own, once. */
export const availableDevices = (): Promise<readonly DeviceReport[]> => Promise.all(devices.map(reportOn));

async function reportOn(device: Device): Promise<DeviceReport> {
  if (device === "cpu") return { device, isAvailable: true, speedup: 1 };
  const answer = await probeDevice(device);
  if ("reason" in answer) return { device, isAvailable: false, reason: answer.reason };
  return { device, isAvailable: true, speedup: answer.cpuMilliseconds / answer.milliseconds };
}
