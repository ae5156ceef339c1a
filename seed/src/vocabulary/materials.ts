import { type Words, words } from '../words.ts';

/** A group of materials that a buyer would look for together. */
export type MaterialFamily = 'fabric' | 'ceramic-and-glass' | 'wood-leather-and-metal';

/** What a product is made of. */
export interface Material {
  /** German and French: as it stands after "aus" and "en". */
  readonly name: Words;
  /** Three letters, as they stand in a sku. */
  readonly skuCode: string;
  readonly family: MaterialFamily;
  /** How much dearer it is than the plainest choice. */
  readonly priceFactor: number;
  /** The second sentence of the description. */
  readonly note: Words;
}

/** The materials by the names that kinds of products use for them. */
export const MATERIALS = {
  linen: {
    name: words('Linen', 'Leinen', 'lin'),
    skuCode: 'LIN',
    family: 'fabric',
    priceFactor: 1.15,
    note: words(
      'The European linen softens with every year of use.',
      'Das europäische Leinen wird mit jedem Jahr weicher.',
      'Le lin européen s’assouplit d’année en année.',
    ),
  },
  cotton: {
    name: words('Cotton', 'Baumwolle', 'coton'),
    skuCode: 'COT',
    family: 'fabric',
    priceFactor: 1,
    note: words(
      'The organic cotton is spun and dyed without harsh chemicals.',
      'Die Biobaumwolle wird schonend gesponnen und gefärbt.',
      'Le coton biologique est filé et teint sans produits agressifs.',
    ),
  },
  flannel: {
    name: words('Flannel', 'Flanell', 'flanelle'),
    skuCode: 'FLA',
    family: 'fabric',
    priceFactor: 1.1,
    note: words(
      'The flannel is brushed on both sides and warm at once.',
      'Der Flanell ist beidseitig aufgeraut und sofort warm.',
      'La flanelle, grattée des deux côtés, tient chaud aussitôt.',
    ),
  },
  denim: {
    name: words('Denim', 'Denim', 'denim'),
    skuCode: 'DEN',
    family: 'fabric',
    priceFactor: 1.1,
    note: words(
      'The dense denim fades where it is worn most.',
      'Der dichte Denim hellt auf, wo er am meisten getragen wird.',
      'Le denim épais s’éclaircit là où il sert le plus.',
    ),
  },
  corduroy: {
    name: words('Corduroy', 'Cord', 'velours côtelé'),
    skuCode: 'COR',
    family: 'fabric',
    priceFactor: 1.1,
    note: words(
      'The corduroy has a fine rib and a soft fall.',
      'Der Cord hat eine feine Rippe und fällt weich.',
      'Le velours côtelé, à côtes fines, tombe avec souplesse.',
    ),
  },
  canvas: {
    name: words('Canvas', 'Segeltuch', 'toile'),
    skuCode: 'CAN',
    family: 'fabric',
    priceFactor: 1,
    note: words(
      'The heavy canvas is woven tight enough to stand on its own.',
      'Das schwere Segeltuch ist so dicht gewebt, dass es von selbst steht.',
      'La toile épaisse est assez serrée pour tenir debout.',
    ),
  },
  waxedCotton: {
    name: words('Waxed Cotton', 'gewachster Baumwolle', 'coton ciré'),
    skuCode: 'WAX',
    family: 'fabric',
    priceFactor: 1.25,
    note: words(
      'The waxed cotton turns rain away and can be waxed again.',
      'Die gewachste Baumwolle weist Regen ab und lässt sich nachwachsen.',
      'Le coton ciré repousse la pluie et se recire.',
    ),
  },
  wool: {
    name: words('Wool', 'Wolle', 'laine'),
    skuCode: 'WOO',
    family: 'fabric',
    priceFactor: 1.2,
    note: words(
      'The wool is traceable to the farm that sheared it.',
      'Die Wolle lässt sich bis zum Hof zurückverfolgen.',
      'La laine est tracée jusqu’à la ferme.',
    ),
  },
  merino: {
    name: words('Merino', 'Merinowolle', 'mérinos'),
    skuCode: 'MER',
    family: 'fabric',
    priceFactor: 1.25,
    note: words(
      'The fine merino does not itch and airs clean overnight.',
      'Die feine Merinowolle kratzt nicht und lüftet über Nacht aus.',
      'Le mérinos fin ne gratte pas et s’aère en une nuit.',
    ),
  },
  alpaca: {
    name: words('Alpaca', 'Alpaka', 'alpaga'),
    skuCode: 'ALP',
    family: 'fabric',
    priceFactor: 1.45,
    note: words(
      'The alpaca is lighter than wool and warmer than it looks.',
      'Das Alpaka ist leichter als Wolle und wärmer, als es aussieht.',
      'L’alpaga, plus léger que la laine, est plus chaud qu’il n’y paraît.',
    ),
  },
  silk: {
    name: words('Silk', 'Seide', 'soie'),
    skuCode: 'SLK',
    family: 'fabric',
    priceFactor: 1.5,
    note: words(
      'The washed silk has a matt, quiet sheen.',
      'Die gewaschene Seide schimmert matt und leise.',
      'La soie lavée a un éclat mat et discret.',
    ),
  },
  velvet: {
    name: words('Velvet', 'Samt', 'velours'),
    skuCode: 'VEL',
    family: 'fabric',
    priceFactor: 1.3,
    note: words(
      'The velvet changes its shade with the light.',
      'Der Samt wechselt mit dem Licht den Ton.',
      'Le velours change de nuance avec la lumière.',
    ),
  },
  jute: {
    name: words('Jute', 'Jute', 'jute'),
    skuCode: 'JUT',
    family: 'fabric',
    priceFactor: 0.9,
    note: words(
      'The jute is braided by hand and left undyed.',
      'Die Jute ist von Hand geflochten und ungefärbt.',
      'Le jute est tressé à la main et laissé brut.',
    ),
  },
  felt: {
    name: words('Felt', 'Filz', 'feutre'),
    skuCode: 'FEL',
    family: 'fabric',
    priceFactor: 1,
    note: words(
      'The felt is pressed from offcuts of pure wool.',
      'Der Filz ist aus Resten reiner Wolle gepresst.',
      'Le feutre est pressé à partir de chutes de pure laine.',
    ),
  },
  stoneware: {
    name: words('Stoneware', 'Steinzeug', 'grès'),
    skuCode: 'STO',
    family: 'ceramic-and-glass',
    priceFactor: 1,
    note: words(
      'The stoneware is fired once at a high heat and rings when tapped.',
      'Das Steinzeug ist heiß gebrannt und klingt beim Antippen.',
      'Le grès, cuit à haute température, sonne quand on le touche.',
    ),
  },
  porcelain: {
    name: words('Porcelain', 'Porzellan', 'porcelaine'),
    skuCode: 'POR',
    family: 'ceramic-and-glass',
    priceFactor: 1.3,
    note: words(
      'The porcelain is thin enough to let the light through.',
      'Das Porzellan ist so dünn, dass Licht hindurchfällt.',
      'La porcelaine est assez fine pour laisser passer la lumière.',
    ),
  },
  earthenware: {
    name: words('Earthenware', 'Steingut', 'faïence'),
    skuCode: 'EAR',
    family: 'ceramic-and-glass',
    priceFactor: 0.9,
    note: words(
      'The earthenware is glazed by hand, and no two pieces match.',
      'Das Steingut ist von Hand glasiert, kein Stück gleicht dem anderen.',
      'La faïence est émaillée à la main, chaque pièce est unique.',
    ),
  },
  glass: {
    name: words('Glass', 'Glas', 'verre'),
    skuCode: 'GLA',
    family: 'ceramic-and-glass',
    priceFactor: 1.1,
    note: words(
      'The glass is blown by mouth and holds a bubble or two.',
      'Das Glas ist mundgeblasen und hat hier und da eine Blase.',
      'Le verre soufflé garde une bulle ou deux.',
    ),
  },
  oak: {
    name: words('Oak', 'Eiche', 'chêne'),
    skuCode: 'OAK',
    family: 'wood-leather-and-metal',
    priceFactor: 1.2,
    note: words(
      'The oak is oiled, not varnished, and darkens slowly.',
      'Die Eiche ist geölt statt lackiert und dunkelt langsam nach.',
      'Le chêne, huilé et non verni, fonce lentement.',
    ),
  },
  birch: {
    name: words('Birch', 'Birke', 'bouleau'),
    skuCode: 'BIR',
    family: 'wood-leather-and-metal',
    priceFactor: 1,
    note: words(
      'The birch comes from managed forests in Finland.',
      'Die Birke stammt aus nachhaltig bewirtschafteten Wäldern in Finnland.',
      'Le bouleau vient de forêts finlandaises gérées durablement.',
    ),
  },
  cork: {
    name: words('Cork', 'Kork', 'liège'),
    skuCode: 'CRK',
    family: 'wood-leather-and-metal',
    priceFactor: 0.95,
    note: words(
      'The cork is peeled from trees that go on growing.',
      'Der Kork wird von Bäumen geschält, die weiterwachsen.',
      'Le liège est prélevé sur des arbres qui continuent de pousser.',
    ),
  },
  leather: {
    name: words('Leather', 'Leder', 'cuir'),
    skuCode: 'LEA',
    family: 'wood-leather-and-metal',
    priceFactor: 1.6,
    note: words(
      'The leather is tanned with bark and takes on a patina.',
      'Das Leder ist mit Rinde gegerbt und setzt Patina an.',
      'Le cuir, tanné à l’écorce, se patine avec le temps.',
    ),
  },
  brass: {
    name: words('Brass', 'Messing', 'laiton'),
    skuCode: 'BRA',
    family: 'wood-leather-and-metal',
    priceFactor: 1.3,
    note: words(
      'The brass is left bare, to be polished or to dull in peace.',
      'Das Messing ist unbehandelt: polieren oder in Ruhe altern lassen.',
      'Le laiton est laissé brut, à polir ou à laisser vieillir.',
    ),
  },
} as const satisfies Record<string, Material>;
