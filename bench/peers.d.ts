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
