interface Decimal {
  digits: bigint;
  exponent: number;
}

/**
 * Whether a number is a multiple of a step. Both are compared as decimals: 0.3 is a multiple of 0.1, although float
 * division says otherwise. Numbers that are too large for a float count as multiples.
 */
export function isMultiple(value: number, step: number): boolean {
  if (Number.isInteger(value / step) || !Number.isFinite(value)) return true;
  const [one, other] = [toDecimal(value), toDecimal(step)];
  const exponent = Math.min(one.exponent, other.exponent);
  return toUnits(one, exponent) % toUnits(other, exponent) === 0n;
}

function toDecimal(number: number): Decimal {
  const [decimal = '', exponent = '0'] = `${number}`.split('e');
  const [whole = '', fraction = ''] = decimal.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

const toUnits = ({ digits, exponent }: Decimal, unit: number): bigint => digits * 10n ** BigInt(exponent - unit);
