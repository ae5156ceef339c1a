/** Tells how far a long work has come. */
export interface Progress {
  /** @param count how many more are done */
  advance(count: number): void;
  /** Says what it came to. */
  end(): void;
}

const terminalEveryMs = 250;
const plainEveryMs = 10_000;

/**
 * One line that is written over in a terminal; elsewhere a line every ten seconds.
 * @param done how many were done before this run; they do not count for the rate
 */
export function showProgress(what: string, total: number, done: number, stream = process.stderr): Progress {
  const begun = performance.now();
  let now = done;
  let shown = begun;
  const show = () => {
    const text = progressLine(what, { total, done, now, seconds: (performance.now() - begun) / 1_000 });
    stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  };
  return {
    advance(count) {
      now += count;
      if (performance.now() - shown < (stream.isTTY ? terminalEveryMs : plainEveryMs)) return;
      shown = performance.now();
      show();
    },
    end() {
      show();
      if (stream.isTTY) stream.write('\n');
    },
  };
}

export interface Standing {
  readonly total: number;
  /** Before it began. */
  readonly done: number;
  readonly now: number;
  readonly seconds: number;
}

/** `products: 12,300 of 100,000, 12.3 %, 210.4 a second, 6 min 57 s left` */
export function progressLine(what: string, { total, done, now, seconds }: Standing): string {
  const perSecond = seconds === 0 ? 0 : (now - done) / seconds;
  const left = perSecond === 0 ? 'time left unknown' : `${duration((total - now) / perSecond)} left`;
  const share = ((now / total) * 100).toFixed(1);
  return `${what}: ${grouped(now)} of ${grouped(total)}, ${share} %, ${perSecond.toFixed(1)} a second, ${left}`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** 12345 as 12,345. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
