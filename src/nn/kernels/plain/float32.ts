/** The memory as float32: asked for anew by each kernel, since the memory may have grown. */
export type Floats = () => Float32Array<ArrayBuffer>;

export const f = Math.fround;

/** The sum of four lanes, as a vector kernel takes it. */
export function laneSum(s: Float32Array): number {
  return f(f(s[0]! + s[2]!) + f(s[1]! + s[3]!));
}
