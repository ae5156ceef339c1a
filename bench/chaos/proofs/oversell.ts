import { demoVariants, setStock, unitsLeft } from '../../../e2e/stock.ts';
import { type Outcome, type Proof, tally } from '../proof.ts';
import { settle } from '../settle.ts';
import { type ShopProcesses, startShopProcesses } from '../shop-processes.ts';
import { buy } from '../shopper.ts';

/** More buyers than units, all at once. */
export const oversell: Proof = {
  name: 'oversell',
  title: 'stock is never sold twice',
  async run(place, tell) {
    const shop = await startShopProcesses(place);
    try {
      tell('1 unit, 100 buyers');
      const one = await rush(shop, 0, 1, Array(100).fill(1));
      tell('50 units, 500 buyers');
      const fifty = await rush(
        shop,
        1,
        50,
        Array.from({ length: 500 }, (_, index) => 1 + (index % 3)),
      );
      if (one.sold !== 1) one.violations.push(`Of 1 unit ${one.sold} were sold`);
      const { violations } = await settle(shop.stores, 60_000);
      return {
        figures: `${one.figures}; ${fifty.figures}`,
        violations: [...one.violations, ...fifty.violations, ...violations],
      };
    } finally {
      await shop.stop();
    }
  },
};

async function rush(
  shop: ShopProcesses,
  variant: number,
  units: number,
  quantities: readonly number[],
): Promise<Outcome & { readonly sold: number; readonly violations: string[] }> {
  const variantId = demoVariants(variant + 1)[variant] ?? '';
  await setStock(shop.send, variantId, units);
  const purchases = await Promise.all(
    quantities.map((quantity) => buy(shop.send, { variantId, quantity, token: 'tok_approve' })),
  );
  const sold = purchases
    .filter(({ outcome }) => outcome === 'Order:PAID')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const left = await unitsLeft(shop.send, variantId);
  const violations: string[] = [];
  if (left < 0 || sold + left !== units)
    violations.push(`Of ${units} units ${sold} were sold and ${left} are left`);
  for (const { outcome } of purchases)
    if (outcome !== 'Order:PAID' && outcome !== 'InsufficientStockError')
      violations.push(`A buyer was answered ${outcome}`);
  const answers = tally(purchases.map(({ outcome }) => outcome));
  return {
    sold,
    violations,
    figures: `${units} units, ${quantities.length} buyers: ${answers}; sold ${sold}, left ${left}`,
  };
}
