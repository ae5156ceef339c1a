import { type Words, words } from '../words.ts';
import type { EditSlug } from './edits.ts';

/** When a style is worn or used. */
export type Season = 'spring-and-summer' | 'autumn-and-winter' | 'all-year';

/** The adjective of a product's name, and what it implies. */
export interface Style {
  /** English: an adjective. German: the first part of a compound noun. French: a phrase after the noun, which agrees with any. */
  readonly name: Words;
  /** The first sentence of the description. */
  readonly note: Words;
  readonly season: Season;
  /** The edit that gathers products in this style. */
  readonly edit?: EditSlug;
}

export const STYLES: readonly Style[] = [
  {
    name: words('Summer', 'Sommer', 'd’été'),
    note: words('For long, bright days.', 'Für lange, helle Tage.', 'Pour les longues journées claires.'),
    season: 'spring-and-summer',
    edit: 'summer-house',
  },
  {
    name: words('Garden', 'Garten', 'de jardin'),
    note: words(
      'For hours between the beds and the back door.',
      'Für Stunden zwischen Beet und Hintertür.',
      'Pour les heures passées au jardin.',
    ),
    season: 'spring-and-summer',
    edit: 'summer-house',
  },
  {
    name: words('Coastal', 'Küsten', 'de la côte'),
    note: words(
      'For salt air and wide views.',
      'Für Salzluft und weite Blicke.',
      'Pour l’air salé et les grands horizons.',
    ),
    season: 'spring-and-summer',
  },
  {
    name: words('Lakeside', 'See', 'du lac'),
    note: words(
      'For still water and early swims.',
      'Für stilles Wasser und frühes Baden.',
      'Pour l’eau calme et les bains du matin.',
    ),
    season: 'spring-and-summer',
  },
  {
    name: words('Spring', 'Frühlings', 'de printemps'),
    note: words(
      'For the first warm mornings of the year.',
      'Für die ersten warmen Tage im Jahr.',
      'Pour les premiers beaux jours.',
    ),
    season: 'spring-and-summer',
  },
  {
    name: words('Winter', 'Winter', 'd’hiver'),
    note: words('For frost on the window.', 'Für Frost am Fenster.', 'Pour les matins de givre.'),
    season: 'autumn-and-winter',
    edit: 'winter-evenings',
  },
  {
    name: words('Evening', 'Abend', 'du soir'),
    note: words(
      'For the hours after the lamps are lit.',
      'Für die Stunden bei Lampenlicht.',
      'Pour les heures sous la lampe.',
    ),
    season: 'autumn-and-winter',
    edit: 'winter-evenings',
  },
  {
    name: words('Mountain', 'Berg', 'de montagne'),
    note: words(
      'For thin air and steep paths.',
      'Für dünne Luft und steile Wege.',
      'Pour l’air vif et les sentiers raides.',
    ),
    season: 'autumn-and-winter',
  },
  {
    name: words('Forest', 'Wald', 'de la forêt'),
    note: words(
      'For walks under tall trees.',
      'Für Wege unter hohen Bäumen.',
      'Pour marcher sous les grands arbres.',
    ),
    season: 'autumn-and-winter',
  },
  {
    name: words('Autumn', 'Herbst', 'd’automne'),
    note: words(
      'For rain, leaves and low sun.',
      'Für Regen, Laub und tiefe Sonne.',
      'Pour la pluie, les feuilles et le soleil bas.',
    ),
    season: 'autumn-and-winter',
  },
  {
    name: words('Travel', 'Reise', 'de voyage'),
    note: words(
      'For small bags and long trains.',
      'Für kleines Gepäck und lange Zugfahrten.',
      'Pour les petits bagages et les longs trajets.',
    ),
    season: 'all-year',
    edit: 'weekend-away',
  },
  {
    name: words('Weekend', 'Wochenend', 'de week-end'),
    note: words(
      'For two days without an alarm clock.',
      'Für zwei Tage ohne Wecker.',
      'Pour deux jours sans réveil.',
    ),
    season: 'all-year',
    edit: 'weekend-away',
  },
  {
    name: words('Sunday', 'Sonntags', 'du dimanche'),
    note: words(
      'For the slowest day of the week.',
      'Für den langsamsten Tag der Woche.',
      'Pour le jour le plus lent de la semaine.',
    ),
    season: 'all-year',
    edit: 'slow-sundays',
  },
  {
    name: words('Morning', 'Morgen', 'du matin'),
    note: words(
      'For the first quiet hour.',
      'Für die erste stille Stunde.',
      'Pour la première heure de calme.',
    ),
    season: 'all-year',
    edit: 'slow-sundays',
  },
  {
    name: words('Everyday', 'Alltags', 'de tous les jours'),
    note: words(
      'For use without a second thought.',
      'Für jeden Tag, ohne nachzudenken.',
      'Pour tous les jours, sans y penser.',
    ),
    season: 'all-year',
  },
  {
    name: words('Studio', 'Atelier', 'd’atelier'),
    note: words(
      'For work that leaves a mark.',
      'Für Arbeit, die Spuren hinterlässt.',
      'Pour le travail qui laisse des traces.',
    ),
    season: 'all-year',
  },
  {
    name: words('Workshop', 'Werkstatt', 'd’artisan'),
    note: words('For busy hands.', 'Für fleißige Hände.', 'Pour les mains occupées.'),
    season: 'all-year',
  },
  {
    name: words('Market', 'Markt', 'du marché'),
    note: words(
      'For a morning among the stalls.',
      'Für einen Morgen zwischen den Ständen.',
      'Pour un matin entre les étals.',
    ),
    season: 'all-year',
  },
  {
    name: words('Harbour', 'Hafen', 'du port'),
    note: words(
      'For wind and wet planks.',
      'Für Wind und nasse Planken.',
      'Pour le vent et les quais mouillés.',
    ),
    season: 'all-year',
  },
  {
    name: words('City', 'Stadt', 'de la ville'),
    note: words(
      'For pavements, trams and late tables.',
      'Für Gehwege, Trams und späte Tische.',
      'Pour les trottoirs, les trams et les tables tardives.',
    ),
    season: 'all-year',
  },
];
