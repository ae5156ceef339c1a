import { words } from '../../words.ts';
import { MATERIALS } from '../materials.ts';
import { BOUND_IN, type Choice, choiceValue, type Kind, MADE_OF, noun } from './kind.ts';

const format: Choice = {
  code: 'format',
  name: 'Format',
  values: [choiceValue('a6', 'A6'), choiceValue('a5', 'A5', 1.4), choiceValue('a4', 'A4', 2)],
};

const language: Choice = {
  code: 'language',
  name: 'Language',
  values: [
    choiceValue('en', 'English'),
    choiceValue('de', 'German'),
    choiceValue('fr', 'French'),
    choiceValue('es', 'Spanish'),
    choiceValue('it', 'Italian'),
  ],
};

// The steps have names and not sums, since each price list states the sum in its own currency.
const amount: Choice = {
  code: 'amount',
  name: 'Amount',
  values: [
    choiceValue('xs', 'Token', 0.4, 1),
    choiceValue('s', 'Small'),
    choiceValue('m', 'Medium', 2, 1),
    choiceValue('l', 'Large', 4, 1),
    choiceValue('xl', 'Grand', 8, 1),
  ],
};

export const PAPER: readonly Kind[] = [
  {
    slug: 'notebooks',
    name: words('Notebooks', 'Notizbücher', 'Carnets'),
    description: words(
      'Notebooks and sketchbooks that lie flat from the first page.',
      'Notiz- und Skizzenbücher, die ab der ersten Seite flach liegen.',
      'Carnets de notes et de croquis qui s’ouvrent à plat dès la première page.',
    ),
    nouns: [
      noun('NOTE', 'Notebook', 'notizbuch', 'Carnet'),
      noun('SKETCH', 'Sketchbook', 'skizzenbuch', 'Carnet de croquis'),
    ],
    materials: [MATERIALS.linen, MATERIALS.leather, MATERIALS.cork, MATERIALS.felt],
    madeOf: BOUND_IN,
    note: words(
      'Thread-sewn, 160 pages of 100 g paper.',
      'Fadengeheftet, 160 Seiten Papier mit 100 g.',
      'Cousu au fil, 160 pages de papier 100 g.',
    ),
    variation: { by: 'choice-and-colour', choice: format },
    priceRange: [790, 1690],
    weightRangeGrams: [110, 180],
    taxCategory: 'standard',
  },
  {
    slug: 'books',
    name: words('Books', 'Bücher', 'Livres'),
    description: words(
      'Cookbooks, guides and almanacs, printed in five languages.',
      'Kochbücher, Führer und Almanache, gedruckt in fünf Sprachen.',
      'Livres de cuisine, guides et almanachs, imprimés en cinq langues.',
    ),
    nouns: [
      noun('COOK', 'Cookbook', 'kochbuch', 'Livre de cuisine'),
      noun('GUIDE', 'Guide', 'führer', 'Guide'),
      noun('ALMA', 'Almanac', 'almanach', 'Almanach'),
    ],
    materials: [MATERIALS.linen, MATERIALS.leather, MATERIALS.cotton],
    madeOf: BOUND_IN,
    note: words(
      'A new edition, 240 pages, with drawings throughout.',
      'Neuausgabe, 240 Seiten, durchgehend mit Zeichnungen.',
      'Nouvelle édition, 240 pages, illustrée de dessins.',
    ),
    variation: { by: 'choice', choice: language },
    priceRange: [1900, 3900],
    weightRangeGrams: [420, 900],
    taxCategory: 'reduced',
  },
  {
    slug: 'gift-cards',
    name: words('Gift Cards', 'Geschenkkarten', 'Cartes cadeaux'),
    description: words(
      'Gift cards worth keeping once they are spent.',
      'Geschenkkarten, die man aufhebt, auch wenn sie eingelöst sind.',
      'Des cartes cadeaux à garder une fois dépensées.',
    ),
    nouns: [noun('GIFT', 'Gift Card', 'geschenkkarte', 'Carte cadeau')],
    // Only materials of price factor 1: a card is worth what it is worth, whatever it is made of.
    materials: [MATERIALS.birch, MATERIALS.canvas, MATERIALS.felt, MATERIALS.cotton],
    madeOf: MADE_OF,
    note: words(
      'Good for three years, in one purchase or several.',
      'Drei Jahre gültig, für einen Einkauf oder mehrere.',
      'Valable trois ans, en une ou plusieurs fois.',
    ),
    variation: { by: 'choice', choice: amount },
    priceRange: [2500, 2500],
    weightRangeGrams: [15, 40],
    // A voucher for goods of any rate is taxed when it is spent, not when it is sold (Directive (EU) 2016/1065).
    taxCategory: 'zero',
  },
];
