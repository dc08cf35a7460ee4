/** An off-diagonal entry this small beside its diagonal entries turns an axis by less than rounding does. */
const NOTHING = 2 ** -53;
/** Convergence is quadratic; a handful of sweeps is usual. */
const SWEEPS = 60;

function covarianceOf(rows: Float64Array, n: number, d: number): Float64Array {
  const covariance = new Float64Array(d * d);
  for (let i = 0; i < n; i++) {
    const at = i * d;
    for (let a = 0; a < d; a++) {
      const value = rows[at + a]! / n;
      for (let b = 0; b <= a; b++) covariance[a * d + b]! += value * rows[at + b]!;
    }
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) covariance[b * d + a] = covariance[a * d + b]!;
  return covariance;
}

/** Replaces vectors x and y of stride 1 or d by c x - s y and s x + c y. */
function rotate(m: Float64Array, x: number, y: number, stride: number, d: number, c: number, s: number): void {
  for (let t = 0; t < d; t++) {
    const first = m[x + t * stride]!;
    const second = m[y + t * stride]!;
    m[x + t * stride] = c * first - s * second;
    m[y + t * stride] = s * first + c * second;
  }
}

/**
 * Principal axes of n centred rows: d orthonormal directions, one per row of the d x d result, in no
 * stated order. Jacobi's method on the covariance (Golub and Van Loan 2013, section 8.5): quotients,
 * products and roots only, so that every engine gives the same bits. Cost O(n d^2 + d^3).
 */
export function principalAxes(rows: Float64Array, n: number, d: number): Float64Array {
  const m = covarianceOf(rows, n, d);
  const axes = new Float64Array(d * d);
  for (let a = 0; a < d; a++) axes[a * d + a] = 1;
  let turned = true;
  for (let sweep = 0; turned && sweep < SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < d; p++) {
      for (let q = p + 1; q < d; q++) {
        const off = m[p * d + q]!;
        const here = m[p * d + p]!;
        const there = m[q * d + q]!;
        if (Math.abs(off) <= NOTHING * Math.sqrt(Math.abs(here)) * Math.sqrt(Math.abs(there))) continue;
        turned = true;
        const theta = (there - here) / (2 * off);
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cosine = 1 / Math.sqrt(tangent * tangent + 1);
        const sine = tangent * cosine;
        rotate(m, p, q, d, d, cosine, sine);
        rotate(m, p * d, q * d, 1, d, cosine, sine);
        rotate(axes, p * d, q * d, 1, d, cosine, sine);
      }
    }
  }
  return axes;
}
