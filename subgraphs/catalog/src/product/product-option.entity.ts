import { defineEntity, p } from '@mikro-orm/core';
import type { NameTranslations } from '../locale/translated.ts';
import { Product } from './product.entity.ts';

/** What a buyer chooses: a size, a colour. */
export const ProductOption = defineEntity({
  name: 'ProductOption',
  tableName: 'product_option',
  properties: {
    id: p.string().length(36).primary(),
    product: () => p.manyToOne(Product).mapToPk(),
    position: p.integer(),
    code: p.string(),
    name: p.string(),
    nameTranslations: p.json<NameTranslations>(),
  },
});

/** One choice of an option. */
export const OptionValue = defineEntity({
  name: 'OptionValue',
  tableName: 'option_value',
  properties: {
    id: p.string().length(36).primary(),
    option: () => p.manyToOne(ProductOption).mapToPk(),
    position: p.integer(),
    code: p.string(),
    name: p.string(),
    nameTranslations: p.json<NameTranslations>(),
  },
});
