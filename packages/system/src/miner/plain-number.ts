/** A number as people write it: three digits that count, no exponent. */
export const plainNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e9
    ? String(value)
    : String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));
