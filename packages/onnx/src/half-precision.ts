/** A number type of 16 bits: single precision with a narrower exponent, fewer digits, or both. */
interface Half {
  readonly bitsOf: (value: number) => number;
  readonly numberOf: (bits: number) => number;
}

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** Takes off the lowest bits, rounding half to even. */
const shortened = (bits: number, count: number): number => {
  const kept = Math.floor(bits / 2 ** count);
  const rest = bits - kept * 2 ** count;
  const middle = 2 ** (count - 1);
  return rest > middle || (rest === middle && kept % 2 === 1) ? kept + 1 : kept;
};

const bfloat16: Half = {
  bitsOf(value) {
    if (Number.isNaN(value)) return 0x7fc0;
    single[0] = value;
    return shortened(singleBits[0]!, 16);
  },
  numberOf(bits) {
    singleBits[0] = bits * 2 ** 16;
    return single[0]!;
  },
};

/** Between single precision's lowest exponent and half precision's: half's subnormal numbers become single's. */
const scale = 2 ** 112;

const float16: Half = {
  bitsOf(value) {
    if (Number.isNaN(value)) return 0x7e00;
    single[0] = Math.abs(value) / scale;
    const bits = Math.abs(value) >= 65_520 ? 0x7c00 : shortened(singleBits[0]!, 13);
    return value < 0 || Object.is(value, -0) ? bits + 0x8000 : bits;
  },
  numberOf(bits) {
    const sign = bits >= 0x8000 ? -1 : 1;
    const size = bits % 0x8000;
    if (size >= 0x7c00) return size === 0x7c00 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    singleBits[0] = size * 2 ** 13;
    return sign * single[0]! * scale;
  },
};

/** How numbers of 16 bits are read and written: they travel as their bits. */
export const halves: Readonly<Record<string, Half>> = { float16, bfloat16 };
