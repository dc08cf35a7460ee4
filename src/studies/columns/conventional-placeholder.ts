/** Ends of the integer types of 16 and 32 bits. */
const ENDS = [32767, 65535, 2147483647, 4294967295];
/** Fill values of netCDF, HDF and the like start here. */
const HUGE = 1e20;

/** Whether a value stands for missing ones by custom: 0, -1, -9, nines or eights alone, an end of an integer type. */
export function isConventional(value: number): boolean {
  if (value === 0 || value === -1 || value === -9) return true;
  const size = Math.abs(value);
  if (size >= HUGE) return true;
  return /^(9{2,}|8{2,})$/.test(String(size)) || ENDS.includes(size) || (value < 0 && ENDS.includes(size - 1));
}
