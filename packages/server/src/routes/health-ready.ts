import { defineRoute } from "../define-route.ts";

export const healthReady = defineRoute({
  method: "GET",
  paths: ["/v2/health/ready"],
  summary: "Whether every champion is loaded and answers",
  isPublic: true,
  async handle({ models }, _request, reply) {
    const loads = await Promise.allSettled((await models.tasks()).map((task) => models.get(task)));
    const ready = loads.every(({ status }) => status === "fulfilled");
    return reply.code(ready ? 200 : 503).send({ ready });
  },
});
