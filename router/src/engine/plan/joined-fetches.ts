import type { JsonObject, SubgraphAnswer, SubgraphRequest } from '../subgraph-request.ts';
import type { Run } from './run.ts';

/** What one of several fetches that were joined gets. */
export interface JoinedAnswer {
  /** To all of them. */
  readonly answer: SubgraphAnswer;
  /** For each of its representations, which of the answer's entities is its; null where they are in the same order. */
  readonly places: readonly number[] | null;
  /** Places that belong to another fetch: what is there is to be copied, as later fetches add to it. */
  readonly borrowed: ReadonlySet<number>;
  /** How many entities were asked for in all. */
  readonly count: number;
}

/** A request that is about to be sent. */
interface Joined {
  readonly representations: JsonObject[];
  /** Of each representation, by its JSON; null as long as nobody has joined. */
  places: Map<string, number> | null;
  readonly answer: Promise<SubgraphAnswer>;
}

const waiting = new WeakMap<object, Map<string, Joined>>();

/**
 * Asks for entities, together with the other fetches of a run that ask the same subgraph the same at the same moment, as those of
 * a plan's branches do: one request, each entity once.
 * @param sameAs the same for requests that differ in their representations alone, and whose entities are completed alike
 * @param representations no two the same
 * @param complete is done once to each entity, whoever asked for it
 * @throws what `run.ask` throws, to each of them
 */
export async function askTogether(
  run: Run,
  sameAs: string,
  representations: readonly JsonObject[],
  request: (all: readonly JsonObject[]) => SubgraphRequest,
  complete: (entity: unknown, representation: JsonObject) => void,
): Promise<JoinedAnswer> {
  // The data of a run is its own, whatever variables a part of it runs with.
  const ofRun = waiting.get(run.data) ?? new Map<string, Joined>();
  waiting.set(run.data, ofRun);
  let joined = ofRun.get(sameAs);
  const borrowed = new Set<number>();
  let places: number[] | null = null;
  if (joined === undefined) {
    joined = open(run, [...representations], request, complete, () => ofRun.delete(sameAs));
    ofRun.set(sameAs, joined);
  } else {
    places = [];
    joined.places ??= new Map(joined.representations.map((one, place) => [JSON.stringify(one), place]));
    for (const representation of representations) {
      const json = JSON.stringify(representation);
      let place = joined.places.get(json);
      if (place !== undefined) {
        borrowed.add(place);
      } else {
        place = joined.representations.push(representation) - 1;
        joined.places.set(json, place);
      }
      places.push(place);
    }
  }
  const answer = await joined.answer;
  return { answer, places, borrowed, count: joined.representations.length };
}

function open(
  run: Run,
  representations: JsonObject[],
  request: (all: readonly JsonObject[]) => SubgraphRequest,
  complete: (entity: unknown, representation: JsonObject) => void,
  close: () => void,
): Joined {
  const send = async () => {
    // Those that begin together have all come once what runs now has ended.
    await Promise.resolve();
    close();
    const answer = await run.ask(request(representations));
    const entities = answer.data?._entities;
    if (Array.isArray(entities) && entities.length === representations.length)
      for (let at = 0; at < entities.length; at += 1)
        complete(entities[at], representations[at] as JsonObject);
    return answer;
  };
  return { representations, places: null, answer: send() };
}
