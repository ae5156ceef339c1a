import { type Chance, chanceOf } from './random.ts';
import { isScalar } from './schemas.ts';
import {
  type EntityModel,
  type FieldModel,
  type GraphModel,
  interfaceName,
  unionName,
  units,
} from './shop-model.ts';

/** An operation that is valid for the whole graph, with its variables. */
export interface GeneratedOperation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** Makes an operation up: fragments, aliases (some of them names of keys), variables, @skip and @include. */
export function generateOperation(model: GraphModel, seed: number): GeneratedOperation {
  const chance = chanceOf(seed * 7_919 + model.seed);
  const writer = new Writer(model, chance);
  const roots = chance.some(model.roots, 0.7);
  const selections = (roots.length === 0 ? model.roots.slice(0, 1) : roots).map((root) =>
    writer.field(root, 3),
  );
  if (chance.happens(0.1)) selections.push('__typename');
  const fragments = writer.fragments.join('\n');
  const body = `{ ${selections.join(' ')} }\n${fragments}`;
  // A document that declares what it does not use is not valid.
  const isUsed = (name: string) => new RegExp(`\\$${name}\\b`).test(body);
  const declared = Object.entries(declarations).filter(([name]) => isUsed(name));
  const given = {
    yes: chance.happens(0.8),
    ...(chance.happens(0.5) ? { no: chance.happens(0.3) } : {}),
    ...(chance.happens(0.5) ? { unit: chance.pick(units) } : {}),
  };
  const head = declared.map(([name, declaration]) => `$${name}: ${declaration}`).join(', ');
  return {
    text: `query Generated${head === '' ? '' : `(${head})`} ${body}`,
    variables: Object.fromEntries(Object.entries(given).filter(([name]) => isUsed(name))),
  };
}

const declarations = { unit: 'Unit = INCH', yes: 'Boolean!', no: 'Boolean = false' };

class Writer {
  readonly fragments: string[] = [];
  readonly #model: GraphModel;
  readonly #chance: Chance;
  #aliases = 0;

  constructor(model: GraphModel, chance: Chance) {
    this.#model = model;
    this.#chance = chance;
  }

  /** @param depth how many objects further down it may go */
  field(field: FieldModel, depth: number): string {
    const chance = this.#chance;
    const alias = chance.happens(0.15) || field.takesUnit ? `a${this.#aliases++}: ` : '';
    const argument = field.takesUnit ? chance.pick(['', '(unit: CM)', '(unit: INCH)', '(unit: $unit)']) : '';
    const condition = chance.happens(0.12)
      ? chance.pick([' @include(if: $yes)', ' @skip(if: $no)', ' @skip(if: false)'])
      : '';
    const selection = isScalar(field) ? '' : ` ${this.#selection(field.type, depth - 1)}`;
    return `${alias}${field.name}${argument}${condition}${selection}`;
  }

  #selection(type: string, depth: number): string {
    const { entities } = this.#model;
    const entity = entities.find(({ name }) => name === type);
    if (entity !== undefined) return `{ ${this.#fields(entity, depth).join(' ')} }`;
    const parts = this.#chance.happens(0.5) ? ['__typename'] : [];
    if (type === interfaceName && this.#chance.happens(0.6)) parts.push('id');
    if (type === interfaceName) parts.push(...this.#shared(depth));
    for (const member of this.#chance.some(entities, 0.6))
      parts.push(`... on ${member.name} { ${this.#fields(member, depth, true).join(' ')} }`);
    if (type === unionName && this.#chance.happens(0.3)) parts.push(`... on ${interfaceName} { id }`);
    return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
  }

  /** Some of the fields that the interface has from a subgraph which knows it as an object. */
  #shared(depth: number): string[] {
    const { interfaceObject } = this.#model;
    return this.#chance.some(interfaceObject?.fields ?? [], 0.25).map((field) => this.field(field, depth));
  }

  #fields(entity: EntityModel, depth: number, inUnion = false): string[] {
    const chance = this.#chance;
    const visible = entity.fields.filter((field) => !field.inaccessible && (isScalar(field) || depth > 0));
    const shared = inUnion ? [] : this.#shared(depth);
    const parts = [...chance.some(visible, 0.5).map((field) => this.field(field, depth)), ...shared];
    // A key under its own name, under another, or hidden by something else that has its name.
    const hiding = visible.find(
      ({ type, list, takesUnit }) => type === 'String' && list === 'none' && !takesUnit,
    );
    if (hiding !== undefined && !inUnion && chance.happens(0.15)) parts.push(`id: ${hiding.name}`);
    else if (chance.happens(0.4)) parts.push('id');
    if (chance.happens(0.2)) parts.push('__typename');
    if (entity.hasCompoundKey && chance.happens(0.3)) parts.push('maker { name }');
    if (parts.length > 1 && chance.happens(0.2)) {
      const name = `F${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${entity.name} { ${parts.splice(0, 1).join(' ')} }`);
      parts.push(`...${name}`);
    }
    return parts.length === 0 ? ['__typename'] : parts;
  }
}
