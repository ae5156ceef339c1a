import { setFlagsFromString } from 'node:v8';

/** V8's own `--interrupt-budget`, in every version of Node from 20 to 24. */
const usual = 67_584;

/**
 * Ends what `--interrupt-budget` on the command line has put off. V8 compiles a function again, for speed, when it has run for a while; of what runs
 * while a program starts, most never runs again (docs/adr/0031). To be called once the program has started.
 */
export function compileAsUsual() {
  if (process.execArgv.some((option) => option.startsWith('--interrupt-budget=')))
    setFlagsFromString(`--interrupt-budget=${usual}`);
}
