import { createHash, timingSafeEqual } from "node:crypto";
import { AthanorError } from "@athanor/core";
import type { FastifyRequest } from "fastify";

const digest = (value: string) => createHash("sha256").update(value).digest();

/** Refuses requests without the key; digests of equal length are compared, so that time tells nothing. */
export function keyGuard(key: string) {
  const expected = digest(`Bearer ${key}`);
  return async (request: FastifyRequest): Promise<void> => {
    if ((request.routeOptions.config as { isPublic?: boolean }).isPublic) return;
    if (timingSafeEqual(digest(request.headers.authorization ?? ""), expected)) return;
    throw new AthanorError(
      "server/unauthorized",
      "Server: expected the header Authorization: Bearer KEY, got none or another key",
      {
        fix: "Send the key that the server was started with.",
      },
    );
  };
}
