import { catalogRpc } from '@stoa/catalog/rpc';
import type { CallContext } from '@stoa/identity';
import { implementRpc } from '@stoa/rpc';
import type { FakeVariant } from './fake-variant.ts';
import type { Faults } from './faults.ts';

/** A catalogue of the variants that a test has put on sale. Names tell the language that they were asked for in. */
export function fakeCatalog(variants: ReadonlyMap<string, FakeVariant>, faults: Faults) {
  return implementRpc<(typeof catalogRpc)['service'], CallContext>(catalogRpc, {
    getVariants: ({ variantIds, locale }) =>
      faults.around('catalog.getVariants', () => ({
        variants: variantIds.flatMap((id) => {
          const variant = variants.get(id);
          if (variant === undefined || variant.isGone) return [];
          return [
            { id, productId: `product-of-${id}`, sku: variant.sku, name: `${variant.name} (${locale})` },
          ];
        }),
      })),
  });
}
