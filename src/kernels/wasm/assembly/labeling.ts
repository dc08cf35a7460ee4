// Sums of distances under labelings, the twin of plainClusterSums in ../../labeling-engine.ts: the same
// arithmetic in the same order, so the same bits. Vector lanes hold different rows.

/** Bytes before those of the caller. */
const OWN: usize = 128;

/**
 * For eight rows, whose distances to row j stand side by side at `block` + 8 j: the sum over their own
 * cluster and the least mean over another one. The rows of cluster c are order[offsets[c]] ..; `own`
 * holds the clusters of the eight rows, and receives behind them the eight sums and the eight means.
 * Every sum takes its numbers in the order of `order`.
 */
export function clusterSums(order: i32, offsets: i32, k: i32, block: i32, own: i32): void {
  const rows = OWN + (<usize>block << 3);
  const clusters = OWN + (<usize>own << 3);
  let bound = OWN + (<usize>offsets << 3);
  let at = OWN + (<usize>order << 3);
  const start = at;
  const none = f64x2.splat(Infinity);
  let o0 = f64x2.splat(0);
  let o1 = o0, o2 = o0, o3 = o0;
  let n0 = none, n1 = none, n2 = none, n3 = none;
  let from = load<i32>(bound);
  for (let c = 0; c < k; c++) {
    bound += 4;
    const to = load<i32>(bound);
    const end = start + (<usize>to << 2);
    let s0 = f64x2.splat(0);
    let s1 = s0, s2 = s0, s3 = s0;
    for (; at < end; at += 4) {
      const row = rows + (<usize>load<u32>(at) << 6);
      s0 = f64x2.add(s0, v128.load(row));
      s1 = f64x2.add(s1, v128.load(row, 16));
      s2 = f64x2.add(s2, v128.load(row, 32));
      s3 = f64x2.add(s3, v128.load(row, 48));
    }
    const size = f64x2.splat(<f64>(to - from));
    from = to;
    const cluster = f64x2.splat(<f64>c);
    let mine = f64x2.eq(v128.load(clusters), cluster);
    o0 = v128.bitselect(s0, o0, mine);
    n0 = f64x2.pmin(n0, v128.bitselect(none, f64x2.div(s0, size), mine));
    mine = f64x2.eq(v128.load(clusters, 16), cluster);
    o1 = v128.bitselect(s1, o1, mine);
    n1 = f64x2.pmin(n1, v128.bitselect(none, f64x2.div(s1, size), mine));
    mine = f64x2.eq(v128.load(clusters, 32), cluster);
    o2 = v128.bitselect(s2, o2, mine);
    n2 = f64x2.pmin(n2, v128.bitselect(none, f64x2.div(s2, size), mine));
    mine = f64x2.eq(v128.load(clusters, 48), cluster);
    o3 = v128.bitselect(s3, o3, mine);
    n3 = f64x2.pmin(n3, v128.bitselect(none, f64x2.div(s3, size), mine));
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
