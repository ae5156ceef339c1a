import { type EntityManager, type Knex, readInteger, readTime, rowsOf } from '@stoa/database';
import type { PromotionKind, PromotionRecord } from './promotion.ts';

/** Reads the promotions that `narrow` leaves of all, in the order that it gives them. */
export async function findPromotions(
  em: EntityManager,
  narrow: (promotions: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<readonly PromotionRecord[]> {
  const knex = em.getKnex();
  const rows: Record<string, unknown>[] = await narrow(knex('promotion').select(knex.raw(columns)));
  return rows.map(toRecord);
}

const columns = `id, name, kind, basis_points, amount, minimum_subtotal, currency, coupon_code, starts_at, ends_at,
  archived_at, created_at, version`;

/** Its two values are the time. */
const active = 'archived_at is null and starts_at <= ? and (ends_at is null or ends_at > ?)';

function toRecord(row: Record<string, unknown>): PromotionRecord {
  return {
    id: String(row['id']),
    name: String(row['name']),
    kind: row['kind'] as PromotionKind,
    basisPoints: nullOr(readInteger, row['basis_points']),
    amount: nullOr(readInteger, row['amount']),
    minimumSubtotal: nullOr(readInteger, row['minimum_subtotal']),
    currency: nullOr(String, row['currency']),
    couponCode: nullOr(String, row['coupon_code']),
    startsAt: readTime(row['starts_at']),
    endsAt: nullOr(readTime, row['ends_at']),
    archivedAt: nullOr(readTime, row['archived_at']),
    createdAt: readTime(row['created_at']),
    version: readInteger(row['version']),
  };
}

/**
 * Reads, with one query, the promotions that are active now and need no coupon or one of the given,
 * oldest first. Whether they apply to an order is for `applyPromotions` to say.
 * @param couponCodes normalised
 */
export async function findActivePromotions(
  em: EntityManager,
  couponCodes: readonly string[],
  now: Date,
): Promise<readonly PromotionRecord[]> {
  const rows = await rowsOf(em).all(
    `select ${columns} from promotion where coupon_code is null and ${active}
     union all
     select ${columns} from promotion where coupon_code = any(?) and ${active}
     order by id`,
    [now, now, couponCodes, now, now],
  );
  return rows.map(toRecord);
}

function nullOr<Value>(read: (value: unknown) => Value, value: unknown): Value | null {
  return value === null ? null : read(value);
}
