import type { GradientProbe } from '../../core/training-record.js';
import { gradientNorm, moderation } from '../optimizers/clip-gradient.js';

/** Cosine between two gradients of these norms. */
function cosineBetween(a: readonly Float64Array[], b: readonly Float64Array[], normA: number, normB: number): number {
  const scaleA = moderation(normA);
  const scaleB = moderation(normB);
  let dot = 0;
  a.forEach((part, i) => {
    const other = b[i]!;
    for (let p = 0; p < part.length; p++) dot += part[p]! * scaleA * (other[p]! * scaleB);
  });
  return Math.max(-1, Math.min(1, dot / (normA * scaleA) / (normB * scaleB)));
}

/**
 * Compares the gradients of the terms by the shared parameters, each by a backward pass of its own
 * behind the forward pass of the step: nothing is drawn, so that measuring does not change the run.
 */
export function probeGradients<Loss extends { readonly requiresGrad: boolean }>(
  terms: readonly { readonly name: string; readonly loss: Loss | null }[],
  gradientsOf: (loss: Loss) => Float64Array[],
  batch: number,
): GradientProbe {
  const measured = terms.map(({ name, loss }) => {
    if (loss?.requiresGrad !== true) return { name, parts: null, norm: null };
    const parts = gradientsOf(loss);
    const norm = gradientNorm(parts);
    // A term of weight 0 may overflow without harm to the run.
    return Number.isFinite(norm) ? { name, parts, norm } : { name, parts: null, norm: null };
  });
  const cosines = measured.flatMap((a, i) =>
    measured.slice(i + 1).map((b) => ({
      between: [a.name, b.name] as const,
      cosine:
        a.parts === null || b.parts === null || a.norm === 0 || b.norm === 0
          ? null
          : cosineBetween(a.parts, b.parts, a.norm, b.norm),
    })),
  );
  return { batch, norms: Object.fromEntries(measured.map(({ name, norm }) => [name, norm])), cosines };
}
