/** A group of colours that a buyer would look for together. */
export type ColourFamily = 'neutrals' | 'blues' | 'greens' | 'reds-and-ochres';

/** A colour that a variant comes in. */
export interface Colour {
  readonly code: string;
  readonly name: string;
  /** Three letters, as they stand in a sku. */
  readonly skuCode: string;
  readonly family: ColourFamily;
}

export const COLOUR_FAMILIES: readonly ColourFamily[] = ['neutrals', 'blues', 'greens', 'reds-and-ochres'];

export const COLOURS: readonly Colour[] = [
  { code: 'white', name: 'White', skuCode: 'WHT', family: 'neutrals' },
  { code: 'sand', name: 'Sand', skuCode: 'SND', family: 'neutrals' },
  { code: 'stone', name: 'Stone', skuCode: 'STN', family: 'neutrals' },
  { code: 'black', name: 'Black', skuCode: 'BLK', family: 'neutrals' },
  { code: 'navy', name: 'Navy', skuCode: 'NVY', family: 'blues' },
  { code: 'sky', name: 'Sky', skuCode: 'SKY', family: 'blues' },
  { code: 'indigo', name: 'Indigo', skuCode: 'IND', family: 'blues' },
  { code: 'sea-blue', name: 'Sea blue', skuCode: 'BLU', family: 'blues' },
  { code: 'olive', name: 'Olive', skuCode: 'OLV', family: 'greens' },
  { code: 'sage', name: 'Sage', skuCode: 'SGE', family: 'greens' },
  { code: 'fir', name: 'Fir', skuCode: 'FIR', family: 'greens' },
  { code: 'moss', name: 'Moss', skuCode: 'MOS', family: 'greens' },
  { code: 'rust', name: 'Rust', skuCode: 'RST', family: 'reds-and-ochres' },
  { code: 'ochre', name: 'Ochre', skuCode: 'OCH', family: 'reds-and-ochres' },
  { code: 'brick', name: 'Brick', skuCode: 'BRK', family: 'reds-and-ochres' },
  { code: 'berry', name: 'Berry', skuCode: 'BRY', family: 'reds-and-ochres' },
];
