import { AthanorError, type DType, show } from "@athanor/core";

/** What trees hold: a value, its type or a tensor; all say their element type. */
export interface Leaf {
  readonly dtype: DType;
  readonly shape: readonly (number | string)[];
}

/** A tree of the form of `T`, plain arrays and objects, with other leaves. */
export type TreeLike<T, L> = T extends Leaf ? L : { readonly [K in keyof T]: TreeLike<T[K], L> };

/** The keys that lead from a tree's root to a leaf. */
export type Path = readonly (string | number)[];

export const isLeaf = (node: unknown): node is Leaf =>
  typeof node === "object" && node !== null && typeof (node as Leaf).dtype === "string";

/**
 * A tree of the same form whose leaves are what `visit` makes of them; members that are `undefined` stay so.
 *
 * @throws `onnx/tree` for anything but leaves in plain arrays and objects
 */
export function mapTree<L extends Leaf, M>(tree: unknown, visit: (leaf: L, path: Path) => M, path: Path = []): unknown {
  if (isLeaf(tree)) return visit(tree as L, path);
  if (tree === undefined && path.length > 0) return undefined;
  if (Array.isArray(tree)) return tree.map((member, i) => mapTree(member, visit, [...path, i]));
  if (isPlain(tree)) {
    const members = Object.entries(tree).map(([key, member]) => [key, mapTree(member, visit, [...path, key])]);
    return Object.fromEntries(members);
  }
  throw new AthanorError(
    "onnx/tree",
    `Tree: expected values in plain arrays and objects, got ${show(tree)}${path.length > 0 ? ` at ${path.join(".")}` : ""}`,
    { fix: "Pass numbers and settings by closure, and tensors as they are.", details: { path } },
  );
}

/** The leaves in the order of their keys. */
export function leavesOf<L extends Leaf>(tree: unknown): readonly L[] {
  const leaves: L[] = [];
  mapTree<L, void>(tree, (leaf) => void leaves.push(leaf));
  return leaves;
}

const isPlain = (node: unknown): node is Record<string, unknown> =>
  typeof node === "object" &&
  node !== null &&
  (Object.getPrototypeOf(node) === Object.prototype || Object.getPrototypeOf(node) === null);
