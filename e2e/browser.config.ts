import { existsSync } from 'node:fs';

/** Where Chromium is: CHROMIUM_PATH, or where Debian and others put it. Null where there is none. */
export function chromiumPath(): string | null {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return places.find((place) => place !== undefined && existsSync(place)) ?? null;
}

/** Whether a test that lacks what it needs must fail instead of being skipped (.ci/run says so). */
export function isBrowserRequired(): boolean {
  return process.env.STOA_REQUIRE_SERVICES === '1';
}
