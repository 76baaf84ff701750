import type { Field, ModelVersion } from "@athanor/system";
import type { Route } from "./define-route.ts";
import { version } from "./version.ts";

type Json = Readonly<Record<string, unknown>>;

const fieldSchemas: Readonly<Record<Field["type"], Json>> = {
  number: { type: "number" },
  flag: { type: "boolean" },
  text: { type: "string" },
  label: { type: "string" },
  image: { type: "string", contentEncoding: "base64" },
  sound: { type: "string", contentEncoding: "base64" },
  series: { type: "array", items: { type: "number" } },
  spans: {
    type: "array",
    items: {
      type: "object",
      properties: {
        kind: { type: "string" },
        text: { type: "string" },
        start: { type: "integer" },
        end: { type: "integer" },
      },
    },
  },
  distribution: { type: "object", additionalProperties: { type: "number", minimum: 0, maximum: 1 } },
};

const objectOf = (fields: readonly Field[]): Json => ({
  type: "object",
  properties: Object.fromEntries(
    fields.map(({ name, type, help, example, optional }) => [
      name,
      {
        ...fieldSchemas[type],
        ...(optional ? { type: [fieldSchemas[type].type, "null"] } : {}),
        description: help,
        ...(example === undefined ? {} : { examples: [example] }),
      },
    ]),
  ),
  required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
});

const json = (schema: Json): Json => ({ content: { "application/json": { schema } } });
const failure = (description: string): Json => ({ description, ...json({ $ref: "#/components/schemas/Failure" }) });

/** The API as an OpenAPI 3.1 document: the fixed routes, and a typed prediction for each champion. */
export function openApiDocument(models: readonly ModelVersion[], routes: readonly Route[]): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Athanor",
      version,
      description: "Predictions of a learning system, typed by task and as Open Inference Protocol v2.",
    },
    paths: {
      ...fixedPaths(routes),
      ...Object.fromEntries(models.filter(({ stage }) => stage === "champion").map(predictPath)),
    },
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: {
        Failure: {
          type: "object",
          properties: {
            error: {
              type: "object",
              properties: {
                code: { type: "string" },
                message: { type: "string" },
                fix: { type: "string" },
                details: { type: "object" },
              },
              required: ["code", "message"],
            },
          },
        },
      },
    },
    security: [{ key: [] }, {}],
  };
}

function predictPath({ task, version: modelVersion, card }: ModelVersion): readonly [string, Json] {
  const row = objectOf(card.inputs);
  return [
    `/v1/predict/${task}`,
    {
      post: {
        summary: card.summary,
        tags: ["predict"],
        requestBody: { required: true, ...json({ oneOf: [row, { type: "array", items: row }] }) },
        responses: {
          200: {
            description: `Predictions of version ${modelVersion}`,
            ...json({
              type: "object",
              properties: {
                task: { type: "string" },
                version: { type: "integer" },
                predictions: { type: "array", items: objectOf(card.outputs) },
              },
            }),
          },
          400: failure("A field is missing, unknown or of the wrong type"),
        },
      },
    },
  ];
}

function fixedPaths(routes: readonly Route[]): Json {
  const operations = routes.flatMap(({ method, paths, summary }) =>
    paths.map((path) => [path.replace(/:(\w+)/g, "{$1}"), method.toLowerCase(), summary] as const),
  );
  return Object.fromEntries(
    operations.map(([path, method, summary]) => [
      path,
      {
        [method]: {
          summary,
          parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
            name,
            in: "path",
            required: true,
            schema: { type: "string" },
          })),
          responses: { 200: { description: summary }, default: failure("What went wrong") },
        },
      },
    ]),
  );
}
