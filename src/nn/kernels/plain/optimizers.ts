import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f } from './float32.js';

function tidied(x: number): number {
  return Math.abs(x) > f(1e-30) ? x : 0;
}

export function plainOptimizers(floats: Floats): Pick<TrainingKernels, 'allFinite' | 'sumOfSquares' | 'adam' | 'sgd'> {
  return {
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
