import { isId } from '@stoa/clock';
import { Failure } from '@stoa/errors';
import type { HttpServer } from '@stoa/http';
import type { SandboxCharge } from './sandbox-charge.entity.ts';

export interface ConfirmationPageOptions {
  find(chargeId: string): Promise<SandboxCharge | null>;
  /** Confirms a charge or refuses to; does nothing when that was done before. */
  answer(chargeId: string, isConfirmed: boolean): Promise<void>;
  /** Tells the shop that a payment has changed. */
  onChange(paymentId: string): Promise<void>;
}

export function confirmationPath(chargeId: string): string {
  return `/sandbox/confirm/${chargeId}`;
}

/** The page where a buyer with `tok_action` confirms a payment, as a bank's would be. Whoever knows its unguessable address may answer. */
export function addConfirmationPage(
  server: HttpServer,
  { find, answer, onChange }: ConfirmationPageOptions,
): void {
  const findOrFail = async (chargeId: string) => {
    const charge = isId(chargeId) ? await find(chargeId) : null;
    if (charge === null) throw new Failure('not-found', 'The sandbox has no such payment');
    return charge;
  };

  server.get<{ Params: { chargeId: string } }>(confirmationPath(':chargeId'), async ({ params }, reply) =>
    reply.type('text/html; charset=utf-8').send(page(await findOrFail(params.chargeId))),
  );
  server.post<{ Params: { chargeId: string; word: string } }>(
    `${confirmationPath(':chargeId')}/:word`,
    async ({ params }, reply) => {
      if (params.word !== 'yes' && params.word !== 'no') {
        throw new Failure('not-found', `Expected yes or no, found ${JSON.stringify(params.word)}`);
      }
      const { id, paymentId } = await findOrFail(params.chargeId);
      await answer(id, params.word === 'yes');
      await onChange(paymentId);
      return reply.type('text/html; charset=utf-8').send(page(await findOrFail(id)));
    },
  );
}

function page({ id, amount, currency, state }: SandboxCharge): string {
  // Forms without fields: text/plain is what the server reads without a parser of its own.
  const button = (word: string, label: string) =>
    `<form method="post" enctype="text/plain" action="${confirmationPath(id)}/${word}"><button>${label}</button></form>`;
  const body =
    state === 'action-required'
      ? `<p>Pay ${amount} ${currency} (in minor units)?</p>${button('yes', 'Confirm')}${button('no', 'Refuse')}`
      : `<p>This payment is ${state}. You can go back to the shop.</p>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox payment</title><h1>Sandbox payment</h1>${body}</html>`;
}
