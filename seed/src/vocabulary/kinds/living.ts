import { words } from '../../words.ts';
import { MATERIALS } from '../materials.ts';
import { type Choice, choiceValue, type Kind, MADE_OF, noun } from './kind.ts';

const cushionSize: Choice = {
  code: 'size',
  name: 'Size',
  values: [
    choiceValue('40x40', '40 × 40 cm'),
    choiceValue('50x50', '50 × 50 cm', 1.25),
    choiceValue('60x60', '60 × 60 cm', 1.5),
  ],
};

const rugSize: Choice = {
  code: 'size',
  name: 'Size',
  values: [
    choiceValue('60x90', '60 × 90 cm'),
    choiceValue('70x140', '70 × 140 cm', 1.6),
    choiceValue('120x180', '120 × 180 cm', 2.6),
    choiceValue('160x230', '160 × 230 cm', 4),
    choiceValue('200x300', '200 × 300 cm', 6),
  ],
};

export const LIVING: readonly Kind[] = [
  {
    slug: 'lamps',
    name: words('Lamps', 'Leuchten', 'Luminaires'),
    description: words(
      'Lamps, lanterns and pendants that make a corner out of a room.',
      'Lampen, Laternen und Pendelleuchten, die aus einem Zimmer eine Ecke machen.',
      'Lampes, lanternes et suspensions qui font un coin dans une pièce.',
    ),
    nouns: [
      noun('LAMP', 'Lamp', 'lampe', 'Lampe'),
      noun('LANT', 'Lantern', 'laterne', 'Lanterne'),
      noun('PEND', 'Pendant', 'pendelleuchte', 'Suspension'),
    ],
    materials: [MATERIALS.brass, MATERIALS.oak, MATERIALS.glass, MATERIALS.stoneware],
    madeOf: MADE_OF,
    note: words(
      'Shade and cord in the colour you choose; takes an E27 bulb.',
      'Schirm und Kabel in der gewählten Farbe; für E27-Leuchtmittel.',
      'Abat-jour et fil dans la couleur choisie ; ampoule E27.',
    ),
    variation: { by: 'colour' },
    priceRange: [5900, 17900],
    weightRangeGrams: [900, 3200],
    taxCategory: 'standard',
  },
  {
    slug: 'cushions',
    name: words('Cushions', 'Kissen', 'Coussins'),
    description: words(
      'Cushions for chairs that are nearly comfortable.',
      'Kissen für Stühle, die fast bequem sind.',
      'Des coussins pour les chaises presque confortables.',
    ),
    nouns: [
      noun('CUSH', 'Cushion', 'kissen', 'Coussin'),
      noun('FLOOR', 'Floor Cushion', 'bodenkissen', 'Coussin de sol'),
    ],
    materials: [MATERIALS.linen, MATERIALS.wool, MATERIALS.velvet, MATERIALS.cotton],
    madeOf: MADE_OF,
    note: words(
      'With a hidden zip; the feather filling is included.',
      'Mit verdecktem Reißverschluss; die Federfüllung liegt bei.',
      'Fermeture invisible ; garnissage en plumes fourni.',
    ),
    variation: { by: 'choice-and-colour', choice: cushionSize },
    priceRange: [1900, 4500],
    weightRangeGrams: [350, 700],
    taxCategory: 'standard',
  },
  {
    slug: 'blankets',
    name: words('Blankets', 'Decken', 'Couvertures'),
    description: words(
      'Blankets, throws and quilts for beds, sofas and laps.',
      'Decken, Überwürfe und Steppdecken für Bett, Sofa und Schoß.',
      'Couvertures, plaids et courtepointes pour le lit et le canapé.',
    ),
    nouns: [
      noun('BLANK', 'Blanket', 'decke', 'Couverture'),
      noun('THROW', 'Throw', 'überwurf', 'Plaid'),
      noun('QUILT', 'Quilt', 'steppdecke', 'Courtepointe'),
    ],
    materials: [MATERIALS.wool, MATERIALS.cotton, MATERIALS.alpaca, MATERIALS.linen],
    madeOf: MADE_OF,
    note: words(
      'Whipped edges, 140 × 200 cm.',
      'Umkettelte Kanten, 140 × 200 cm.',
      'Bords surfilés, 140 × 200 cm.',
    ),
    variation: { by: 'colour' },
    priceRange: [5900, 12900],
    weightRangeGrams: [700, 1800],
    taxCategory: 'standard',
  },
  {
    slug: 'rugs',
    name: words('Rugs', 'Teppiche', 'Tapis'),
    description: words(
      'Rugs for bare floors, woven flat so that doors still open.',
      'Teppiche für kahle Böden, flach gewebt, damit Türen noch aufgehen.',
      'Des tapis pour les sols nus, tissés à plat pour laisser passer les portes.',
    ),
    nouns: [noun('RUG', 'Rug', 'teppich', 'Tapis'), noun('KILIM', 'Kilim', 'kelim', 'Kilim')],
    materials: [MATERIALS.wool, MATERIALS.jute, MATERIALS.cotton, MATERIALS.linen],
    madeOf: MADE_OF,
    note: words(
      'Woven flat, the same on both sides.',
      'Flach gewebt, auf beiden Seiten gleich.',
      'Tissé à plat, identique des deux côtés.',
    ),
    variation: { by: 'choice', choice: rugSize },
    priceRange: [4900, 9900],
    weightRangeGrams: [900, 1800],
    taxCategory: 'standard',
  },
];
