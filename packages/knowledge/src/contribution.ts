/** An entity by type and key; what is left out is known from elsewhere, or not at all. */
export interface EntityClaim {
  readonly type: string;
  readonly key: string;
  readonly name?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Where in the source it stands: a row, a document. */
  readonly place: string;
}

/** A relation between two entities, named by type and key. */
export interface RelationClaim {
  readonly type: string;
  readonly from: { readonly type: string; readonly key: string };
  readonly to: { readonly type: string; readonly key: string };
  readonly properties?: Readonly<Record<string, unknown>>;
  /** From 0 to 1. */
  readonly confidence?: number;
  readonly place: string;
}

/** A stretch of a document's text that names an entity; offsets count UTF-16 units. */
export interface MentionClaim {
  readonly document: { readonly type: string; readonly key: string };
  readonly entity: { readonly type: string; readonly key: string };
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All that one source says. */
export interface Contribution {
  readonly entities: readonly EntityClaim[];
  readonly relations: readonly RelationClaim[];
  readonly mentions?: readonly MentionClaim[];
}
