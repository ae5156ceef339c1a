import type { DeferPlan, PartPlan } from '../../plan/compile-defer.ts';
import type { Run } from '../../plan/run.ts';
import type { JsonObject } from '../../subgraph-request.ts';
import type { IsOfType } from '../../type-conditions.ts';
import { type Answers, restorePath } from '../answers.ts';
import type { AnswerPart, LaterPart } from '../compiled-operation.ts';
import { errorsByPlace } from './errors-by-place.ts';
import { mayBe, type Place, placesBelow } from './places.ts';

/** The form of what a deferred fragment shows of an object. */
export interface PartForm {
  shape(
    source: JsonObject,
    said: Pick<Run, 'errors' | 'lost'>,
    path: Place['path'],
    variables: JsonObject,
  ): JsonObject | null;
  readonly clientLabel: string | undefined;
  /** What an object has to be for the fragment to be of it: all of these. */
  readonly typeConditions: readonly string[];
}

export interface PartsToRun {
  readonly answers: Answers;
  readonly clientNames: ReadonlyMap<string, string>;
  readonly isOfType: IsOfType;
  readonly formOf: (part: PartPlan, deferred: ReadonlySet<string>) => PartForm;
}

/** A part that is being fetched. */
interface Pending {
  readonly part: PartPlan;
  /** Objects that were shown, among or below which the part has its own; with how much of its path leads to them. */
  readonly parents: readonly Place[];
  readonly depth: number;
  readonly fetched: Promise<Run>;
}

/**
 * Runs a plan in parts: the first when its fetches are done, and each other when its own are, in whichever order that
 * is. Parts are fetched as soon as what they depend on is there, also while the first is not.
 */
export async function* runParts(
  plan: DeferPlan,
  given: Run,
  { answers, clientNames, isOfType, formOf }: PartsToRun,
): AsyncGenerator<AnswerPart, void, void> {
  const arrivals = arrivalsOfFetches();
  const run: Run = { ...given, fetched: arrivals.arrive };
  const deferred = new Set(labelsOf(plan.parts));
  const primary = plan.primary?.(run, [run.data]) ?? Promise.resolve();
  const fetches = new Map(plan.parts.map((part) => [part, fetchPart(part, run, primary)]));
  await primary;
  const first = answers.answer(run, deferred);
  const root: Place[] = first.data ? [{ source: run.data, shown: first.data, path: [] }] : [];
  const pending = new Set<Pending>();
  if (root.length > 0)
    for (const [part, fetched] of fetches) pending.add({ part, parents: root, depth: 0, fetched });
  yield { ...first, hasNext: pending.size > 0 };

  while (pending.size > 0) {
    const [done, own] = await Promise.race(
      [...pending].map(async (one) => [one, await one.fetched] as const),
    );
    pending.delete(done);
    const { incremental, shown } = show(done, own);
    for (const part of done.part.parts) {
      const fetched = fetchPart(part, own, done.fetched);
      pending.add({ part, parents: shown, depth: done.part.path.length, fetched });
    }
    if (incremental.length > 0 || pending.size === 0) yield { incremental, hasNext: pending.size > 0 };
  }

  async function fetchPart({ depends, step }: PartPlan, from: Run, after: Promise<unknown>): Promise<Run> {
    await Promise.race([after, Promise.all(depends.map(arrivals.of))]);
    const own: Run = { ...from, errors: [], lost: new Set(from.lost) };
    await step?.(own, [own.data]);
    return own;
  }

  function show({ part, parents, depth }: Pending, own: Run) {
    const form = formOf(part, deferred);
    const places = placesBelow(parents, part.path.slice(depth), clientNames, isOfType).filter(({ source }) =>
      form.typeConditions.every((condition) => mayBe(source, condition, isOfType)),
    );
    // What went wrong since then elsewhere may be why something is missing here.
    const lost = new Set([...run.lost, ...own.lost]);
    for (const error of own.errors) restorePath(error, clientNames);
    const ownErrors = errorsByPlace(own.errors, places);
    const shown: Place[] = [];
    const incremental = places.map((place, at): LaterPart => {
      const errors = [...(ownErrors[at] ?? [])];
      const data = form.shape(place.source, { errors, lost }, place.path, run.variables);
      if (data !== null) shown.push({ ...place, shown: data });
      return {
        ...(form.clientLabel === undefined ? {} : { label: form.clientLabel }),
        path: place.path,
        data,
        ...(errors.length === 0 ? {} : { errors }),
      };
    });
    return { incremental, shown };
  }
}

function labelsOf(parts: readonly PartPlan[]): string[] {
  return parts.flatMap((part) => [part.label, ...labelsOf(part.parts)]);
}

/** Lets parts wait for fetches by their ids. */
function arrivalsOfFetches() {
  const waiting = new Map<string, { readonly promise: Promise<void>; resolve(): void }>();
  const arrivalOf = (id: string) => {
    const known = waiting.get(id);
    if (known !== undefined) return known;
    let resolve = () => {};
    const promise = new Promise<void>((settle) => {
      resolve = settle;
    });
    const made = { promise, resolve };
    waiting.set(id, made);
    return made;
  };
  return {
    of: (id: string) => arrivalOf(id).promise,
    arrive: (id: string) => arrivalOf(id).resolve(),
  };
}
