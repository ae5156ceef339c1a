import { setFlagsFromString } from 'node:v8';

/** What decides when V8 compiles a function again, for speed: how much of it has run, or how often it was called. */
const [option, starting, usual] =
  Number.parseInt(process.versions.node, 10) < 22
    ? ['--interrupt-budget', 600_000, 67_584]
    : ['--invocation-count-for-turbofan', 27_000, 3_000];

/**
 * Puts off compiling for speed while a program starts: of what is hot then, most never runs again (docs/adr/0031). To be followed by
 * {@link compileAsUsual} once it has started.
 */
export function putOffCompiling() {
  setFlagsFromString(`${option}=${starting}`);
}

export function compileAsUsual() {
  setFlagsFromString(`${option}=${usual}`);
}
