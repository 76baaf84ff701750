import { syntaxError, type Token, tokenise } from "./tokenise.ts";

/** Walks the tokens of a query. */
export class TokenReader {
  readonly #query: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(query: string) {
    this.#query = query;
    this.#tokens = tokenise(query);
  }

  get next(): Token {
    return this.#tokens[this.#at]!;
  }

  /** True when the next token is this sign or keyword. */
  sees(text: string): boolean {
    const { kind, text: own } = this.next;
    return kind === "sign" ? own === text : kind === "name" && own.toUpperCase() === text;
  }

  /** Takes the sign or keyword when it is next. */
  accept(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(text);
  }

  take(kind: Token["kind"], expected: string): Token {
    if (this.next.kind !== kind) this.fail(expected);
    return this.#tokens[this.#at++]!;
  }

  /** The query's text from a token to the one before the next. */
  textFrom(start: Token): string {
    return this.#query.slice(start.at, this.next.at).trim();
  }

  fail(expected: string): never {
    throw syntaxError(this.#query, this.next.at, expected);
  }
}
