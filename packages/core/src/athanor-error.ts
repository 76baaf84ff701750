/** `area/reason`, stable across releases: programs match this, never the message. */
export type ErrorCode = `${string}/${string}`;

/** What an error carries beside its code and its message. */
export interface ErrorContext {
  /** What the user can do about it, as an imperative sentence. */
  readonly fix?: string;
  /** The offending values as data, for programs and screens. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The one error class of Athanor.
 *
 * The message names the value, what was expected and what was got; `fix` names the way out.
 */
export class AthanorError<const Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "AthanorError";
  readonly code: Code;
  readonly fix: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, { fix, details = {}, cause }: ErrorContext = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.fix = fix;
    this.details = details;
  }

  toJSON(): { code: Code; message: string; fix: string | undefined; details: Readonly<Record<string, unknown>> } {
    return { code: this.code, message: this.message, fix: this.fix, details: this.details };
  }
}
