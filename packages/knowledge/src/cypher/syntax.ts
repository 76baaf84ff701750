export interface NodePattern {
  readonly variable: string;
  readonly label: string | undefined;
  readonly properties: Readonly<Record<string, Expression>>;
}

export interface RelationPattern {
  readonly variable: string;
  readonly types: readonly string[];
  readonly direction: "out" | "in" | "both";
  readonly properties: Readonly<Record<string, Expression>>;
  /** How many relations in a row it stands for; undefined for one. */
  readonly length: { readonly least: number; readonly most: number } | undefined;
}

/** Nodes with the relations between them: `nodes[i] relations[i] nodes[i + 1]`. */
export interface PathPattern {
  readonly nodes: readonly NodePattern[];
  readonly relations: readonly RelationPattern[];
  /** Of the walks between the same two nodes, only a shortest one. */
  readonly isShortest: boolean;
}

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "variable"; readonly name: string; readonly at: number }
  | { readonly kind: "property"; readonly variable: string; readonly name: string; readonly at: number }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly isDistinct: boolean;
      readonly argument: Expression | "*";
      readonly at: number;
    }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "isNull"; readonly operand: Expression; readonly isNegated: boolean }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression };

export interface ReturnItem {
  readonly expression: Expression;
  readonly name: string;
}

export interface Query {
  readonly paths: readonly PathPattern[];
  readonly where: Expression | undefined;
  readonly isDistinct: boolean;
  readonly items: readonly ReturnItem[];
  readonly orderBy: readonly { readonly expression: Expression; readonly isDescending: boolean }[];
  readonly skip: Expression | undefined;
  readonly limit: Expression | undefined;
}
