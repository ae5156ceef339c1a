import { type Chance, chanceOf } from './random.ts';

/** A field of the whole graph, and who answers it. */
export interface FieldModel {
  readonly name: string;
  /** The named type: a scalar, the enum, an entity, the interface or the union. */
  readonly type: string;
  readonly list: 'none' | 'list' | 'nested';
  readonly nonNull: boolean;
  /** The subgraphs that answer it: two where it is shared. */
  readonly owners: readonly number[];
  /** Another field of the entity, of another subgraph, that its value is made of. */
  readonly requires: { readonly name: string; readonly unit: string | null } | null;
  /** Its argument, `unit: Unit`, if it takes one. */
  readonly takesUnit: boolean;
  /** Answered by one subgraph where another could too. */
  readonly overrides: number | null;
  readonly inaccessible: boolean;
  /** For a field that leads to an entity: a field of that, of another subgraph, which its owner can answer on this way. */
  readonly provides: string | null;
  /** Whether some other field provides it. */
  readonly isProvided: boolean;
}

export interface EntityModel {
  readonly name: string;
  /** Whether a pair of fields, one of them nested, is a key beside the id. */
  readonly hasCompoundKey: boolean;
  readonly fields: readonly FieldModel[];
}

/** A whole graph, as one schema would hold it, with who answers what. */
export interface GraphModel {
  readonly seed: number;
  readonly subgraphs: number;
  readonly entities: readonly EntityModel[];
  readonly roots: readonly FieldModel[];
  /** A subgraph that knows the interface as an object (@interfaceObject), and what it adds to it; null where there is none. */
  readonly interfaceObject: { readonly subgraph: number; readonly fields: readonly FieldModel[] } | null;
  /** Chances that a field of an entity fails, or is null where it may or may not be. */
  readonly faults: { readonly throws: number; readonly isNull: number };
}

export const interfaceName = 'Thing';
export const unionName = 'Any';
export const enumName = 'Colour';
export const enumValues = ['RED', 'GREEN', 'BLUE'] as const;
export const units = ['CM', 'INCH'] as const;
export const entitiesOfType = 4;

/** Makes a graph up. The same seed makes the same graph. */
export function graphModel(seed: number): GraphModel {
  const chance = chanceOf(seed);
  const withEntities = 2 + chance.below(3);
  const names = ['Apple', 'Bread', 'Cheese', 'Date'].slice(0, 2 + chance.below(3));
  const entities = withProvides(
    names.map((name) => entityModel(name, names, withEntities, chance)),
    chance,
  );
  const targets = [...names, ...names, interfaceName, unionName];
  const roots = Array.from(
    { length: 2 + chance.below(3) },
    (_, index): FieldModel => ({
      ...plainField(`root${index}`, chance.pick(targets)),
      list: chance.pick(['none', 'list', 'list'] as const),
      nonNull: chance.happens(0.2),
      owners: [chance.below(withEntities)],
    }),
  );
  const interfaceObject = chance.happens(0.35) ? interfaceObjectModel(withEntities, chance) : null;
  if (interfaceObject !== null)
    roots.push({
      ...plainField('rootOfObject', interfaceName),
      list: chance.pick(['none', 'list'] as const),
      owners: [interfaceObject.subgraph],
    });
  const faulty = chance.happens(0.5);
  return {
    seed,
    subgraphs: withEntities + (interfaceObject === null ? 0 : 1),
    entities,
    roots,
    interfaceObject,
    faults: faulty ? { throws: 0.08, isNull: 0.1 } : { throws: 0, isNull: 0.1 },
  };
}

function entityModel(name: string, names: readonly string[], subgraphs: number, chance: Chance): EntityModel {
  const fields: FieldModel[] = [];
  const prefix = name.toLowerCase();
  const any = () => chance.below(subgraphs);
  const scalars = ['String', 'Int', 'Float', 'Boolean', enumName];
  for (let index = 0; index < 2 + chance.below(4); index += 1) {
    const owner = any();
    const other = any();
    const isShared = chance.happens(0.2) && other !== owner;
    const field: FieldModel = {
      ...plainField(`${prefix}${index}`, chance.pick(scalars)),
      list: chance.pick(['none', 'none', 'none', 'list', 'nested'] as const),
      nonNull: chance.happens(0.25),
      owners: isShared ? [owner, other] : [owner],
      takesUnit: chance.happens(0.25),
      overrides: !isShared && other !== owner && chance.happens(0.15) ? other : null,
      inaccessible: chance.happens(0.08),
    };
    fields.push(field);
  }
  for (let index = 0; index < 1 + chance.below(3); index += 1)
    fields.push({
      ...plainField(`${prefix}To${index}`, chance.pick([...names, ...names, interfaceName, unionName])),
      list: chance.pick(['none', 'list'] as const),
      nonNull: chance.happens(0.2),
      owners: [any()],
    });
  for (let index = 0; index < chance.below(3); index += 1) {
    // None that requires another itself: the planner asks such a chain of a subgraph that cannot answer it.
    const required = chance.pick(
      fields.filter(({ type, requires }) => scalars.includes(type) && requires === null),
    );
    const owner = chance.pick(Array.from({ length: subgraphs }, (_, at) => at));
    if (required.owners.includes(owner) || required.overrides === owner) continue;
    fields.push({
      ...plainField(`${prefix}From${index}`, 'String'),
      owners: [owner],
      requires: { name: required.name, unit: required.takesUnit ? chance.pick(units) : null },
    });
  }
  return { name, hasCompoundKey: chance.happens(0.3), fields };
}

function interfaceObjectModel(subgraph: number, chance: Chance): NonNullable<GraphModel['interfaceObject']> {
  const fields = Array.from(
    { length: 1 + chance.below(2) },
    (_, index): FieldModel => ({
      ...plainField(`thing${index}`, chance.pick(['String', 'Int', enumName])),
      nonNull: chance.happens(0.2),
      owners: [subgraph],
    }),
  );
  return { subgraph, fields };
}

/** Lets some fields provide one of the entity that they lead to. */
function withProvides(entities: readonly EntityModel[], chance: Chance): EntityModel[] {
  const providing = entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => {
      const [owner] = field.owners;
      const target = entities.find(({ name }) => name === field.type);
      const providable = (target?.fields ?? []).filter(
        ({ owners, requires, overrides, takesUnit, inaccessible, type }) =>
          owners.length === 1 &&
          owners[0] !== owner &&
          requires === null &&
          overrides === null &&
          !takesUnit &&
          !inaccessible &&
          !entities.some(({ name }) => name === type) &&
          ![interfaceName, unionName].includes(type),
      );
      return providable.length > 0 && chance.happens(0.3)
        ? { ...field, provides: chance.pick(providable).name }
        : field;
    }),
  }));
  const all = providing.flatMap(({ fields }) => fields);
  return providing.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => ({
      ...field,
      isProvided: all.some(({ type, provides }) => type === entity.name && provides === field.name),
    })),
  }));
}

function plainField(name: string, type: string): FieldModel {
  return {
    name,
    type,
    list: 'none',
    nonNull: false,
    owners: [0],
    requires: null,
    takesUnit: false,
    overrides: null,
    inaccessible: false,
    provides: null,
    isProvided: false,
  };
}

/** The type of a field, as SDL writes it. */
export function typeText({ type, list, nonNull }: FieldModel): string {
  const inner = list === 'nested' ? `[[${type}]]` : list === 'list' ? `[${type}]` : type;
  return nonNull ? `${inner}!` : inner;
}
