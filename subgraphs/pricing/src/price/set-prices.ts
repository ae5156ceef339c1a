import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Money } from '@stoa/money';
import { priceChanged } from '../events.ts';
import {
  checkAmount,
  checkVariantId,
  firstInvalid,
  type InvalidInput,
  invalidInput,
} from '../input/invalid-input.ts';
import type { Occasion } from '../occasion.ts';
import { PriceList } from '../price-list/price-list.entity.ts';
import { Price } from './price.entity.ts';

/** Which list: one by its id, or the one of a currency. */
export type PriceListChoice = { readonly id: string } | { readonly currency: string };

/** What a variant is to cost. */
export interface NewPrice {
  readonly variantId: string;
  /** Of one unit, gross or net as the list is. */
  readonly amount: Money;
  /** The version that the price must still have, 0 for none yet; any when left out. */
  readonly expectedVersion?: number | null;
  /** The path of the argument that it came in, for what is said of it. */
  readonly field: string;
}

export type SetPricesOutcome =
  | { readonly kind: 'set'; readonly priceListId: string }
  | { readonly kind: 'list-not-found' }
  | {
      readonly kind: 'currency-mismatch';
      readonly field: string;
      readonly expected: string;
      readonly found: string;
    }
  | {
      readonly kind: 'stale';
      readonly variantId: string;
      readonly expectedVersion: number;
      readonly currentVersion: number;
    }
  | InvalidInput;

/** Sets prices in one list, all of them or none, with an event for each that changed. */
export async function setPrices(
  em: EntityManager,
  choice: PriceListChoice,
  prices: readonly NewPrice[],
  occasion: Occasion,
): Promise<SetPricesOutcome> {
  const invalid = firstInvalid(checkCount(prices), ...prices.map(checkPrice), checkDistinct(prices));
  if (invalid !== null) return invalid;
  const list = await em.findOne(PriceList, choice);
  if (list === null) return { kind: 'list-not-found' };
  const foreign = prices.find(({ amount }) => amount.currency !== list.currency);
  if (foreign !== undefined) {
    const { field, amount } = foreign;
    return {
      kind: 'currency-mismatch',
      field: `${field}.amount`,
      expected: list.currency,
      found: amount.currency,
    };
  }

  // Locked, so that events get their ids in the order of the commits, and in one order, so that two cannot wait for each other.
  const existing = await em.find(
    Price,
    { priceListId: list.id, variantId: { $in: prices.map(({ variantId }) => variantId) } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { variantId: 'asc' } },
  );
  const byVariant = new Map(existing.map((price) => [price.variantId, price]));
  for (const { variantId, expectedVersion } of prices) {
    const currentVersion = byVariant.get(variantId)?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== null && expectedVersion !== currentVersion) {
      return { kind: 'stale', variantId, expectedVersion, currentVersion };
    }
  }

  for (const { variantId, amount } of prices) {
    const price = byVariant.get(variantId);
    if (price?.amount !== amount.amount) {
      write(em, price, { priceListId: list.id, variantId, amount: amount.amount }, occasion);
      recordEvent(
        em,
        priceChanged,
        {
          id: occasion.newId(),
          aggregateId: variantId,
          requestId: occasion.requestId,
          occurredAt: occasion.now,
        },
        { variantId, priceListId: list.id, ...amount },
      );
    }
  }
  return { kind: 'set', priceListId: list.id };
}

function write(
  em: EntityManager,
  price: Price | undefined,
  values: { priceListId: string; variantId: string; amount: number },
  { now, newId }: Occasion,
): void {
  if (price === undefined) em.create(Price, { ...values, id: newId(), createdAt: now, updatedAt: now });
  else em.assign(price, { amount: values.amount, updatedAt: now });
}

const maximumCount = 500;

function checkCount({ length }: readonly NewPrice[]): InvalidInput | null {
  const isWithin = length >= 1 && length <= maximumCount;
  return isWithin ? null : invalidInput('input.prices', `1 to ${maximumCount} prices`, length);
}

function checkPrice({ field, variantId, amount }: NewPrice): InvalidInput | null {
  return firstInvalid(
    checkVariantId(`${field}.variantId`, variantId),
    checkAmount(`${field}.amount.amount`, amount.amount, 0),
  );
}

function checkDistinct(prices: readonly NewPrice[]): InvalidInput | null {
  const seen = new Set<string>();
  for (const { field, variantId } of prices) {
    if (seen.has(variantId)) return invalidInput(`${field}.variantId`, 'each variant once', variantId);
    seen.add(variantId);
  }
  return null;
}
