import { addProduct } from '../../kernels/matmul.js';
import type { TrainingKernels } from './training-kernels.js';

// Each function repeats its AssemblyScript twin operation by operation, the four or eight lanes of a
// vector as separate sums, so that the results have the same bits. See wasm/assembly/training.ts.

const f = Math.fround;

function laneSum(s: Float32Array): number {
  return f(f(s[0]! + s[2]!) + f(s[1]! + s[3]!));
}

/** 2^power for -1022 <= power <= 1023. */
function powerOfTwo(power: number): number {
  const words = new Uint32Array([0, (power + 1023) << 20]);
  return new Float64Array(words.buffer)[0]!;
}

function exponential(x: number): number {
  const power = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - power * Math.LN2;
  const tail = 1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800)));
  const y = 1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * tail))))));
  return y * powerOfTwo(power);
}

function tidied(x: number): number {
  return Math.abs(x) > f(1e-30) ? x : 0;
}

/** The kernels in plain TypeScript, over any buffer. */
export function plainTraining(memory: { readonly buffer: ArrayBuffer }): TrainingKernels {
  let view = new Float32Array(memory.buffer);
  const floats = () => {
    if (view.buffer !== memory.buffer) view = new Float32Array(memory.buffer);
    return view;
  };

  /** c[i] (+)= sum over t of a[t] b[t][i], for `rows` rows of `width` values. */
  function accumulate(
    at: { a: number; rowA: number; stepA: number; b: number; c: number },
    rows: number,
    width: number,
    count: number,
    add: number,
  ): void {
    const v = floats();
    for (let r = 0; r < rows; r++) {
      const c = (at.c >> 2) + r * width;
      if (add === 0) v.fill(0, c, c + width);
      for (let t = 0; t < count; t++) {
        const a = v[(at.a >> 2) + r * at.rowA + t * at.stepA]!;
        const b = (at.b >> 2) + t * width;
        for (let i = 0; i < width; i++) v[c + i] = f(v[c + i]! + f(a * v[b + i]!));
      }
    }
  }

  return {
    linear(x, w, b, y, n, k, m) {
      const v = floats();
      const lanes = k & ~3;
      const s = new Float32Array(4);
      for (let r = 0; r < n; r++) {
        for (let j = 0; j < m; j++) {
          const p = (x >> 2) + r * k;
          const q = (w >> 2) + j * k;
          s.fill(0);
          for (let t = 0; t < lanes; t++) s[t & 3] = f(s[t & 3]! + f(v[p + t]! * v[q + t]!));
          let sum = laneSum(s);
          for (let t = lanes; t < k; t++) sum = f(sum + f(v[p + t]! * v[q + t]!));
          v[(y >> 2) + r * m + j] = f(sum + (b === 0 ? 0 : v[(b >> 2) + j]!));
        }
      }
    },
    timesMatrix(g, w, c, n, m, k, add) {
      accumulate({ a: g, rowA: m, stepA: 1, b: w, c }, n, k, m, add);
    },
    transposedTimes(g, x, c, n, m, k, add) {
      accumulate({ a: g, rowA: 1, stepA: m, b: x, c }, m, k, n, add);
    },
    product64(a, b, c, n, k, m) {
      const doubles = (at: number, count: number) => new Float64Array(memory.buffer, at, count);
      const into = doubles(c, n * m).fill(0);
      const rows = (columns: number) => ({ row: columns, column: 1 });
      addProduct(doubles(a, n * k), rows(k), doubles(b, k * m), rows(m), into, n, k, m);
    },
    columnSums(g, c, n, m, add) {
      const v = floats();
      for (let j = 0; j < m; j++) {
        let s = add === 0 ? 0 : v[(c >> 2) + j]!;
        for (let r = 0; r < n; r++) s = f(s + v[(g >> 2) + r * m + j]!);
        v[(c >> 2) + j] = s;
      }
    },
    layerNorm(x, weight, bias, y, stats, n, m, eps) {
      const v = floats();
      const lanes = m & ~7;
      const s = new Float32Array(8);
      const folded = new Float32Array(4);
      const total = () => {
        for (let l = 0; l < 4; l++) folded[l] = s[l]! + s[l + 4]!;
        return laneSum(folded);
      };
      for (let r = 0; r < n; r++) {
        const from = (x >> 2) + r * m;
        s.fill(0);
        for (let t = 0; t < lanes; t++) s[t & 7] = s[t & 7]! + v[from + t]!;
        let mean = total();
        for (let t = lanes; t < m; t++) mean = f(mean + v[from + t]!);
        mean = f(mean / m);
        s.fill(0);
        for (let t = 0; t < lanes; t++) {
          const d = f(v[from + t]! - mean);
          s[t & 7] = s[t & 7]! + f(d * d);
        }
        let variance = total();
        for (let t = lanes; t < m; t++) {
          const d = f(v[from + t]! - mean);
          variance = f(variance + f(d * d));
        }
        const scale = f(1 / f(Math.sqrt(f(f(variance / m) + f(eps)))));
        v[(stats >> 2) + 2 * r] = mean;
        v[(stats >> 2) + 2 * r + 1] = scale;
        for (let t = 0; t < m; t++) {
          const z = f(f(v[from + t]! - mean) * scale);
          v[(y >> 2) + r * m + t] = f(f(z * v[(weight >> 2) + t]!) + v[(bias >> 2) + t]!);
        }
      }
    },
    layerNormGradient(g, x, weight, stats, gx, gw, gb, n, m, addX, addW) {
      const v = floats();
      const lanes = m & ~3;
      const s = new Float32Array(4);
      const a = new Float32Array(4);
      if (gw !== 0 && addW === 0) v.fill(0, gw >> 2, (gw >> 2) + m);
      if (gb !== 0 && addW === 0) v.fill(0, gb >> 2, (gb >> 2) + m);
      for (let r = 0; r < n; r++) {
        const mean = v[(stats >> 2) + 2 * r]!;
        const scale = v[(stats >> 2) + 2 * r + 1]!;
        const at = r * m;
        const normalised = (t: number) => f(f(v[(x >> 2) + at + t]! - mean) * scale);
        const weighted = (t: number) => f(v[(g >> 2) + at + t]! * v[(weight >> 2) + t]!);
        s.fill(0);
        a.fill(0);
        let sum = 0;
        let along = 0;
        for (let t = 0; t < m; t++) {
          const gradient = v[(g >> 2) + at + t]!;
          const z = normalised(t);
          if (gw !== 0) v[(gw >> 2) + t] = v[(gw >> 2) + t]! + f(gradient * z);
          if (gb !== 0) v[(gb >> 2) + t] = v[(gb >> 2) + t]! + gradient;
          const h = weighted(t);
          if (t < lanes) {
            s[t & 3] = s[t & 3]! + h;
            a[t & 3] = a[t & 3]! + f(h * z);
          }
          if (t === lanes - 1) {
            sum = laneSum(s);
            along = laneSum(a);
          }
          if (t >= lanes) {
            sum = f(sum + h);
            along = f(along + f(h * z));
          }
        }
        if (gx === 0) continue;
        sum = f(sum / m);
        along = f(along / m);
        for (let t = 0; t < m; t++) {
          const d = f(f(f(weighted(t) - sum) - f(normalised(t) * along)) * scale);
          const into = (gx >> 2) + at + t;
          v[into] = addX === 0 ? d : v[into]! + d;
        }
      }
    },
    pairwise(kind, a, b, y, n) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const left = v[(a >> 2) + t]!;
        const right = v[(b >> 2) + t]!;
        v[(y >> 2) + t] = kind === 2 ? left * right : kind === 1 ? left - right : left + right;
      }
    },
    affine(x, y, n, scale, shift) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(y >> 2) + t] = f(v[(x >> 2) + t]! * f(scale)) + f(shift);
    },
    addScaled(g, y, n, scale) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(y >> 2) + t] = v[(y >> 2) + t]! + f(v[(g >> 2) + t]! * f(scale));
    },
    addProduct(g, h, into, n) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(into >> 2) + t] = v[(into >> 2) + t]! + f(v[(g >> 2) + t]! * v[(h >> 2) + t]!);
    },
    relu(x, y, n) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const value = v[(x >> 2) + t]!;
        // Not Math.max, which would turn -0 into 0.
        v[(y >> 2) + t] = value;
        if (value < 0) v[(y >> 2) + t] = 0;
      }
    },
    gate(g, y, out, n, scale) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(out >> 2) + t] = v[(y >> 2) + t]! > 0 ? v[(g >> 2) + t]! * f(scale) : 0;
    },
    dropout(x, y, mask, n, threshold, scale, state) {
      const v = floats();
      const s = new Uint32Array(memory.buffer, state, 4);
      for (let t = 0; t < n; t++) {
        const scrambled = Math.imul(s[1]!, 5);
        const drawn = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
        const shifted = s[1]! << 9;
        s[2]! ^= s[0]!;
        s[3]! ^= s[1]!;
        s[1]! ^= s[2]!;
        s[0]! ^= s[3]!;
        s[2]! ^= shifted;
        s[3] = (s[3]! << 11) | (s[3]! >>> 21);
        const keep = drawn < threshold ? 0 : f(scale);
        v[(y >> 2) + t] = v[(x >> 2) + t]! * keep;
        if (mask !== 0) v[(mask >> 2) + t] = keep;
      }
    },
    squash(x, y, n, logistic) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const value = v[(x >> 2) + t]!;
        const size = Math.min(Math.abs(value), 100);
        const e = exponential(logistic === 0 ? -2 * size : -size);
        let z: number;
        if (logistic !== 0) z = value < 0 ? e / (1 + e) : 1 / (1 + e);
        else {
          const s = size * size;
          z = size < 0.03125 ? size * (1 + s * (-1 / 3 + s * (2 / 15 + s * (-17 / 315)))) : (1 - e) / (1 + e);
          if (value < 0) z = -z;
        }
        v[(y >> 2) + t] = z;
      }
    },
    squashGradient(g, y, into, n, logistic, add) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const value = v[(y >> 2) + t]!;
        const slope = logistic === 0 ? f(1 - f(value * value)) : f(value * f(1 - value));
        const d = f(v[(g >> 2) + t]! * slope);
        v[(into >> 2) + t] = add === 0 ? d : v[(into >> 2) + t]! + d;
      }
    },
    copyRuns(from, to, count, length, fromStep, toStep, add) {
      const v = floats();
      for (let r = 0; r < count; r++) {
        const source = (from + r * fromStep) >> 2;
        const target = (to + r * toStep) >> 2;
        if (add === 0) v.copyWithin(target, source, source + length);
        else for (let t = 0; t < length; t++) v[target + t] = v[target + t]! + v[source + t]!;
      }
    },
    allFinite(x, n) {
      const v = floats();
      for (let t = x >> 2; t < (x >> 2) + n; t++) if (!Number.isFinite(v[t]!)) return 0;
      return 1;
    },
    sumOfSquares(x, n) {
      const v = floats();
      const s = new Float64Array(4);
      for (let t = 0; t < n; t++) s[t & 3] = s[t & 3]! + v[(x >> 2) + t]! * v[(x >> 2) + t]!;
      return s[0]! + s[2]! + (s[1]! + s[3]!);
    },
    adam(p, g, m, v, n, settings, tidy) {
      const h = floats();
      const [rest1, rest2, size, root, eps, keep, penalty] = h.slice(settings >> 2, (settings >> 2) + 7) as unknown as [
        ...[number, number, number, number, number, number, number],
      ];
      const decays = keep !== 1 || penalty !== 0;
      let finite = 1;
      for (let t = 0; t < n; t++) {
        let value = h[(p >> 2) + t]!;
        let gradient = h[(g >> 2) + t]!;
        h[(g >> 2) + t] = value;
        if (decays) {
          value = f(value * keep);
          gradient = f(gradient + f(value * penalty));
        }
        let mean = h[(m >> 2) + t]!;
        let square = h[(v >> 2) + t]!;
        mean = f(mean + f(rest1 * f(gradient - mean)));
        square = f(square + f(rest2 * f(f(gradient * gradient) - square)));
        if (tidy !== 0) {
          mean = tidied(mean);
          square = tidied(square);
        }
        h[(m >> 2) + t] = mean;
        h[(v >> 2) + t] = square;
        const denominator = f(f(f(Math.sqrt(square)) * root) + eps);
        const step = denominator === 0 ? 0 : f(f(mean * size) / denominator);
        h[(p >> 2) + t] = value - step;
        if (!Number.isFinite(h[(p >> 2) + t]!)) finite = 0;
      }
      return finite;
    },
    sgd(p, g, v, n, settings, tidy) {
      const h = floats();
      const [rate, penalty, kept, fresh, ahead] = h.slice(settings >> 2, (settings >> 2) + 5) as unknown as [
        ...[number, number, number, number, number],
      ];
      let finite = 1;
      for (let t = 0; t < n; t++) {
        const value = h[(p >> 2) + t]!;
        const gradient = f(h[(g >> 2) + t]! + f(value * penalty));
        h[(g >> 2) + t] = value;
        let direction = gradient;
        if (v !== 0) {
          direction = f(f(h[(v >> 2) + t]! * kept) + f(gradient * fresh));
          if (tidy !== 0) direction = tidied(direction);
          h[(v >> 2) + t] = direction;
          if (ahead !== 0) direction = f(gradient + f(direction * ahead));
        }
        h[(p >> 2) + t] = value - f(direction * rate);
        if (!Number.isFinite(h[(p >> 2) + t]!)) finite = 0;
      }
      return finite;
    },
  };
}
