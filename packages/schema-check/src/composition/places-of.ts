import type { ASTNode } from 'graphql';
import type { CompositionRemark } from '../graph/graph-version.ts';
import type { ParsedSubgraph } from '../graph/parsed-subgraphs.ts';
import { type PlaceIndex, placesIn } from '../graph/places-in-schema.ts';

/**
 * Finds where a remark of the composition arises: by the nodes that it names; or else by the coordinates that its message
 * names, as for a query that cannot be answered; or else by the subgraphs that its message names.
 */
export function placeFinder(subgraphs: readonly ParsedSubgraph[]) {
  const byFile = new Map(subgraphs.map((subgraph) => [subgraph.file, subgraph]));
  let index: PlaceIndex | undefined;
  return (message: string, nodes: readonly ASTNode[] | undefined): CompositionRemark['places'] => {
    const places = new Map<string, CompositionRemark['places'][number]>();
    for (const { loc } of nodes ?? []) {
      const subgraph = loc && byFile.get(loc.source.name);
      if (!subgraph) continue;
      const { line } = loc.startToken;
      places.set(`${subgraph.file}:${line}`, { subgraph: subgraph.name, file: subgraph.file, line });
    }
    if (places.size > 0) return [...places.values()];
    const bracketed = /^\[([^\]]+)\] /.exec(message)?.[1];
    index ??= placesIn(subgraphs);
    for (const [, coordinate = ''] of message.matchAll(/"(\w+\.\w+)/g)) {
      const named = (index.get(coordinate) ?? []).filter(
        ({ subgraph }) => bracketed === undefined || subgraph === bracketed,
      );
      if (named.length > 0) return named;
    }
    const named = [bracketed, ...[...message.matchAll(/\bsubgraph "([^"]+)"/g)].map(([, name]) => name)];
    return subgraphs
      .filter(({ name }) => named.includes(name))
      .map(({ name, file }) => ({ subgraph: name, file }));
  };
}
