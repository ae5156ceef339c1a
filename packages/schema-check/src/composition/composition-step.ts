import type { CompositionRemark } from '../graph/graph-version.ts';
import type { Finding } from '../report/finding.ts';
import type { Step } from '../step.ts';

/**
 * The errors and hints of the composition, each with the subgraphs, files and lines that it arises from. Of the hints
 * that the base had already, the warnings stay as remarks and the others are left out.
 */
export const compositionStep: Step = async (before, after) => {
  const known = new Set(before?.remarks.map(keyOf));
  return after.remarks.flatMap((remark) => {
    if (remark.level === 'error' || !known.has(keyOf(remark))) return [findingOf(remark)];
    return remark.level === 'warning' ? [findingOf({ ...remark, level: 'info' })] : [];
  });
};

function keyOf({ code, coordinate, message }: CompositionRemark): string {
  return `${code} ${coordinate ?? message}`;
}

/** The rest is in the details. */
const mostPlaces = 3;

function findingOf({ level, code, message, coordinate, places }: CompositionRemark): Finding {
  const [first, ...others] = places;
  const also = others.slice(0, mostPlaces).map(({ file, line }) => `${file}${line ? `:${line}` : ''}`);
  if (others.length > mostPlaces) also.push(`${others.length - mostPlaces} more`);
  return {
    step: 'composition',
    level,
    code,
    message: also.length === 0 ? message : `${message}\nAlso at ${also.join(', ')}.`,
    ...(coordinate === undefined ? {} : { coordinate }),
    ...(first === undefined ? {} : { file: first.file }),
    ...(first?.line === undefined ? {} : { line: first.line }),
    ...(level === 'error' ? { mend: mends[code] ?? reference } : {}),
    details: { places },
  };
}

const reference =
  'The code is explained at https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/errors.';

/** What to do about the errors that a change of one subgraph meets most often. */
const mends: Readonly<Record<string, string>> = {
  INVALID_GRAPHQL: 'Correct the schema of the subgraph: it is not valid GraphQL by itself.',
  INVALID_FIELD_SHARING:
    'Let one subgraph own the field, or mark it @shareable in each; to move it, add @override(from:) where it goes.',
  FIELD_TYPE_MISMATCH: 'Give the field one type in every subgraph that declares it.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Give the argument one type in every subgraph that declares it.',
  FIELD_ARGUMENT_DEFAULT_MISMATCH: 'Give the argument one default in every subgraph that declares it.',
  INPUT_FIELD_DEFAULT_MISMATCH: 'Give the input field one default in every subgraph that declares it.',
  EXTERNAL_MISSING_ON_BASE:
    'Remove @external and its uses, or let the subgraph that owned the field keep it.',
  EXTERNAL_TYPE_MISMATCH: 'Give the @external field the type that its owner gives it.',
  EXTERNAL_UNUSED: 'Remove the @external field, or name it in a @requires, @provides or @key.',
  SATISFIABILITY_ERROR:
    'Give the entity a key that both subgraphs can resolve, or let the field be resolved where the query comes from.',
  TYPE_KIND_MISMATCH: 'Declare the type with one kind in every subgraph, or give one of them another name.',
  ENUM_VALUE_MISMATCH:
    'Add the value to the enum in every subgraph: it is used as input and as output, so all must know it.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: 'Add the argument to every subgraph, or make it optional.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH:
    'Add the input field to every subgraph, or make it optional.',
  KEY_INVALID_FIELDS: 'Name only fields of the type in @key(fields:).',
  REQUIRES_INVALID_FIELDS: 'Name only fields of the type in @requires(fields:), each of them @external.',
  PROVIDES_INVALID_FIELDS:
    'Name only fields of the returned type in @provides(fields:), each of them @external.',
  OVERRIDE_SOURCE_HAS_OVERRIDE: 'Finish the first move of the field before the next one.',
  COMPOSITION_CRASHED:
    'Undo the last edits of the schemas one by one; import the directives of federation by @link and use them by their own names.',
  NO_QUERIES: 'At least one subgraph must declare a field of Query.',
};
