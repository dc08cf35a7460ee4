import { SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, status: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line at every tenth of the way. Both go to standard error. */
export function progress(title: string, total: number): Progress {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({
      format: `${title.padEnd(9)} {bar} {value}/{total}  {status}`,
      barsize: 16,
      hideCursor: true,
      stream: process.stderr,
    });
    bar.start(total, 0, { status: '' });
    return { update: (done, status) => bar.update(done, { status }), stop: () => bar.stop() };
  }
  let tenth = 0;
  return {
    update(done, status) {
      const reached = Math.floor((10 * done) / total);
      if (reached === tenth && done !== 1) return;
      tenth = reached;
      process.stderr.write(`${title}: epoch ${done}/${total}, ${status}\n`);
    },
    stop() {},
  };
}
