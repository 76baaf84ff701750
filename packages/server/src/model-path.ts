import { AthanorError, show } from "@athanor/core";
import type { FastifyRequest } from "fastify";

/** Reads the model and, where given, its version from a request's path. */
export function modelPath(request: FastifyRequest): { task: string; version: number | undefined } {
  const { task, version } = request.params as { task: string; version?: string };
  if (version === undefined) return { task, version: undefined };
  if (/^\d+$/.test(version)) return { task, version: Number(version) };
  throw new AthanorError("inference/version", `Server: expected a version to be a whole number, got ${show(version)}`, {
    fix: "Name a version that /v1/tasks lists.",
    details: { version },
  });
}
