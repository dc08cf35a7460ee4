// Sums of distances under labelings, the twins of those in ../../labeling-engine.ts: the same arithmetic
// in the same order, so the same bits. Vector lanes hold different rows.

/** Bytes before those of the caller. */
const OWN: usize = 128;

/**
 * For eight rows, whose distances to row j stand side by side at `block` + 8 j: their sums over each of
 * `slots` clusters, side by side at `sums` + 8 c. `labels` holds the clusters of the n rows as integers.
 * Every sum takes its numbers in ascending order of the rows.
 */
export function clusterSums(labels: i32, n: i32, slots: i32, block: i32, sums: i32): void {
  const start = OWN + (<usize>sums << 3);
  memory.fill(start, 0, <usize>slots << 6);
  let row = OWN + (<usize>block << 3);
  let at = OWN + (<usize>labels << 3);
  const end = at + (<usize>n << 2);
  for (; at < end; at += 4) {
    const sum = start + (<usize>load<u32>(at) << 6);
    v128.store(sum, f64x2.add(v128.load(sum), v128.load(row)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), v128.load(row, 16)), 16);
    v128.store(sum, f64x2.add(v128.load(sum, 32), v128.load(row, 32)), 32);
    v128.store(sum, f64x2.add(v128.load(sum, 48), v128.load(row, 48)), 48);
    row += 64;
  }
}

/**
 * Takes clusters from .. to - 1 of what `clusterSums` left: `own` holds the clusters of the eight rows, behind
 * them the sums over these, and behind those the least means over others; both go on from what stands there.
 * `sizes` holds the sizes of the clusters as integers; empty ones are left out.
 */
export function nearestMeans(sums: i32, sizes: i32, from: i32, to: i32, own: i32): void {
  const clusters = OWN + (<usize>own << 3);
  const none = f64x2.splat(Infinity);
  let o0 = v128.load(clusters, 64);
  let o1 = v128.load(clusters, 80);
  let o2 = v128.load(clusters, 96);
  let o3 = v128.load(clusters, 112);
  let n0 = v128.load(clusters, 128);
  let n1 = v128.load(clusters, 144);
  let n2 = v128.load(clusters, 160);
  let n3 = v128.load(clusters, 176);
  let at = OWN + (<usize>sums << 3) + (<usize>from << 6);
  let count = OWN + (<usize>sizes << 3) + (<usize>from << 2);
  for (let c = from; c < to; c++) {
    const rows = load<i32>(count);
    if (rows > 0) {
      const cluster = f64x2.splat(<f64>c);
      const s0 = v128.load(at);
      const s1 = v128.load(at, 16);
      const s2 = v128.load(at, 32);
      const s3 = v128.load(at, 48);
      let m0 = s0, m1 = s1, m2 = s2, m3 = s3;
      if (rows > 1) {
        const size = f64x2.splat(<f64>rows);
        m0 = f64x2.div(s0, size);
        m1 = f64x2.div(s1, size);
        m2 = f64x2.div(s2, size);
        m3 = f64x2.div(s3, size);
      }
      let mine = f64x2.eq(v128.load(clusters), cluster);
      o0 = v128.bitselect(s0, o0, mine);
      n0 = f64x2.pmin(n0, v128.bitselect(none, m0, mine));
      mine = f64x2.eq(v128.load(clusters, 16), cluster);
      o1 = v128.bitselect(s1, o1, mine);
      n1 = f64x2.pmin(n1, v128.bitselect(none, m1, mine));
      mine = f64x2.eq(v128.load(clusters, 32), cluster);
      o2 = v128.bitselect(s2, o2, mine);
      n2 = f64x2.pmin(n2, v128.bitselect(none, m2, mine));
      mine = f64x2.eq(v128.load(clusters, 48), cluster);
      o3 = v128.bitselect(s3, o3, mine);
      n3 = f64x2.pmin(n3, v128.bitselect(none, m3, mine));
    }
    at += 64;
    count += 4;
  }
  v128.store(clusters, o0, 64);
  v128.store(clusters, o1, 80);
  v128.store(clusters, o2, 96);
  v128.store(clusters, o3, 112);
  v128.store(clusters, n0, 128);
  v128.store(clusters, n1, 144);
  v128.store(clusters, n2, 160);
  v128.store(clusters, n3, 176);
}
