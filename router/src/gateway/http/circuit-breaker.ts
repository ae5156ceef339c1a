/** Keeps requests from a subgraph that fails again and again, so that nobody waits for it and it can recover. */
export interface CircuitBreaker {
  /** Whether a request may be sent now. After the pause one may, as a probe, and no other until it has ended. */
  mayAsk(): boolean;
  succeeded(): void;
  failed(): void;
  /** Neither: the request ended without telling anything of the subgraph. */
  untold(): void;
}

export interface CircuitBreakerOptions {
  /** Failures one after another that open it. */
  readonly failures: number;
  /** How long it stays open before a probe. */
  readonly pauseMs: number;
  readonly onChange?: (state: 'open' | 'closed') => void;
  readonly now?: () => number;
}

export function circuitBreaker({
  failures,
  pauseMs,
  onChange,
  now = Date.now,
}: CircuitBreakerOptions): CircuitBreaker {
  let failed = 0;
  let openUntil: number | null = null;
  let isProbing = false;
  return {
    mayAsk() {
      if (openUntil === null) return true;
      if (isProbing || now() < openUntil) return false;
      isProbing = true;
      return true;
    },
    succeeded() {
      failed = 0;
      isProbing = false;
      if (openUntil === null) return;
      openUntil = null;
      onChange?.('closed');
    },
    failed() {
      failed += 1;
      isProbing = false;
      if (failed < failures) return;
      if (openUntil === null) onChange?.('open');
      openUntil = now() + pauseMs;
    },
    untold() {
      isProbing = false;
    },
  };
}
