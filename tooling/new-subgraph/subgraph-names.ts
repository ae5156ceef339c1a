import { NewSubgraphError } from './new-subgraph-error.ts';

/** The names that follow from a subgraph's name and its entity's type. For gift-cards and GiftCard: */
export interface SubgraphNames {
  /** `gift-cards`: the folder, and the name in rover.yaml. */
  readonly subgraph: string;
  /** `giftCards`: the constant that src/subgraph.ts exports. */
  readonly module: string;
  /** `gift_cards`: its database. */
  readonly database: string;
  /** `GIFT_CARDS`: what its variables begin with. */
  readonly variable: string;
  /** `GiftCard` */
  readonly type: string;
  /** `giftCard` */
  readonly one: string;
  /** `giftCards` */
  readonly many: string;
  /** `GiftCards` */
  readonly Many: string;
  /** `gift-card` */
  readonly file: string;
  /** `gift-cards` */
  readonly files: string;
  /** `gift_card` */
  readonly table: string;
  /** `gift card` */
  readonly words: string;
  /** `gift cards` */
  readonly manyWords: string;
  /** `Gift cards` */
  readonly ManyWords: string;
  /** `a`, or `an` before a vowel. */
  readonly article: string;
  /** `A` */
  readonly Article: string;
}

/** PostgreSQL cuts an identifier after 63 bytes, and an index's name says more than the table's. */
const maximumLength = 40;

/** What the code that is made says itself, in a place where an entity's name would come. */
const reservedTypes = new Set([
  ...['Query', 'Mutation', 'Subscription', 'String', 'Int', 'Float', 'Boolean', 'ID', 'Entity', 'Service'],
  ...['DateTime', 'PageInfo', 'UserError', 'ErrorCode', 'InvalidInputError'],
  ...['Array', 'Date', 'Error', 'Function', 'JSON', 'Map', 'Number', 'Object', 'Promise', 'Record', 'Set'],
  ...[
    'Connection',
    'ConnectionArguments',
    'Context',
    'EntityManager',
    'Knex',
    'Loader',
    'Resolvers',
    'RequestScope',
  ],
]);

/** Names that cannot be a constant, in a module: ECMAScript's reserved words and what this code has imported. */
const reservedConstants = new Set([
  ...[
    'arguments',
    'await',
    'break',
    'case',
    'catch',
    'class',
    'const',
    'continue',
    'debugger',
    'default',
    'delete',
  ],
  ...[
    'do',
    'else',
    'enum',
    'eval',
    'export',
    'extends',
    'false',
    'finally',
    'for',
    'function',
    'if',
    'implements',
  ],
  ...[
    'import',
    'in',
    'instanceof',
    'interface',
    'let',
    'new',
    'null',
    'package',
    'private',
    'protected',
    'public',
  ],
  ...[
    'return',
    'static',
    'super',
    'switch',
    'this',
    'throw',
    'true',
    'try',
    'typeof',
    'undefined',
    'var',
    'void',
  ],
  ...['while', 'with', 'yield'],
  ...['migrations', 'resolvers', 'run', 'create', 'list', 'customer', 'staff', 'describe', 'expect', 'it'],
]);

/**
 * @param subgraph kebab-case, such as gift-cards
 * @param type the entity's type, such as GiftCard; by default the subgraph's name in the singular
 * @throws {NewSubgraphError} saying what was expected, when a name has not its form or cannot be used
 */
export function subgraphNames(subgraph: string, type = pascalCase(singular(subgraph))): SubgraphNames {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(subgraph) || subgraph.length > maximumLength) {
    throw new NewSubgraphError(
      `Expected a name of lower-case letters, digits and hyphens, at most ${maximumLength} long, such as wishlist or ` +
        `gift-cards; found ${JSON.stringify(subgraph)}`,
    );
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(type) || type.length > maximumLength) {
    throw new NewSubgraphError(
      `Expected a type in PascalCase, at most ${maximumLength} long, such as GiftCard; found ${JSON.stringify(type)}`,
    );
  }
  const file = kebabCase(type);
  const files = plural(file);
  const names = { module: camelCase(subgraph), one: camelCase(file), many: camelCase(files) };
  if (reservedTypes.has(type)) {
    throw new NewSubgraphError(
      `The type cannot be called ${type}, as something else is. Expected another name: --type GiftCard`,
    );
  }
  for (const name of Object.values(names)) {
    if (reservedConstants.has(name)) {
      throw new NewSubgraphError(
        `Neither a subgraph nor its entity can be called ${name}, as TypeScript or the code made for them means ` +
          'something else by it. Expected another name, or for the entity another --type',
      );
    }
  }
  const words = file.replaceAll('-', ' ');
  const manyWords = files.replaceAll('-', ' ');
  const article = /^[aeiou]/.test(words) ? 'an' : 'a';
  return {
    subgraph,
    ...names,
    database: subgraph.replaceAll('-', '_'),
    variable: subgraph.toUpperCase().replaceAll('-', '_'),
    type,
    Many: pascalCase(files),
    file,
    files,
    table: file.replaceAll('-', '_'),
    words,
    manyWords,
    ManyWords: capitalised(manyWords),
    article,
    Article: capitalised(article),
  };
}

function camelCase(kebab: string): string {
  return kebab.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function pascalCase(kebab: string): string {
  return capitalised(camelCase(kebab));
}

function kebabCase(pascal: string): string {
  return pascal.replaceAll(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2').toLowerCase();
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** By the rules of most English nouns; for the others there is --type. */
function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/(ss|us|is)$/.test(word) || word.length < 3) return word;
  return word.replace(/s$/, '');
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(s|x|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}
