import { type ASTNode, Kind } from 'graphql';
import type { GraphVersion } from './graph-version.ts';
import { type ParsedSubgraph, parsedSubgraphs } from './parsed-subgraphs.ts';

export interface SchemaPlace {
  readonly subgraph: string;
  /** Relative to the root of the repository. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Where subgraphs declare what coordinates name; a part that several declare has a place in each. */
export type PlaceIndex = ReadonlyMap<string, readonly SchemaPlace[]>;

const indexes = new WeakMap<GraphVersion, PlaceIndex>();

/**
 * Where a version's subgraphs declare what a coordinate names: the part itself, or else the field or the type that it
 * belonged to. Undefined when no subgraph declares it.
 */
export function placeInSchema(
  version: GraphVersion,
  coordinate: string,
): Pick<SchemaPlace, 'file' | 'line'> | undefined {
  const index = indexes.get(version) ?? placesIn(parsedSubgraphs(version));
  indexes.set(version, index);
  const field = coordinate.replace(/\(.*$/, '');
  const [place] = index.get(coordinate) ?? index.get(field) ?? index.get(field.replace(/\..*$/, '')) ?? [];
  return place && { file: place.file, line: place.line };
}

/** Finds every named part of some schemas. */
export function placesIn(
  subgraphs: readonly Pick<ParsedSubgraph, 'name' | 'file' | 'document'>[],
): PlaceIndex {
  const places = new Map<string, SchemaPlace[]>();
  for (const { name: subgraph, file, document } of subgraphs) {
    const add = (coordinate: string, node: ASTNode & { readonly name?: ASTNode | undefined }) => {
      // A part with a description begins where its description does.
      const line = (node.name?.loc ?? node.loc)?.startToken.line;
      if (line === undefined) return;
      const known = places.get(coordinate);
      if (known) known.push({ subgraph, file, line });
      else places.set(coordinate, [{ subgraph, file, line }]);
    };
    for (const definition of document.definitions) {
      if (!('name' in definition) || definition.name === undefined) continue;
      const type = definition.name.value;
      add(definition.kind === Kind.DIRECTIVE_DEFINITION ? `@${type}` : type, definition);
      if ('values' in definition) {
        for (const value of definition.values ?? []) add(`${type}.${value.name.value}`, value);
      }
      if ('types' in definition) {
        for (const member of definition.types ?? []) add(`${type}.${member.name.value}`, member);
      }
      if (!('fields' in definition)) continue;
      for (const field of definition.fields ?? []) {
        const coordinate = `${type}.${field.name.value}`;
        add(coordinate, field);
        if (!('arguments' in field)) continue;
        for (const argument of field.arguments ?? []) add(`${coordinate}(${argument.name.value}:)`, argument);
      }
    }
  }
  return places;
}
