import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f, laneSum } from './float32.js';

export function plainLayerNorm(floats: Floats): Pick<TrainingKernels, 'layerNorm' | 'layerNormGradient'> {
  return {
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
  };
}
