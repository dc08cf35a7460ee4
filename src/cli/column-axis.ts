/** What the axis of the columns shows, as `signatureCurves` takes it. */
export interface ColumnAxis {
  readonly columns: readonly (string | number)[];
  readonly axis?: string;
  readonly scale?: 'linear' | 'log';
}

const NUMBERED = /^(\D*?)(\d+(?:\.\d+)?)(\D*)$/;
/** Last over first column from which on steps of equal ratio are meant. */
const WIDE = 100;

/** Columns that are numbered in rising order, as g_20Hz to g_19682Hz, are an axis of numbers. */
export function columnAxis(names: readonly string[]): ColumnAxis {
  const parts = names.map((name) => NUMBERED.exec(name));
  const [first] = parts;
  const numbers = parts.map((part) => Number(part?.[2] ?? Number.NaN));
  const alike = parts.every((part) => part !== null && part[1] === first?.[1] && part[3] === first?.[3]);
  const rising = numbers.every((value, j) => j === 0 || value > numbers[j - 1]!);
  if (first == null || !alike || !rising || names.length < 3) return { columns: names };
  const [least, most] = [numbers[0]!, numbers[numbers.length - 1]!];
  const even = numbers.every((value, j) => value === least + j);
  return {
    columns: numbers,
    axis: `column ${first[1]}*${first[3]}`,
    scale: !even && least > 0 && most / least >= WIDE ? 'log' : 'linear',
  };
}
