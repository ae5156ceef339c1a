import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { diffSchemas } from '../diff/diff-schemas.ts';
import type { SchemaChange } from '../diff/schema-change.ts';
import { filesAt } from '../graph/git.ts';
import type { GraphVersion } from '../graph/graph-version.ts';
import { placeInSchema } from '../graph/places-in-schema.ts';
import { supergraphOf } from '../graph/supergraph-of.ts';
import { checkOperations } from '../operations/check-operations.ts';
import type { KnownOperation } from '../operations/known-operation.ts';
import { documentOf, refusalsOf } from '../operations/validate-operation.ts';
import type { Finding } from '../report/finding.ts';
import type { CheckContext, Step } from '../step.ts';
import { type ContractProblem, type ContractSchema, contractSchema } from './contract-schema.ts';
import { type ContractVariant, contractsFile, contractVariants } from './contract-variants.ts';

/**
 * Every variant of schema/contracts.yaml: whether its tags cut out a valid schema, what differs in it, and whether the
 * operations of its clients still fit. What is so for the whole graph is said there and not again.
 */
export const contractsStep: Step = async (before, after, context) => {
  const path = join(context.root, contractsFile);
  const former = formerVariants(before, context.root);
  const now = existsSync(path)
    ? contractVariants(readFileSync(path, 'utf8'))
    : { variants: [], findings: [] };
  if (now.findings.length > 0) return [...now.findings];
  const findings = (former ?? [])
    .filter(({ name }) => !now.variants.some((variant) => variant.name === name))
    .map(({ name }) => variantRemoved(name));
  if (!supergraphOf(after) || !after.apiSchema || now.variants.length === 0) return findings;

  const changes = before?.apiSchema ? await diffSchemas(before.apiSchema, after.apiSchema) : [];
  const known = new Set(changes.map(identityOf));
  for (const variant of now.variants) {
    context.progress(`contracts: ${variant.name}`);
    const formerly = former === null ? variant : former.find(({ name }) => name === variant.name);
    findings.push(...(await checkVariant(variant, formerly, before, after, known, context)));
  }
  return findings;
};

/** What the base's variants were; null when the base is no commit, so that the file of now must do. */
function formerVariants(before: GraphVersion | null, root: string): readonly ContractVariant[] | null {
  if (!before?.revision) return null;
  const [text] = filesAt(root, before.revision, [contractsFile]);
  return typeof text === 'string' ? contractVariants(text).variants : [];
}

async function checkVariant(
  variant: ContractVariant,
  formerly: ContractVariant | undefined,
  before: GraphVersion | null,
  after: GraphVersion,
  known: ReadonlySet<string>,
  context: CheckContext,
): Promise<Finding[]> {
  const is = build(after, variant);
  if (!is) return [];
  const isSame = formerly && sameTags(formerly, variant) && before?.supergraphSdl === after.supergraphSdl;
  const was = isSame ? is : before && formerly ? build(before, formerly) : null;
  if (is.problems) {
    const old = new Set(was?.problems?.map(({ message }) => message));
    return is.problems.map((problem) => invalidContract(variant, problem, old.has(problem.message)));
  }
  const changes = was?.apiSchema ? await diffSchemas(was.apiSchema, is.apiSchema) : [];
  const own = changes.filter((change) => !known.has(identityOf(change)));
  const placeOf = (coordinate: string) => placeInSchema(after, coordinate);
  const ofOperations = await checkOperations({
    before: was?.apiSchema ?? null,
    after: is.apiSchema,
    changes: own,
    // Where the variant differs as the whole does, what it could answer before it can answer still.
    operations:
      variant.clients === null && own.length === 0 ? [] : operationsOf(variant, was, after, context),
    usage: null,
    since: context.since,
    now: context.now,
    placeOf,
  });
  const told = new Set(ofOperations.map(identityOf));
  return [
    ...own.filter((change) => !told.has(identityOf(change))).map((change) => changeOf(change, placeOf)),
    ...ofOperations,
  ].map((finding) => inVariant(variant, finding));
}

/** Nothing for a version of which only the API schema is known: its tags are not in there. */
function build(version: GraphVersion, variant: ContractVariant): ContractSchema | null {
  const supergraph = supergraphOf(version);
  return supergraph && version.apiSchema && contractSchema(supergraph, version.apiSchema, variant);
}

function sameTags(one: ContractVariant, other: ContractVariant): boolean {
  return one.include.join() === other.include.join() && one.exclude.join() === other.exclude.join();
}

/** Those of its clients, or else those that it could answer; without what the whole graph refuses already. */
function operationsOf(
  { clients }: ContractVariant,
  was: ContractSchema | null,
  after: GraphVersion,
  { operations }: CheckContext,
): readonly KnownOperation[] {
  const fits = (operation: KnownOperation, schema: GraphQLSchema | null | undefined) =>
    schema && refusalsOf(documentOf(operation), schema).length === 0;
  return operations.filter(
    (operation) =>
      (clients === null ? fits(operation, was?.apiSchema) : clients.includes(operation.client.name)) &&
      fits(operation, after.apiSchema),
  );
}

function identityOf({
  code,
  coordinate,
}: Pick<SchemaChange, 'code'> & { readonly coordinate?: string }): string {
  return `${code} ${coordinate}`;
}

function changeOf(
  change: SchemaChange,
  placeOf: (coordinate: string) => Pick<Finding, 'file' | 'line'> | undefined,
): Finding {
  return {
    step: 'contracts',
    level: change.level === 'safe' ? 'info' : 'warning',
    code: change.code,
    message: change.message,
    coordinate: change.coordinate,
    ...placeOf(change.coordinate),
    details: { criticality: change.level },
  };
}

/** An approval of a change of the whole graph is not one of a change of a variant. */
function inVariant({ name }: ContractVariant, finding: Finding): Finding {
  return {
    ...finding,
    step: 'contracts',
    message: `In the contract ${name}: ${finding.message}`,
    ...(finding.coordinate === undefined ? {} : { coordinate: `${name}/${finding.coordinate}` }),
    details: { ...finding.details, variant: name },
  };
}

function invalidContract(
  variant: ContractVariant,
  { code, message }: ContractProblem,
  wasBefore: boolean,
): Finding {
  return {
    step: 'contracts',
    level: wasBefore ? 'warning' : 'error',
    code: `CONTRACT_${code}`,
    message:
      `The tags of the contract ${variant.name} cut out no valid schema` +
      `${wasBefore ? ', as before this change' : ''}: ${message}`,
    mend: 'Give a field or an argument the tags of the type that it answers or takes, or give that type fewer.',
    coordinate: variant.name,
    file: contractsFile,
    ...(variant.line === undefined ? {} : { line: variant.line }),
    details: { variant: variant.name },
  };
}

function variantRemoved(name: string): Finding {
  return {
    step: 'contracts',
    level: 'error',
    code: 'CONTRACT_REMOVED',
    message: `The contract ${name} is gone from ${contractsFile}, and with it the schema that its clients are given.`,
    mend: 'Keep it until no client is given it any more, or approve the break in schema/approved-changes.yaml.',
    coordinate: name,
    file: contractsFile,
    details: { variant: name },
  };
}
