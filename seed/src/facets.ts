import { openingDayIds } from './id-sequence.ts';
import type { ColourFamily } from './vocabulary/colours.ts';
import type { MaterialFamily } from './vocabulary/materials.ts';
import type { Season } from './vocabulary/styles.ts';

/** The code of a facet value, unique over all facets. */
export type DemoFacetValueCode = ColourFamily | MaterialFamily | Season;

/** One answer to a facet's question. */
export interface DemoFacetValue {
  readonly id: string;
  readonly code: DemoFacetValueCode;
  readonly name: string;
}

/** A property by which a buyer narrows a list of products. */
export interface DemoFacet {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly values: readonly DemoFacetValue[];
}

const nextId = openingDayIds(4);

function value(code: DemoFacetValueCode, name: string): DemoFacetValue {
  return { id: nextId(), code, name };
}

const facets: readonly DemoFacet[] = [
  {
    id: nextId(),
    code: 'colour',
    name: 'Colour',
    values: [
      value('neutrals', 'Neutrals'),
      value('blues', 'Blues'),
      value('greens', 'Greens'),
      value('reds-and-ochres', 'Reds and ochres'),
    ],
  },
  {
    id: nextId(),
    code: 'material',
    name: 'Material',
    values: [
      value('fabric', 'Fabric'),
      value('ceramic-and-glass', 'Ceramic and glass'),
      value('wood-leather-and-metal', 'Wood, leather and metal'),
    ],
  },
  {
    id: nextId(),
    code: 'season',
    name: 'Season',
    values: [
      value('spring-and-summer', 'Spring and summer'),
      value('autumn-and-winter', 'Autumn and winter'),
      value('all-year', 'All year'),
    ],
  },
];

const valueIds = new Map(facets.flatMap((facet) => facet.values.map(({ code, id }) => [code, id] as const)));

/** The three facets, ten values in all. */
export function demoFacets(): readonly DemoFacet[] {
  return facets;
}

/** The id of the facet value with this code; throws when no facet has it. */
export function facetValueId(code: DemoFacetValueCode): string {
  const id = valueIds.get(code);
  if (id === undefined) throw new Error(`expected the code of a facet value, found ${code}`);
  return id;
}
