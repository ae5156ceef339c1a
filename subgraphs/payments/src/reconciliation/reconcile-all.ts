import { type EntityManager, readInteger, readTime, writeTime } from '@stoa/database';
import { ledgerSumsOf, noLedger } from '../ledger/ledger-sums.ts';
import type { PaymentState } from '../payment/payment-state.ts';
import { ProviderTimeout } from '../providers/provider-timeout.ts';
import type { PaymentsScope } from '../scope.ts';
import { bringInLine } from './bring-in-line.ts';
import { type Book, bookOfCharge, bookOfLedger, differencesOf } from './compare-books.ts';

/** What came of comparing one payment with its provider. */
export interface ComparedPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly provider: string;
  readonly state: PaymentState;
  readonly currency: string;
  readonly ledger: Book;
  /** Null when the provider could not be asked. */
  readonly atProvider: Book | null;
  /** What differs, also after mending. */
  readonly differences: readonly string[];
  /** What differed before it was mended. */
  readonly mended: readonly string[];
  /** Why it could not be told; null when it could. */
  readonly fault: string | null;
}

export interface ReconcileOptions {
  /** Only payments that were started then or later. */
  readonly since: Date | null;
  /** Whether a payment that differs is brought in line with its provider. */
  readonly isMending: boolean;
}

interface PaymentRow {
  readonly id: string;
  readonly orderId: string;
  readonly provider: string;
  readonly state: PaymentState;
  readonly currency: string;
  readonly captured: number;
  readonly refunded: number;
  readonly reference: string | null;
  readonly createdAt: Date;
}

const pageSize = 100;
/** A shop that runs on the same SQLite file may write in between, which SQLite refuses one of the two. */
const mendingAttempts = 3;

/** Compares the ledger of every payment with what its provider has, the oldest first; a shop may run meanwhile. */
export async function* reconcileAll(
  scope: PaymentsScope,
  options: ReconcileOptions,
): AsyncGenerator<ComparedPayment> {
  for await (const page of pagesOf(scope.em, options.since)) {
    for (const { id } of page) yield await reconcile(scope, id, options.isMending);
  }
}

async function reconcile(scope: PaymentsScope, id: string, isMending: boolean): Promise<ComparedPayment> {
  const glance = await compare(scope, id);
  // A shop that runs may have moved it between the two questions: only what differs twice does.
  const first = glance.differences.length === 0 ? glance : await compare(scope, id);
  if (!isMending || first.differences.length === 0) return first;
  const fault = await mend(scope, id);
  if (fault !== null) return { ...first, fault };
  const second = await compare(scope, id);
  return { ...second, mended: first.differences.filter((text) => !second.differences.includes(text)) };
}

/** @returns why it could not be brought in line; null when it could */
async function mend(scope: PaymentsScope, id: string): Promise<string | null> {
  let fault: string | null = null;
  for (let attempt = 1; attempt <= mendingAttempts; attempt += 1) {
    try {
      await bringInLine(scope, id);
      return null;
    } catch (error) {
      fault = messageOf(error);
    }
  }
  return fault;
}

async function compare(scope: PaymentsScope, id: string): Promise<ComparedPayment> {
  const { em, providers } = scope;
  const asked = await ask(async () => {
    const { provider, reference } = await readPayment(em, id);
    return bookOfCharge(await providers.get(provider).retrieve({ paymentId: id, reference }));
  });
  // Read after the provider was asked: what was captured in between is in both.
  const row = await readPayment(em, id);
  const ledger = bookOfLedger((await ledgerSumsOf(em, [id])).get(id) ?? noLedger);
  return {
    paymentId: id,
    orderId: row.orderId,
    provider: row.provider,
    state: row.state,
    currency: row.currency,
    ledger,
    atProvider: asked.book,
    differences: asked.book === null ? [] : differencesOf(ledger, asked.book, row),
    mended: [],
    fault: asked.fault,
  };
}

async function ask(question: () => Promise<Book>): Promise<{ book: Book | null; fault: string | null }> {
  try {
    return { book: await question(), fault: null };
  } catch (error) {
    const fault = error instanceof ProviderTimeout ? 'the provider does not answer' : messageOf(error);
    return { book: null, fault };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function* pagesOf(em: EntityManager, since: Date | null): AsyncGenerator<PaymentRow[]> {
  let after: PaymentRow | undefined;
  for (;;) {
    const query = payments(em).orderBy(['created_at', 'id']).limit(pageSize);
    if (since !== null) query.where('created_at', '>=', writeTime(em, since));
    if (after !== undefined) {
      query.whereRaw('(created_at, id) > (?, ?)', [writeTime(em, after.createdAt), after.id]);
    }
    const page = (await query).map(rowOf);
    if (page.length > 0) yield page;
    after = page.at(-1);
    if (page.length < pageSize) return;
  }
}

async function readPayment(em: EntityManager, id: string): Promise<PaymentRow> {
  return rowOf(await payments(em).where({ id }).first());
}

function payments(em: EntityManager) {
  return em
    .getKnex()('payment')
    .select(
      'id',
      'order_id',
      'provider',
      'state',
      'currency',
      'captured',
      'refunded',
      'provider_reference',
      'created_at',
    );
}

function rowOf(row: Record<string, unknown>): PaymentRow {
  return {
    id: row.id as string,
    orderId: row.order_id as string,
    provider: row.provider as string,
    state: row.state as PaymentState,
    currency: row.currency as string,
    captured: readInteger(row.captured),
    refunded: readInteger(row.refunded),
    reference: row.provider_reference as string | null,
    createdAt: readTime(row.created_at),
  };
}
