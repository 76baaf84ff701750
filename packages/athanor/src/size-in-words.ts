const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** A number of bytes as people read it: 1.5 MiB. */
export function sizeInWords(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
}
