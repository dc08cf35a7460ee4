/**
 * Kernels of a training step, in float32 but for a product, over one memory. Pointers are byte
 * offsets; matrices are row-major; `add` says whether results are added to what is there. What each one computes stands in
 * wasm/assembly, in plain TypeScript in plain/; the two give the same bits.
 */
export interface TrainingKernels {
  /** y (n x m) = x (n x k) w^T + b; w (m x k); b 0: none. */
  linear(x: number, w: number, b: number, y: number, n: number, k: number, m: number): void;
  /** c (n x k) (+)= g (n x m) w (m x k). */
  timesMatrix(g: number, w: number, c: number, n: number, m: number, k: number, add: number): void;
  /** c (m x k) (+)= g^T x; g (n x m), x (n x k). */
  transposedTimes(g: number, x: number, c: number, n: number, m: number, k: number, add: number): void;
  /** c (n x m) = a (n x k) b (k x m), all in float64. */
  product64(a: number, b: number, c: number, n: number, k: number, m: number): void;
  /** c (m) (+)= sums of the columns of g (n x m). */
  columnSums(g: number, c: number, n: number, m: number, add: number): void;
  layerNorm(x: number, weight: number, bias: number, y: number, stats: number, n: number, m: number, eps: number): void;
  layerNormGradient(
    g: number,
    x: number,
    weight: number,
    stats: number,
    gx: number,
    gw: number,
    gb: number,
    n: number,
    m: number,
    addX: number,
    addW: number,
  ): void;
  /** y = a op b: 0 add, 1 subtract, 2 multiply. */
  pairwise(kind: number, a: number, b: number, y: number, n: number): void;
  /** y = x scale + shift. */
  affine(x: number, y: number, n: number, scale: number, shift: number): void;
  /** y += g scale. */
  addScaled(g: number, y: number, n: number, scale: number): void;
  /** into += g h. */
  addProduct(g: number, h: number, into: number, n: number): void;
  relu(x: number, y: number, n: number): void;
  /** out = g scale where y > 0, else 0. */
  gate(g: number, y: number, out: number, n: number, scale: number): void;
  dropout(x: number, y: number, mask: number, n: number, threshold: number, scale: number, state: number): void;
  /** y = tanh(x), or the logistic function. */
  squash(x: number, y: number, n: number, logistic: number): void;
  squashGradient(g: number, y: number, into: number, n: number, logistic: number, add: number): void;
  copyRuns(
    from: number,
    to: number,
    count: number,
    length: number,
    fromStep: number,
    toStep: number,
    add: number,
  ): void;
  /** 1 when all are finite, else 0; n a multiple of 8. */
  allFinite(x: number, n: number): number;
  /** Sum of squares of n values, n a multiple of 8, in double precision. */
  sumOfSquares(x: number, n: number): number;
  /** Steps of the optimisers leave the old parameters in g; 1 when all new ones are finite, else 0. */
  adam(p: number, g: number, m: number, v: number, n: number, settings: number, tidy: number): number;
  sgd(p: number, g: number, v: number, n: number, settings: number, tidy: number): number;
}

/** Memory that the kernels work on. Views are made anew when it has grown. */
export interface TrainingMemory {
  readonly buffer: ArrayBuffer;
  readonly kernels: TrainingKernels;
  /** Which implementation runs. */
  readonly how: 'simd' | 'plain';
  /** Makes room for this many bytes in all; what is there stays. */
  grow(bytes: number): void;
}
