import { AthanorError } from "./athanor-error.ts";

/** Marks an option that has no default. */
export const required: unique symbol = Symbol("required");
type Required = typeof required;

interface Described<Kind extends string, T> {
  readonly kind: Kind;
  readonly default: T | Required;
  readonly help: string;
}
interface Range {
  readonly min?: number;
  readonly max?: number;
  /** How a search draws values: uniformly or uniformly in the logarithm. */
  readonly scale?: "linear" | "log";
}

export type NumberOption<T> = Described<"integer" | "real", T> & Range;
export type ChoiceOption<T> = Described<"choice", T> & { readonly choices: readonly string[] };
export type TextOption<T> = Described<"text", T>;
export type FlagOption<T> = Described<"flag", T>;
export type ListOption<T> = Described<"integers" | "reals" | "texts", T> & Range;

/** One option, declared once: it feeds types, validation, command-line flags, forms and search ranges. */
export type Option<T = unknown> = NumberOption<T> | ChoiceOption<T> | TextOption<T> | FlagOption<T> | ListOption<T>;

/** Options by name, as a layer, task or connector declares them. */
export type OptionSpec = Readonly<Record<string, Option<never> | Option<unknown>>>;

type Value<O> = O extends { readonly default: infer D } ? Exclude<D, Required> : never;
type RequiredKeys<S> = { [K in keyof S]: S[K] extends { readonly required: true } ? K : never }[keyof S];

/** What the user writes: every option with a default may be left out. */
export type OptionInput<S extends OptionSpec> = { readonly [K in Exclude<keyof S, RequiredKeys<S>>]?: Value<S[K]> } & {
  readonly [K in RequiredKeys<S>]: Value<S[K]>;
};
/** What the code receives: every option present. */
export type OptionValues<S extends OptionSpec> = { readonly [K in keyof S]: Value<S[K]> };

type OrNull<D> = D extends null ? null : never;
type MarkRequired<D> = D extends Required ? { readonly required: true } : unknown;

const describe = <T, D>(kind: string, value: D, help: string, more: object = {}) =>
  ({ kind, default: value, help, ...(value === required ? { required: true } : {}), ...more }) as unknown as Option<T> &
    MarkRequired<D>;

/** A whole number; a default of `null` means "no limit" and allows `null`. */
export const integer = <D extends number | null | Required>(value: D, help: string, range: Range = {}) =>
  describe<number | OrNull<D>, D>("integer", value, help, range);

/** A finite number; a default of `null` allows `null`. */
export const real = <D extends number | null | Required>(value: D, help: string, range: Range = {}) =>
  describe<number | OrNull<D>, D>("real", value, help, range);

/** A string; a default of `null` allows `null`. */
export const text = <D extends string | null | Required>(value: D, help: string) =>
  describe<string | OrNull<D>, D>("text", value, help);

/** True or false. */
export const flag = (value: boolean, help: string) => describe<boolean, boolean>("flag", value, help);

/** One of a few names; a default of `null` allows `null`. */
export const oneOf = <const C extends readonly string[], D extends C[number] | null>(
  value: D,
  help: string,
  choices: C,
) => describe<C[number] | OrNull<D>, D>("choice", value, help, { choices });

/** A list of whole numbers, each in the range. */
export const integers = <D extends readonly number[] | Required>(value: D, help: string, range: Range = {}) =>
  describe<readonly number[], D>("integers", value, help, range);

/** A list of finite numbers, each in the range. */
export const reals = <D extends readonly number[] | Required>(value: D, help: string, range: Range = {}) =>
  describe<readonly number[], D>("reals", value, help, range);

/** A list of strings. */
export const texts = <D extends readonly string[] | Required>(value: D, help: string) =>
  describe<readonly string[], D>("texts", value, help);

/** Returns the option's expectation in words, as errors and help pages print it. */
export function expectation(option: Option): string {
  const { min, max } = option as Range;
  const range =
    min !== undefined && max !== undefined
      ? ` from ${min} to ${max}`
      : min !== undefined
        ? ` of at least ${min}`
        : max !== undefined
          ? ` of at most ${max}`
          : "";
  const noun: Record<Option["kind"], string> = {
    integer: `a whole number${range}`,
    real: `a number${range}`,
    text: "a string",
    flag: "true or false",
    choice: "choices" in option ? `one of ${option.choices.join(", ")}` : "",
    integers: `a list of whole numbers${range}`,
    reals: `a list of numbers${range}`,
    texts: "a list of strings",
  };
  return noun[option.kind] + (option.default === null ? " or null" : "");
}

function accepts(option: Option, value: unknown): boolean {
  if (value === null) return option.default === null;
  const { min = -Infinity, max = Infinity } = option as Range;
  const isReal = (v: unknown) => typeof v === "number" && Number.isFinite(v) && v >= min && v <= max;
  const isInteger = (v: unknown) => Number.isSafeInteger(v) && isReal(v);
  switch (option.kind) {
    case "integer":
      return isInteger(value);
    case "real":
      return isReal(value);
    case "text":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "choice":
      return typeof value === "string" && option.choices.includes(value);
    case "integers":
      return Array.isArray(value) && value.every(isInteger);
    case "reals":
      return Array.isArray(value) && value.every(isReal);
    case "texts":
      return Array.isArray(value) && value.every((v) => typeof v === "string");
  }
}

/**
 * Fills in defaults and checks every value.
 *
 * @param owner what the options belong to, named in errors
 * @throws `options/unknown`, `options/missing`, `options/invalid`
 */
export function resolveOptions<S extends OptionSpec>(owner: string, spec: S, input: object = {}): OptionValues<S> {
  for (const key of Object.keys(input)) {
    if (!Object.hasOwn(spec, key)) {
      const known = Object.keys(spec);
      throw new AthanorError(
        "options/unknown",
        `${owner}: expected one of the options ${known.join(", ")}, got ${key}`,
        {
          fix: `Remove ${key} or correct its spelling.`,
          details: { owner, option: key, known },
        },
      );
    }
  }
  const given = input as Readonly<Record<string, unknown>>;
  const values = Object.entries(spec).map(([key, option]) => {
    const value = given[key] === undefined ? option.default : given[key];
    if (value === required) {
      throw new AthanorError("options/missing", `${owner}: expected ${key} (${option.help}), got nothing`, {
        fix: `Give ${key}: ${expectation(option)}.`,
        details: { owner, option: key },
      });
    }
    if (!accepts(option, value)) {
      throw new AthanorError(
        "options/invalid",
        `${owner}: expected ${key} to be ${expectation(option)}, got ${show(value)}`,
        {
          fix: `Set ${key} to ${expectation(option)}.`,
          details: { owner, option: key, value },
        },
      );
    }
    return [key, value] as const;
  });
  return Object.fromEntries(values) as OptionValues<S>;
}

/** Prints a value for an error message, shortened to one line. */
export function show(value: unknown): string {
  const printed = typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? String(value));
  return printed.length > 80 ? `${printed.slice(0, 77)}...` : printed;
}
