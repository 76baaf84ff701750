import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Contribution } from "./contribution.ts";
import { exportGexf } from "./export-gexf.ts";
import { openGraph } from "./open-graph.ts";
import { replaceSource } from "./replace-source.ts";
import { elementsNamed, parseXml, type XmlElement } from "./testing/parse-xml.ts";

interface Rule {
  /** Children in order, with how often each may occur. */
  readonly children: Readonly<Record<string, readonly [least: number, most: number]>>;
  readonly required: readonly string[];
  /** What each attribute may hold; others are not allowed. */
  readonly attributes: Readonly<Record<string, RegExp>>;
}

const any = /^.*$/s;
const number = /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const many = [0, Number.POSITIVE_INFINITY] as const;
const attributeTypes =
  /^(integer|long|double|float|boolean|bigdecimal|biginteger|byte|char|short|string|anyURI|list(string|boolean|integer|long|float|double|byte|short|bigdecimal|biginteger|char))$/;

/** The schema of GEXF 1.3 for static graphs: https://gexf.net/1.3/gexf.xsd */
const schema: Readonly<Record<string, Rule>> = {
  gexf: {
    children: { meta: [0, 1], graph: [1, 1] },
    required: ["version", "xmlns"],
    attributes: { version: /^1\.3$/, xmlns: /^http:\/\/gexf\.net\/1\.3$/, variant: any },
  },
  meta: {
    children: { creator: many, keywords: many, description: many },
    required: [],
    attributes: { lastmodifieddate: /^\d{4}-\d\d-\d\d$/ },
  },
  creator: { children: {}, required: [], attributes: {} },
  graph: {
    children: { attributes: many, nodes: [1, 1], edges: [1, 1] },
    required: [],
    attributes: {
      mode: /^(static|dynamic|slice)$/,
      defaultedgetype: /^(directed|undirected|mutual)$/,
      idtype: /^(integer|string)$/,
    },
  },
  attributes: {
    children: { attribute: many },
    required: ["class"],
    attributes: { class: /^(node|edge)$/, mode: /^(static|dynamic)$/ },
  },
  attribute: {
    children: { default: many, options: many },
    required: ["id", "title", "type"],
    attributes: { id: any, title: any, type: attributeTypes },
  },
  nodes: { children: { node: many }, required: [], attributes: { count: /^\d+$/ } },
  node: { children: { attvalues: many }, required: ["id"], attributes: { id: any, label: any, pid: any } },
  edges: { children: { edge: many }, required: [], attributes: { count: /^\d+$/ } },
  edge: {
    children: { attvalues: many },
    required: ["source", "target"],
    attributes: {
      id: any,
      source: any,
      target: any,
      label: any,
      kind: any,
      weight: number,
      type: /^(directed|undirected|mutual)$/,
    },
  },
  attvalues: { children: { attvalue: many }, required: [], attributes: {} },
  attvalue: { children: {}, required: ["for", "value"], attributes: { for: any, value: any } },
};

/** Forms of the values that each declared type allows. */
const forms: Readonly<Record<string, RegExp>> = {
  long: /^-?\d+$/,
  double: number,
  boolean: /^(true|false)$/,
  string: any,
};

/** Everything in which an element and what it holds break the schema. */
function breaches({ name, attributes, children }: XmlElement): readonly string[] {
  const rule = schema[name];
  if (rule === undefined) return [`${name} is not allowed`];
  const names = children.map((child) => child.name);
  const order = Object.keys(rule.children);
  return [
    ...rule.required.filter((each) => !attributes.has(each)).map((each) => `${name} lacks ${each}`),
    ...[...attributes]
      .filter(([each, value]) => !rule.attributes[each]?.test(value))
      .map(([each, value]) => `${name} has ${each}="${value}"`),
    ...names
      .filter((each, i) => order.indexOf(each) < order.indexOf(names[i - 1] ?? ""))
      .map((each) => `${name} has ${each} out of order`),
    ...Object.entries(rule.children)
      .map(([each, range]) => [each, range, names.filter((child) => child === each).length] as const)
      .filter(([, [least, most], count]) => count < least || count > most)
      .map(([each, , count]) => `${name} has ${count} of ${each}`),
    ...children.flatMap(breaches),
  ];
}

describe("the GEXF export", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "athanor-gexf-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const exported = async (contribution: Contribution) => {
    const graph = openGraph(new SQLite(":memory:"));
    await replaceSource(graph, "source", "1", contribution);
    const path = join(folder, "graph.gexf");
    const counts = await exportGexf(graph, path);
    const text = await readFile(path, "utf8");
    return { counts, text, root: parseXml(text) };
  };
  const of = (elements: readonly XmlElement[], name: string) => elements.map(({ attributes }) => attributes.get(name)!);

  /** Checks what no schema can: ids, references, and values against their declared types. */
  const check = (root: XmlElement) => {
    expect(breaches(root)).toEqual([]);
    for (const kind of ["node", "edge"]) {
      const declared = elementsNamed(root, "attributes")
        .filter(({ attributes }) => attributes.get("class") === kind)
        .flatMap(({ children }) => children);
      const types = new Map(declared.map(({ attributes }) => [attributes.get("id")!, attributes.get("type")!]));
      expect(types.size).toBe(declared.length);
      const all = elementsNamed(root, kind);
      expect(new Set(of(all, "id")).size).toBe(all.length);
      for (const { attributes } of all.flatMap((each) => elementsNamed(each, "attvalue")))
        expect(attributes.get("value")).toMatch(forms[types.get(attributes.get("for")!)!]!);
    }
    const nodes = of(elementsNamed(root, "node"), "id");
    for (const end of ["source", "target"])
      expect(nodes).toEqual(expect.arrayContaining(of(elementsNamed(root, "edge"), end)));
  };
  const valuesOf = (root: XmlElement, title: string) => {
    const id = elementsNamed(root, "attribute").find(({ attributes }) => attributes.get("title") === title)!;
    const values = elementsNamed(elementsNamed(root, "nodes")[0]!, "attvalue");
    return of(
      values.filter(({ attributes }) => attributes.get("for") === id.attributes.get("id")),
      "value",
    );
  };
  const thing = (key: string) => ({ type: "Thing", key });

  it("keeps to the schema of GEXF 1.3, with a type for each property", async () => {
    const { counts, text, root } = await exported({
      entities: [
        { ...thing("1"), name: "Ash <& Ember>", properties: { n: 1, price: 2, open: true, mixed: 3 }, place: "" },
        { ...thing("2"), properties: { n: -7, price: 2.5, open: false, mixed: "x", tags: ["a", "b"] }, place: "" },
        { ...thing("3"), properties: { n: null, never: null }, place: "" },
      ],
      relations: [
        { type: "NEAR", from: thing("1"), to: thing("2"), properties: { metres: 1e21 }, place: "" },
        { type: "NEAR", from: thing("1"), to: thing("2"), confidence: 1e-7, place: "" },
        { type: "IS", from: thing("3"), to: thing("3"), place: "" },
      ],
    });
    expect(counts).toEqual({ nodes: 3, edges: 3 });
    expect(text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<gexf ')).toBe(true);
    check(root);
    const declared = elementsNamed(root, "attribute");
    const types = of(declared, "title").map((title, i) => [title, of(declared, "type")[i]]);
    expect(Object.fromEntries(types)).toEqual({
      type: "string",
      key: "string",
      n: "long",
      price: "double",
      open: "boolean",
      mixed: "string",
      tags: "string",
      metres: "double",
    });
    expect(valuesOf(root, "tags")).toEqual(['["a","b"]']);
    expect(of(elementsNamed(root, "node"), "label")[0]).toBe("Ash <& Ember>");
  });

  it("keeps to the schema when there is nothing", async () => {
    const { root } = await exported({ entities: [], relations: [] });
    check(root);
  });

  it("carries any text that XML can, and drops what it cannot", async () => {
    const text = fc.string({
      unit: fc.oneof(fc.string({ unit: "binary", maxLength: 1 }), fc.constantFrom(...`<>&"'\n\r\t ;#书`)),
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 10, maxLength: 10 }), async (values) => {
        const entities = values.map((value, i) => ({
          ...thing(String(i)),
          name: value,
          properties: { value, [`own ${value}`]: 1 },
          place: "",
        }));
        const { root } = await exported({ entities, relations: [] });
        check(root);
        const allowed = values.map((value) =>
          value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""),
        );
        expect(valuesOf(root, "value")).toEqual(allowed);
        expect(of(elementsNamed(root, "node"), "label")).toEqual(allowed);
      }),
      { numRuns: 5 },
    );
  });
});
