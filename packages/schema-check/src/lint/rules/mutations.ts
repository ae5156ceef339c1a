import { type FieldDefinitionNode, Kind } from 'graphql';
import {
  type LintedSubgraph,
  type LintedType,
  type LintRule,
  namedTypeOf,
  placeOf,
  wordsOf,
  written,
} from '../linted-graph.ts';
import { alsoNouns, commonVerbs } from './verbs.ts';

/** A mutation starts with a verb, and answers a union of what it makes and of the failures that its caller must expect. */
export const mutations: LintRule = function* (subgraphs, { verbs }) {
  const own = new Set(verbs.map((verb) => verb.toLowerCase()));
  for (const subgraph of subgraphs) {
    for (const field of subgraph.types.get('Mutation')?.fields ?? []) {
      const name = field.name.value;
      const place = { coordinate: `Mutation.${name}`, ...placeOf(subgraph.source, field) };
      const [verb = '', ...rest] = wordsOf(name);
      if (!own.has(verb) && !isVerb(verb, rest)) {
        yield {
          level: 'error',
          code: 'MUTATION_VERB',
          message: `Expected a mutation to start with a verb, as addItemToCart does, and found ${name}.`,
          mend: `Put what it does first; if "${verb}" is a verb, add it to the list verbs in schema/lint.yaml.`,
          ...place,
        };
      }
      const problem = problemOfResult(field, subgraph);
      if (problem) yield { code: 'MUTATION_RESULT', ...problem, ...place };
    }
  }
};

/** `order` is a verb in orderBook and a noun in orderCancel, where the verb comes last. */
function isVerb(word: string, rest: readonly string[]): boolean {
  if (!commonVerbs.has(word)) return false;
  const last = rest.at(-1) ?? '';
  return !(alsoNouns.has(word) && commonVerbs.has(last) && !alsoNouns.has(last));
}

function problemOfResult(field: FieldDefinitionNode, { types }: LintedSubgraph) {
  const name = namedTypeOf(field.type);
  const type = types.get(name);
  const expected = `${field.name.value.charAt(0).toUpperCase()}${field.name.value.slice(1)}Result`;
  if (type?.kind !== 'union') {
    return {
      level: 'error' as const,
      message: `Expected a mutation to answer a union of its success and its failures, and found ${written(field.type)}.`,
      mend: `Declare: union ${expected} = ${name} | InvalidInputError`,
    };
  }
  if (!name.endsWith('Result')) {
    return {
      level: 'error' as const,
      message: `Expected the union that a mutation answers to end in Result, and found ${name}.`,
      mend: `Call it ${expected}.`,
    };
  }
  if (field.type.kind !== Kind.NON_NULL_TYPE) {
    return {
      level: 'error' as const,
      message: `Expected ${name}! as the answer of a mutation, and found ${name}: what fails as expected is in the union.`,
      mend: `Write ${name}!`,
    };
  }
  const errors = type.members.filter((member) => isError(member.name.value, types));
  if (errors.length === type.members.length) {
    return {
      level: 'error' as const,
      message: `Expected ${name} to have a member for success, and found errors only.`,
      mend: 'Add the type of what was made or changed.',
    };
  }
  if (errors.length > 0) return null;
  return {
    // A mutation that cannot fail is rare, and real: signing out twice is as good as once.
    level: type.members.length === 1 ? ('warning' as const) : ('error' as const),
    message: `Expected ${name} to have a member that implements UserError, and found none.`,
    mend: 'Add the failures that a caller must expect; when there is none, leave the union with its one member.',
  };
}

function isError(name: string, types: ReadonlyMap<string, LintedType>): boolean {
  return types.get(name)?.interfaces.includes('UserError') ?? name.endsWith('Error');
}
