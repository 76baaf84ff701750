import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Workspace } from "@athanor/system";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyInstance } from "fastify";
import type { RouteContext } from "./define-route.ts";
import { keyGuard } from "./key-guard.ts";
import { openModels } from "./models.ts";
import { replyWithError } from "./reply-with-error.ts";
import * as routes from "./routes/index.ts";

/** Builds the HTTP application over an open workspace; closing it releases the models. */
export async function createApp(
  workspace: Workspace,
  { key }: { readonly key?: string | undefined } = {},
): Promise<{ app: FastifyInstance; tasks: readonly string[] }> {
  const models = openModels(workspace);
  const app = fastify({ bodyLimit: 64 * 2 ** 20, forceCloseConnections: true });
  app.setErrorHandler(replyWithError);
  app.setNotFoundHandler((request, reply) => {
    reply.code(404).send({
      error: {
        code: "server/unknown-route",
        message: `Server: expected a route of /openapi.json, got ${request.method} ${request.url}`,
      },
    });
  });
  app.addHook("onClose", () => models[Symbol.asyncDispose]());
  if (key) app.addHook("onRequest", keyGuard(key));

  const context: RouteContext = { workspace, models, routes: Object.values(routes) };
  for (const { method, paths, isPublic, handle } of context.routes) {
    for (const url of paths) {
      app.route({
        method,
        url,
        config: { isPublic: isPublic ?? false },
        handler: (request, reply) => handle(context, request, reply),
      });
    }
  }
  const assets = dirname(fileURLToPath(import.meta.resolve("swagger-ui-dist/package.json")));
  await app.register(fastifyStatic, {
    root: assets,
    prefix: "/docs/assets/",
    allowedPath: (path) => /^\/swagger-ui(-bundle)?\.(css|js)$/.test(path),
  });
  return { app, tasks: await models.tasks() };
}
