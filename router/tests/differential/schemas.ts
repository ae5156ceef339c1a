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
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])\n`;

/** The graph as a single server would serve it: what clients see of the supergraph. */
export function wholeSchema(model: GraphModel): string {
  const { entities, roots, interfaceObject } = model;
  const visible = ({ inaccessible }: FieldModel) => !inaccessible;
  const shared = (interfaceObject?.fields ?? []).map(fieldText).join(' ');
  const types = entities.map(
    ({ name, hasCompoundKey, fields }) =>
      `type ${name} implements ${interfaceName} { id: ID! ${hasCompoundKey ? 'code: String! maker: Maker! ' : ''}${fields.filter(visible).map(fieldText).join(' ')} ${shared} }`,
  );
  return `${plainTypes}${abstractTypes(entities, '', shared)}${makerType(entities, '')}${types.join('\n')}\ntype Query { ${roots.map(fieldText).join(' ')} }`;
}

/** The schema of one subgraph; null when it has nothing to say. */
export function subgraphSchema(model: GraphModel, subgraph: number): string {
  const { entities, roots, interfaceObject } = model;
  const ownRoots = roots.filter(({ owners }) => owners.includes(subgraph));
  const query = ownRoots.length === 0 ? '' : `type Query { ${ownRoots.map(fieldText).join(' ')} }`;
  if (subgraph === interfaceObject?.subgraph)
    return `${link}${plainTypes}type ${interfaceName} @key(fields: "id") @interfaceObject { id: ID! ${interfaceObject.fields.map(fieldText).join(' ')} }\n${query}`;
  const types = entities.map((entity) => entityText(model, entity, subgraph));
  const key = interfaceObject !== null && subgraph === 0 ? '@key(fields: "id")' : '';
  return `${link}${plainTypes}${abstractTypes(entities, key, '')}${makerType(entities, ' @shareable')}${types.join('\n')}\n${query}`;
}

function entityText(
  { entities, interfaceObject }: GraphModel,
  { name, hasCompoundKey, fields }: EntityModel,
  subgraph: number,
): string {
  const own = fields.filter(({ owners, overrides }) => owners.includes(subgraph) || overrides === subgraph);
  const provided = entities
    .flatMap((entity) => entity.fields)
    .filter(({ type, owners }) => type === name && owners.includes(subgraph))
    .map(({ provides }) => provides);
  const external = fields.filter(
    ({ name: field }) =>
      !own.some((one) => one.name === field) &&
      (provided.includes(field) || own.some(({ requires }) => requires?.name === field)),
  );
  // Whoever knows the interface by its key has to find each of its types.
  const isFound = own.length > 0 || (interfaceObject !== null && subgraph === 0);
  const keys = `@key(fields: "id"${isFound ? '' : ', resolvable: false'})${hasCompoundKey && subgraph === 0 ? ' @key(fields: "code maker { name }")' : ''}`;
  const compound = hasCompoundKey ? 'code: String! @shareable maker: Maker! @shareable ' : '';
  const texts = [
    ...own.map((field) => ownFieldText(field, subgraph)),
    ...external.map((field) => `${fieldText(field)} @external`),
  ];
  return `type ${name} implements ${interfaceName} ${keys} { id: ID! ${compound}${texts.join(' ')} }`;
}

function ownFieldText(field: FieldModel, subgraph: number): string {
  const { owners, overrides, requires, inaccessible, provides } = field;
  const directives = [
    ...(owners.length > 1 || field.isProvided ? ['@shareable'] : []),
    ...(overrides !== null && owners.includes(subgraph) ? [`@override(from: "s${overrides}")`] : []),
    ...(requires === null
      ? []
      : [`@requires(fields: "${requires.name}${requires.unit === null ? '' : `(unit: ${requires.unit})`}")`]),
    ...(provides === null ? [] : [`@provides(fields: "${provides}")`]),
    ...(inaccessible ? ['@inaccessible'] : []),
  ];
  return `${fieldText(field)} ${directives.join(' ')}`;
}

function fieldText(field: FieldModel): string {
  return `${field.name}${field.takesUnit ? '(unit: Unit)' : ''}: ${typeText(field)}`;
}

function abstractTypes(entities: readonly EntityModel[], key: string, fields: string): string {
  return `interface ${interfaceName} ${key} { id: ID! ${fields} }\nunion ${unionName} = ${entities.map(({ name }) => name).join(' | ')}\n`;
}

function makerType(entities: readonly EntityModel[], directives: string): string {
  return entities.some(({ hasCompoundKey }) => hasCompoundKey)
    ? `type Maker { name: String!${directives} }\n`
    : '';
}

export function isScalar({ type }: FieldModel): boolean {
  return scalarTypes.includes(type);
}
