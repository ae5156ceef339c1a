import { type Words, words } from '../words.ts';

/** The slug of an edit. */
export type EditSlug = 'summer-house' | 'winter-evenings' | 'weekend-away' | 'slow-sundays';

/** A collection that cuts across kinds: every product in one of its styles belongs to it. */
interface Edit {
  readonly slug: EditSlug;
  readonly name: Words;
  readonly description: Words;
}

export const EDITS: readonly Edit[] = [
  {
    slug: 'summer-house',
    name: words('Summer House', 'Sommerhaus', 'Maison d’été'),
    description: words(
      'What to pack for a house with its doors open from June to September.',
      'Was in ein Haus gehört, dessen Türen von Juni bis September offen stehen.',
      'De quoi vivre portes ouvertes, de juin à septembre.',
    ),
  },
  {
    slug: 'winter-evenings',
    name: words('Winter Evenings', 'Winterabende', 'Soirées d’hiver'),
    description: words(
      'Warm layers and warm light for the short end of the year.',
      'Warme Schichten und warmes Licht für die kurzen Tage.',
      'De la chaleur et de la lumière pour les jours courts.',
    ),
  },
  {
    slug: 'weekend-away',
    name: words('Weekend Away', 'Übers Wochenende', 'Escapade du week-end'),
    description: words(
      'Things that fold, roll or stack, for two nights somewhere else.',
      'Dinge, die sich falten, rollen oder stapeln lassen, für zwei Nächte anderswo.',
      'Ce qui se plie, se roule ou s’empile, pour deux nuits ailleurs.',
    ),
  },
  {
    slug: 'slow-sundays',
    name: words('Slow Sundays', 'Langsame Sonntage', 'Dimanches tranquilles'),
    description: words(
      'For late breakfasts and afternoons without a plan.',
      'Für späte Frühstücke und Nachmittage ohne Plan.',
      'Pour les petits déjeuners tardifs et les après-midi sans programme.',
    ),
  },
];
