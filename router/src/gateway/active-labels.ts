/** Decides whether a custom label of @override is active for a request. */
export type IsLabelActive<Request> = (label: string, request: Request) => boolean | Promise<boolean>;

const percentage = /^percent\((\d+(?:\.\d+)?)\)$/;

/**
 * The labels of @override that are active for one request, each decided once: `percent(n)` by chance, any other by whom it is
 * left to.
 * @param random from 0 up to but not including 1
 */
export async function activeLabels<Request>(
  labels: readonly string[],
  request: Request,
  isActive: IsLabelActive<Request>,
  random: () => number = Math.random,
): Promise<ReadonlySet<string>> {
  const active = new Set<string>();
  for (const label of labels) {
    const percent = percentage.exec(label)?.[1];
    const isChosen =
      percent === undefined ? await isActive(label, request) : random() * 100 < Number(percent);
    if (isChosen) active.add(label);
  }
  return active;
}
