import type { Book } from './compare-books.ts';
import type { ComparedPayment } from './reconcile-all.ts';

/** The sums of all payments with one provider in one currency, in minor units. */
export interface ReportSums {
  readonly provider: string;
  readonly currency: string;
  readonly payments: number;
  readonly ledger: Book;
  /** Of the payments that the provider could be asked about. */
  readonly atProvider: Book;
}

export interface Report {
  readonly compared: number;
  readonly agreeing: number;
  readonly mended: readonly ComparedPayment[];
  /** Those that still differ. */
  readonly disagreeing: readonly ComparedPayment[];
  /** Those that the provider could not be asked about. */
  readonly unknown: readonly ComparedPayment[];
  readonly sums: readonly ReportSums[];
}

const empty: Book = { onHold: 0, captured: 0, refunded: 0 };

/** Adds up what was compared. Only what is worth telling is kept, so that a large shop's report stays small. */
export async function reportOf(payments: AsyncIterable<ComparedPayment>): Promise<Report> {
  let compared = 0;
  const mended: ComparedPayment[] = [];
  const disagreeing: ComparedPayment[] = [];
  const unknown: ComparedPayment[] = [];
  const sums = new Map<string, ReportSums>();
  for await (const payment of payments) {
    compared += 1;
    if (payment.fault !== null) unknown.push(payment);
    else if (payment.differences.length > 0) disagreeing.push(payment);
    else if (payment.mended.length > 0) mended.push(payment);
    const key = `${payment.provider} ${payment.currency}`;
    sums.set(key, addTo(sums.get(key), payment));
  }
  const agreeing = compared - mended.length - disagreeing.length - unknown.length;
  return { compared, agreeing, mended, disagreeing, unknown, sums: [...sums.values()] };
}

/** Whether ledger and providers agree, as far as that is known of every payment. */
export function isAgreed({ disagreeing, unknown }: Report): boolean {
  return disagreeing.length === 0 && unknown.length === 0;
}

function addTo(sums: ReportSums | undefined, payment: ComparedPayment): ReportSums {
  const { provider, currency, ledger, atProvider } = payment;
  return {
    provider,
    currency,
    payments: (sums?.payments ?? 0) + 1,
    ledger: add(sums?.ledger ?? empty, ledger),
    atProvider: add(sums?.atProvider ?? empty, atProvider ?? empty),
  };
}

function add(a: Book, b: Book): Book {
  return {
    onHold: a.onHold + b.onHold,
    captured: a.captured + b.captured,
    refunded: a.refunded + b.refunded,
  };
}

/** The report for people. Amounts are in minor units. */
export function describeReport(report: Report): string {
  const lines = [
    `${report.compared} payments compared: ${report.agreeing} agree, ${report.mended.length} mended, ${report.disagreeing.length} differ, ${report.unknown.length} could not be told`,
  ];
  for (const { provider, currency, payments, ledger, atProvider } of report.sums) {
    lines.push(
      `  ${provider}, ${currency}: ${payments} payments`,
      `    in the ledger    ${describeBook(ledger)}`,
      `    at the provider  ${describeBook(atProvider)}`,
    );
  }
  for (const payment of report.mended) {
    lines.push(describePayment('mended', payment), ...payment.mended.map((text) => `    was ${text}`));
  }
  for (const payment of report.disagreeing) {
    lines.push(describePayment('differs', payment), ...payment.differences.map((text) => `    ${text}`));
  }
  for (const payment of report.unknown) {
    lines.push(describePayment('could not be told', payment), `    ${payment.fault}`);
  }
  return lines.join('\n');
}

function describeBook({ onHold, captured, refunded }: Book): string {
  return `on hold ${onHold}, captured ${captured}, refunded ${refunded}, kept ${captured - refunded}`;
}

function describePayment(verdict: string, { paymentId, orderId, provider, state }: ComparedPayment): string {
  return `  ${verdict}: payment ${paymentId} of order ${orderId}, ${provider}, ${state}`;
}
