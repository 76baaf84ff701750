/** A decoded picture: planes one after another, `[channels, height, width]`, 0 to 255. */
export interface Picture {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

/** A picture of the same form whose planes are made one by one. */
export function eachPlane(
  { channels, height, width, data }: Picture,
  make: (from: Uint8Array, to: Uint8Array) => void,
): Picture {
  const size = height * width;
  const made = new Uint8Array(data.length);
  for (let c = 0; c < channels; c++)
    make(data.subarray(c * size, (c + 1) * size), made.subarray(c * size, (c + 1) * size));
  return { channels, height, width, data: made };
}
