/**
 * Smooth shapes over `bands` equally spaced positions: the discrete polynomials of degree 1 to
 * `shapes` (tilt, bend, ripple, ...), orthogonal to each other and to the constant, each with mean
 * square 1. Gram-Schmidt on x times the previous shape (the three-term recurrence).
 */
export function curveBasis(bands: number, shapes: number): Float64Array[] {
  const position = Float64Array.from({ length: bands }, (_, band) => (2 * band) / (bands - 1) - 1);
  const basis = [new Float64Array(bands).fill(1)];
  while (basis.length <= shapes) {
    const shape = basis[basis.length - 1]!.map((value, band) => value * position[band]!);
    // Twice: the second pass removes what rounding left of the earlier shapes.
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of basis) {
        let share = 0;
        for (let band = 0; band < bands; band++) share += shape[band]! * earlier[band]!;
        for (let band = 0; band < bands; band++) shape[band]! -= (share / bands) * earlier[band]!;
      }
    }
    let square = 0;
    for (const value of shape) square += value * value;
    const scale = Math.sqrt(bands / square);
    basis.push(shape.map((value) => value * scale));
  }
  return basis.slice(1);
}
