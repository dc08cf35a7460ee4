// The peers are installed by `npm run bench` only; the type check must pass without them.
declare module '@robzzson/silhouette' {
  const silhouetteScore: (rows: number[][], labels: number[]) => number;
  export default silhouetteScore;
}
declare module 'ml-distance-matrix' {
  const distanceMatrix: (rows: number[][], distance: (a: number[], b: number[]) => number) => number[][];
  export default distanceMatrix;
}
declare module 'deepbox/metrics' {
  export function silhouetteScore(points: unknown, labels: unknown): number;
}
declare module 'deepbox/ndarray' {
  export function tensor(values: unknown): unknown;
}
declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(folder: string): void;
}
declare module '@tensorflow/tfjs' {
  export interface Tensor {
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  export type Tensor2D = Tensor;
  export type Scalar = Tensor;
  export type Variable = Tensor;
  type Unary = (x: Tensor) => Tensor;
  type Binary = (a: Tensor, b: Tensor | number) => Tensor;
  type Reduction = (x: Tensor, axis?: number, keepDim?: boolean) => Tensor;
  export const relu: Unary, tanh: Unary, square: Unary, rsqrt: Unary;
  export const add: Binary, sub: Binary, mul: Binary, div: Binary, dropout: Binary;
  export const mean: Reduction, sum: Reduction, logSumExp: Reduction;
  export function matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  export function norm(x: Tensor, order: number, axis: number, keepDim: boolean): Tensor;
  export function eye(n: number): Tensor;
  export function tensor(values: Float32Array, shape: number[]): Tensor;
  export function tensor2d(values: Float32Array | number[][], shape?: [number, number]): Tensor;
  export function variable(initial: Tensor): Variable;
  export function setBackend(name: string): Promise<boolean>;
  export function getBackend(): string;
  export function ready(): Promise<void>;
  export function enableProdMode(): void;
  export const train: {
    adam(
      rate: number,
      beta1: number,
      beta2: number,
      eps: number,
    ): { minimize(f: () => Scalar, returnCost: true): Scalar | null };
  };
}
