import type { EntityManager } from '@stoa/database';
import type { CreateVariantInput } from '../__generated__/resolvers-types.ts';
import { invalid } from '../input/checks.ts';
import type { Outcome } from '../problem.ts';
import { chooseOptionValues, combinationOf } from '../product/choose-option-values.ts';
import { lockProduct } from '../product/lock-product.ts';
import { OptionValue, ProductOption } from '../product/product-option.entity.ts';
import { recordProductChange } from '../product/record-product-change.ts';
import { commit, type Work } from '../work.ts';
import { addVariant, type ChosenValue } from './add-variant.ts';
import { Variant } from './variant.entity.ts';
import { checkVariant, maximumVariants } from './variant-input.ts';

/** Adds a variant to a product, in a combination of option values that is not on sale yet. */
export async function makeVariant(
  work: Work,
  input: CreateVariantInput,
): Promise<Outcome<'invalid-input' | 'product-not-found' | 'sku-taken'>> {
  const problem = checkVariant('input', input);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    const { productId, sku } = input;
    const product = await lockProduct(tx, productId);
    if (product === null) return { problem: 'product-not-found', productId };
    const chosen = chooseOptionValues(await offersOf(tx, productId), input.options ?? [], 'input.options');
    if (chosen.problem !== null) return chosen;
    const variants = await tx.find(
      Variant,
      { product: productId },
      { fields: ['id', 'state', 'combination'] },
    );
    const onSale = variants.filter(({ state }) => state === 'ACTIVE');
    const combination = combinationOf(chosen.values.map(({ id }) => id));
    if (onSale.some((variant) => variant.combination === combination)) {
      return invalid(
        'input.options',
        'a combination of option values that no other active variant has',
        'one that is on sale',
      );
    }
    if (onSale.length >= maximumVariants) {
      return invalid(
        'input.productId',
        `a product of fewer than ${maximumVariants} active variants`,
        String(onSale.length),
      );
    }
    if ((await tx.count(Variant, { sku })) > 0) return { problem: 'sku-taken', sku };

    const id = addVariant(work, tx, productId, variants.length, input, chosen.values);
    recordProductChange(work, tx, 'UPDATED', productId, [id]);
    return { problem: null, id };
  });
}

async function offersOf(
  tx: EntityManager,
  productId: string,
): Promise<readonly { code: string; values: readonly (ChosenValue & { code: string })[] }[]> {
  const options = await tx.find(ProductOption, { product: productId }, { orderBy: { position: 'asc' } });
  const values = await tx.find(
    OptionValue,
    { option: { $in: options.map(({ id }) => id) } },
    { orderBy: { position: 'asc' } },
  );
  return options.map(({ id: optionId, code }) => ({
    code,
    values: values
      .filter(({ option }) => option === optionId)
      .map((value) => ({ id: value.id, code: value.code, optionId })),
  }));
}
