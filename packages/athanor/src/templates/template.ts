/** Makes a project's files, path to content, from the project's name. */
export type Template = (name: string) => Readonly<Record<string, string>>;
