import {
  type EntityModel,
  enumName,
  enumValues,
  type FieldModel,
  type GraphModel,
  interfaceName,
  typeText,
  unionName,
  units,
} from './shop-model.ts';

const scalarTypes = ['String', 'Int', 'Float', 'Boolean', enumName];
const plainTypes = `enum Unit { ${units.join(' ')} }\nenum ${enumName} { ${enumValues.join(' ')} }\n`;
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@override", "@inaccessible"])\n`;

/** The graph as a single server would serve it: what clients see of the supergraph. */
export function wholeSchema({ entities, roots }: GraphModel): string {
  const visible = ({ inaccessible }: FieldModel) => !inaccessible;
  const types = entities.map(
    ({ name, hasCompoundKey, fields }) =>
      `type ${name} implements ${interfaceName} { id: ID! ${hasCompoundKey ? 'code: String! maker: Maker! ' : ''}${fields.filter(visible).map(fieldText).join(' ')} }`,
  );
  return `${plainTypes}${abstractTypes(entities)}${makerType(entities, '')}${types.join('\n')}\ntype Query { ${roots.map(fieldText).join(' ')} }`;
}

/** The schema of one subgraph; null when it has nothing to say. */
export function subgraphSchema(model: GraphModel, subgraph: number): string {
  const { entities, roots } = model;
  const types = entities.map((entity) => entityText(entity, subgraph));
  const own = roots.filter(({ owners }) => owners.includes(subgraph));
  const query = own.length === 0 ? '' : `type Query { ${own.map(fieldText).join(' ')} }`;
  return `${link}${plainTypes}${abstractTypes(entities)}${makerType(entities, ' @shareable')}${types.join('\n')}\n${query}`;
}

function entityText({ name, hasCompoundKey, fields }: EntityModel, subgraph: number): string {
  const own = fields.filter(({ owners, overrides }) => owners.includes(subgraph) || overrides === subgraph);
  const external = fields.filter(
    ({ name: required }) =>
      !own.some((field) => field.name === required) &&
      own.some(({ requires }) => requires?.name === required),
  );
  const keys = `@key(fields: "id"${own.length === 0 ? ', resolvable: false' : ''})${hasCompoundKey && subgraph === 0 ? ' @key(fields: "code maker { name }")' : ''}`;
  const compound = hasCompoundKey ? 'code: String! @shareable maker: Maker! @shareable ' : '';
  const texts = [
    ...own.map((field) => ownFieldText(field, subgraph)),
    ...external.map((field) => `${fieldText(field)} @external`),
  ];
  return `type ${name} implements ${interfaceName} ${keys} { id: ID! ${compound}${texts.join(' ')} }`;
}

function ownFieldText(field: FieldModel, subgraph: number): string {
  const { owners, overrides, requires, inaccessible } = field;
  const directives = [
    ...(owners.length > 1 ? ['@shareable'] : []),
    ...(overrides !== null && owners.includes(subgraph) ? [`@override(from: "s${overrides}")`] : []),
    ...(requires === null
      ? []
      : [`@requires(fields: "${requires.name}${requires.unit === null ? '' : `(unit: ${requires.unit})`}")`]),
    ...(inaccessible ? ['@inaccessible'] : []),
  ];
  return `${fieldText(field)} ${directives.join(' ')}`;
}

function fieldText(field: FieldModel): string {
  return `${field.name}${field.takesUnit ? '(unit: Unit)' : ''}: ${typeText(field)}`;
}

function abstractTypes(entities: readonly EntityModel[]): string {
  return `interface ${interfaceName} { id: ID! }\nunion ${unionName} = ${entities.map(({ name }) => name).join(' | ')}\n`;
}

function makerType(entities: readonly EntityModel[], directives: string): string {
  return entities.some(({ hasCompoundKey }) => hasCompoundKey)
    ? `type Maker { name: String!${directives} }\n`
    : '';
}

export function isScalar({ type }: FieldModel): boolean {
  return scalarTypes.includes(type);
}
