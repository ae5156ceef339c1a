/**
 * The environment for programs that a test starts in a copy of the repository: this one without what vitest, npm and
 * the settings of a developer's shell would make of it, but with where the test services are.
 */
export function isolatedEnvironment(environment = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) =>
      /^(PATH|HOME|TMPDIR|LANG|LC_ALL|SystemRoot)$/.test(name) ||
      /^(TEST_\w+_URL|STOA_REQUIRE_SERVICES)$/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1', NO_UPDATE_NOTIFIER: '1' };
}
