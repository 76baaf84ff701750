/** Categories that get a column of their own, the most frequent first. */
export interface OneHotState {
  readonly categories: readonly string[];
}

/** Keeps the most frequent categories; ties go by name. Other values, seen or not, are all zeros. */
export function fitOneHotEncoder(values: readonly (string | undefined)[], maxCategories = 50): OneHotState {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined && value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { categories: ordered.slice(0, maxCategories).map(([category]) => category) };
}
