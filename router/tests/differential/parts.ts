import { type DocumentNode, type InlineFragmentNode, Kind, visit } from 'graphql';
import type { AnswerPart } from '../../src/engine/operation/compiled-operation.ts';
import { chanceOf } from './random.ts';

const defer: InlineFragmentNode['directives'] = [
  { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' } },
];

/** The same operation, with some of what it selects deferred. */
export function deferSome(document: DocumentNode, seed: number): DocumentNode {
  const chance = chanceOf(seed);
  return visit(document, {
    SelectionSet: {
      leave(set) {
        if (set.selections.length < 2 || !chance.happens(0.4)) return undefined;
        const at = 1 + chance.below(set.selections.length - 1);
        const later: InlineFragmentNode = {
          kind: Kind.INLINE_FRAGMENT,
          directives: defer,
          selectionSet: { kind: Kind.SELECTION_SET, selections: set.selections.slice(at) },
        };
        return { ...set, selections: [...set.selections.slice(0, at), later] };
      },
    },
  });
}

/** What a client has in the end that puts the parts of an answer together. */
export async function gather(parts: AsyncIterable<AnswerPart>): Promise<unknown> {
  let data: unknown = null;
  for await (const part of parts) {
    if (!('incremental' in part)) data = structuredClone(part.data);
    else for (const { path, data: later } of part.incremental) merge(at(data, path), later);
  }
  return data;
}

function at(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((value, key) => (value as Record<string, unknown>)[key], data);
}

function merge(target: unknown, source: unknown): void {
  const into = target as Record<string, unknown>;
  for (const [key, value] of Object.entries(source as Record<string, unknown>)) {
    const present = into[key];
    if (typeof present === 'object' && present !== null && typeof value === 'object' && value !== null)
      merge(present, value);
    else into[key] = value;
  }
}
