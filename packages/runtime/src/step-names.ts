/** Names of what a step's graphs take and put out beside the batch and the states that they move. */
export const outputs = {
  loss: "loss",
  gradientScale: "gradientScale",
  metric: (name: string) => `metric:${name}`,
  gradient: (parameter: string) => `gradient:${parameter}`,
  rows: (parameter: string, use: number) => `rows:${use}:${parameter}`,
  rowGradients: (parameter: string, use: number) => `rowGradients:${use}:${parameter}`,
  moved: (state: string) => `${state}'`,
} as const;
