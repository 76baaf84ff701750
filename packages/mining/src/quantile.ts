/** The finite values in ascending order. */
export const sorted = (values: Float64Array): Float64Array => values.filter((value) => Number.isFinite(value)).sort();

/** The value below which a share of ascending values lies, between two of them in proportion; NaN of none. */
export function quantile(ascending: Float64Array, share: number): number {
  const at = share * (ascending.length - 1);
  const low = Math.floor(at);
  const rest = at - low;
  return rest === 0 ? (ascending[low] ?? Number.NaN) : ascending[low]! * (1 - rest) + ascending[low + 1]! * rest;
}
