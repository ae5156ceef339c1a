import { Kind } from 'graphql';
import {
  hasDirective,
  keysOf,
  type LintedSubgraph,
  type LintedType,
  type LintRule,
  type LintSettings,
  namedTypeOf,
  placeOf,
  written,
} from '../linted-graph.ts';

/**
 * What a subgraph adds to an entity that another owns is nullable: while it is down, it then costs its own fields and
 * nothing else.
 */
export const contributedFields: LintRule = function* (subgraphs, settings) {
  for (const declarations of entitiesOf(subgraphs)) {
    const origin = originOf(declarations, subgraphs, settings);
    if (origin === null) continue;
    const owned = new Set(origin.fields.map(({ name }) => name.value));
    for (const type of declarations) {
      if (type === origin) continue;
      const keys = new Set(keysOf(type).flatMap(({ fields }) => fields.match(/\w+/g) ?? []));
      for (const field of type.fields) {
        const name = field.name.value;
        if (keys.has(name) || owned.has(name) || hasDirective(field, 'external')) continue;
        if (field.type.kind !== Kind.NON_NULL_TYPE) continue;
        const isMoving = hasDirective(field, 'override');
        const nullable = written(field.type).slice(0, -1);
        yield {
          level: isMoving ? 'warning' : 'error',
          code: 'CONTRIBUTED_NON_NULL',
          message:
            `Expected ${type.name}.${name} to be nullable, as ${type.subgraph.name} contributes it to ${type.name}, which ` +
            `${origin.subgraph.name} owns, and found ${written(field.type)}: while ${type.subgraph.name} is down, it would take the whole ${type.name} away.`,
          mend: `Write ${name}: ${nullable}. If ${type.subgraph.name} owns ${type.name}, say so in schema/lint.yaml: origins: { ${type.name}: ${type.subgraph.name} }.`,
          coordinate: `${type.name}.${name}`,
          ...placeOf(type.subgraph, field),
        };
      }
    }
  }
};

/** The declarations of each entity that several subgraphs have. */
function entitiesOf(subgraphs: readonly LintedSubgraph[]): LintedType[][] {
  const byName = new Map<string, LintedType[]>();
  for (const { types } of subgraphs) {
    for (const type of types.values()) {
      if (type.kind !== 'object' || keysOf(type).length === 0) continue;
      byName.set(type.name, [...(byName.get(type.name) ?? []), type]);
    }
  }
  return [...byName.values()].filter((declarations) => declarations.length > 1);
}

/**
 * The declaration of the subgraph that owns an entity: the one that the settings name, or else the one with the most
 * keys, or else the one whose queries lead to it, or else the one with the most fields. Null when none stands out.
 */
function originOf(
  declarations: readonly LintedType[],
  subgraphs: readonly LintedSubgraph[],
  { origins }: LintSettings,
): LintedType | null {
  const named = declarations.find(({ name, subgraph }) => origins[name] === subgraph.name);
  if (named) return named;
  const candidates = declarations.filter(
    (type) => !type.isExtension && keysOf(type).some(({ isResolvable }) => isResolvable),
  );
  const measures: readonly ((type: LintedType) => number)[] = [
    (type) => keysOf(type).length,
    (type) => rootFieldsTo(type, subgraphs),
    (type) => type.fields.filter((field) => !hasDirective(field, 'external')).length,
  ];
  let best = candidates;
  for (const measure of measures) {
    const most = Math.max(...best.map(measure));
    best = best.filter((type) => measure(type) === most);
    if (best.length === 1) return best[0] ?? null;
  }
  return null;
}

/** How many queries of a type's subgraph return it, a list of it, or a connection of it. */
function rootFieldsTo({ name, subgraph }: LintedType, subgraphs: readonly LintedSubgraph[]): number {
  const own = subgraphs.find(({ source }) => source.name === subgraph.name);
  const targets = new Set([name, `${name}Connection`]);
  return (own?.types.get('Query')?.fields ?? []).filter((field) => targets.has(namedTypeOf(field.type)))
    .length;
}
