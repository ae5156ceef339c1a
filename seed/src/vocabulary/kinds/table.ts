import { words } from '../../words.ts';
import { MATERIALS } from '../materials.ts';
import { type Choice, choiceValue, type Kind, MADE_OF, noun } from './kind.ts';

const diameter: Choice = {
  code: 'diameter',
  name: 'Diameter',
  values: [
    choiceValue('16cm', '16 cm'),
    choiceValue('21cm', '21 cm', 1.3),
    choiceValue('27cm', '27 cm', 1.6),
    choiceValue('32cm', '32 cm', 2),
  ],
};

export const TABLE: readonly Kind[] = [
  {
    slug: 'mugs-and-cups',
    name: words('Mugs and Cups', 'Becher und Tassen', 'Mugs et tasses'),
    description: words(
      'Mugs and cups that sit well in the hand and stack in the cupboard.',
      'Becher und Tassen, die gut in der Hand liegen und sich im Schrank stapeln.',
      'Des mugs et des tasses bien en main, qui s’empilent au placard.',
    ),
    nouns: [noun('MUG', 'Mug', 'becher', 'Mug'), noun('CUP', 'Cup', 'tasse', 'Tasse')],
    materials: [MATERIALS.stoneware, MATERIALS.porcelain, MATERIALS.earthenware, MATERIALS.glass],
    madeOf: MADE_OF,
    note: words(
      'Holds 300 ml; safe in the dishwasher.',
      'Fasst 300 ml; für die Spülmaschine geeignet.',
      'Contient 300 ml ; passe au lave-vaisselle.',
    ),
    variation: { by: 'colour' },
    priceRange: [900, 2400],
    weightRangeGrams: [220, 420],
    taxCategory: 'standard',
  },
  {
    slug: 'tableware',
    name: words('Tableware', 'Geschirr', 'Vaisselle'),
    description: words(
      'Plates, bowls and platters that may be mixed without a plan.',
      'Teller, Schalen und Platten, die sich frei mischen lassen.',
      'Assiettes, bols et plats à mélanger sans y penser.',
    ),
    nouns: [
      noun('PLATE', 'Plate', 'teller', 'Assiette'),
      noun('BOWL', 'Bowl', 'schale', 'Bol'),
      noun('PLAT', 'Platter', 'platte', 'Plat'),
    ],
    materials: [MATERIALS.stoneware, MATERIALS.porcelain, MATERIALS.earthenware, MATERIALS.glass],
    madeOf: MADE_OF,
    note: words(
      'Stacks without scratching; safe in the dishwasher.',
      'Stapelbar ohne Kratzer; für die Spülmaschine geeignet.',
      'S’empile sans rayures ; passe au lave-vaisselle.',
    ),
    variation: { by: 'choice-and-colour', choice: diameter },
    priceRange: [1200, 2900],
    weightRangeGrams: [260, 540],
    taxCategory: 'standard',
  },
];
