import type { Workspace } from "@athanor/system";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Models } from "./models.ts";

export interface RouteContext {
  readonly workspace: Workspace;
  readonly models: Models;
  /** Every route, for the document that describes them. */
  readonly routes: readonly Route[];
}

/** One operation of the API; its OpenAPI part is built from the same declaration. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly paths: readonly string[];
  readonly summary: string;
  /** Answers without a key, such as health checks. */
  readonly isPublic?: boolean;
  handle(context: RouteContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
}

export const defineRoute = (route: Route): Route => route;
