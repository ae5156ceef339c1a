import {
  entitiesOfType,
  enumName,
  enumValues,
  type FieldModel,
  type GraphModel,
  interfaceName,
  unionName,
} from './shop-model.ts';

/** A reference to an entity: what a resolver gives for it. */
export interface Reference {
  readonly __typename: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Whom an entity's compound key names. */
function compoundKey(id: string): {
  readonly code: string;
  readonly maker: { readonly name: string };
} {
  return { code: `code-${id}`, maker: { name: `maker-${id}` } };
}

export function reference(typename: string, id: string): Reference {
  return { __typename: typename, id, ...compoundKey(id) };
}

/**
 * What a field of an entity is, in whichever subgraph it is asked: made of the seed and the place alone.
 * @param required what it is made of, for a field that requires another
 * @throws {Error} where the model says that it fails
 */
export function valueOfField(
  model: GraphModel,
  owner: string,
  id: string,
  field: FieldModel,
  unit: string | null | undefined,
  required: unknown,
): unknown {
  const place = `${model.seed} ${owner} ${id} ${field.name}`;
  // What others are made of is there: what its failure does to them is tested by itself.
  const isRequired = model.entities.some(({ fields }) =>
    fields.some(({ requires }) => requires?.name === field.name),
  );
  if (!isRequired && share(`${place} throws`) < model.faults.throws)
    throw new Error(`${owner}.${field.name} fails`);
  // A root has to lead somewhere, or there would be little to compare.
  if (owner !== 'Query' && share(`${place} null`) < model.faults.isNull) {
    // Where it may not be null this breaks the promise, which is a fault as well.
    if (!field.nonNull || (model.faults.throws > 0 && !isRequired)) return null;
  }
  if (field.requires !== null) return `${field.name}(${JSON.stringify(required ?? null)})`;
  const suffix = field.takesUnit ? ` in ${unit ?? 'CM'}` : '';
  const one = (at: string) => single(model, `${place} ${at}`, field, suffix);
  if (field.list === 'none') return one('');
  const count = hash(`${place} count`) % 4;
  const list = Array.from({ length: count }, (_, index) =>
    share(`${place} ${index} null`) < model.faults.isNull ? null : one(String(index)),
  );
  return field.list === 'nested' ? [list, [], list.slice(1)] : list;
}

function single(model: GraphModel, place: string, field: FieldModel, suffix: string): unknown {
  const number = hash(place);
  switch (field.type) {
    case 'String':
      return `${place.split(' ').at(-2)} ${number % 1_000}${suffix}`;
    case 'Int':
      return (number % 1_000) + (suffix === ' in INCH' ? 5_000 : 0);
    case 'Float':
      return (number % 1_000) / 8 + (suffix === ' in INCH' ? 5_000 : 0);
    case 'Boolean':
      return (number + suffix.length) % 2 === 0;
    case enumName:
      return enumValues[(number + suffix.length) % enumValues.length];
    default: {
      const names = model.entities.map(({ name }) => name);
      const typename =
        field.type === interfaceName || field.type === unionName ? names[number % names.length] : field.type;
      // Its id tells the type as well: by it alone the interface finds the entity.
      return reference(typename ?? '', `${typename}:${(number >>> 8) % entitiesOfType}`);
    }
  }
}

function share(text: string): number {
  return hash(text) / 4_294_967_296;
}

/** FNV-1a, and a last mix so that near texts lie far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
