import { AthanorError } from "@athanor/core";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** Status of an error by its code, then by its area; anything else is ours. */
const statuses: Readonly<Record<string, number>> = {
  "server/unauthorized": 401,
  "registry/unknown-task": 404,
  "registry/unknown-version": 404,
  "server/no-report": 404,
  predict: 400,
  cypher: 400,
  inference: 400,
  tensor: 400,
  runtime: 400,
};

/** Answers every failure as `{ error: { code, message, fix, details } }`. */
export function replyWithError(
  error: FastifyError | AthanorError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof AthanorError) {
    const status = statuses[error.code] ?? statuses[error.code.split("/")[0]!] ?? 500;
    reply.code(status).send({ error });
    return;
  }
  const status = error.statusCode ?? 500;
  const code = status < 500 ? "server/bad-request" : "server/defect";
  reply
    .code(status)
    .send({ error: { code, message: status < 500 ? error.message : "Server: expected to answer, got a defect" } });
}
