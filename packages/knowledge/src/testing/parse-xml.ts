export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

/** A tag with its attributes, or the text before the next one. */
const token = /<(\/?)([A-Za-z]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const reference = /&(?:#(\d+)|(lt|gt|quot|amp));/g;
const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

/** Reads the small part of XML that data files use, strictly: what is not well formed throws. */
export function parseXml(text: string): XmlElement {
  const declared = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(text)![0];
  const top: XmlElement[] = [];
  const open: { element: XmlElement; into: XmlElement[] }[] = [];
  token.lastIndex = declared.length;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`not well formed at ${at}: ${text.slice(at, at + 60)}`);
    const [, isEnd, name, attributes, isEmpty, characters] = match;
    if (characters !== undefined) {
      decode(characters);
    } else if (isEnd) {
      if (open.pop()?.element.name !== name) throw new Error(`</${name}> ends nothing at ${at}`);
    } else {
      const children: XmlElement[] = [];
      const element = { name: name!, attributes: attributesOf(attributes!), children };
      (open.at(-1)?.into ?? top).push(element);
      if (!isEmpty) open.push({ element, into: children });
    }
  }
  if (top.length !== 1 || open.length > 0) throw new Error("expected one element around all");
  return top[0]!;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(
    // A bare line end or tab in an attribute is read as a space.
    ([, name, value]) => [name!, decode(value!.replace(/[\t\n\r]/g, " "))] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute occurs twice: ${text}`);
  return new Map(pairs);
}

function decode(text: string): string {
  if (text.replace(reference, "").includes("&")) throw new Error(`a bare & in ${text}`);
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed())
    throw new Error(`a character that XML forbids in ${JSON.stringify(text)}`);
  return text.replace(reference, (_, code, name) => (code ? String.fromCodePoint(Number(code)) : named[name]!));
}

/** All elements of a name, in the document's order. */
export const elementsNamed = (root: XmlElement, name: string): readonly XmlElement[] =>
  root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsNamed(child, name)]);
