import { invalidInput, type RefusalOf } from '../refusal.ts';
import type { Units } from './fulfilment/order-fulfilment.entity.ts';
import type { LineUnits } from './units-of-order.ts';

/**
 * What somebody wants to do with units of an order, checked against what can be done.
 * @param wanted null for all that can be had
 * @param available how many units of a line can be had
 */
export function wantedUnits(
  lines: readonly LineUnits[],
  wanted: readonly Units[] | null,
  available: (line: LineUnits) => number,
): readonly Units[] | RefusalOf<'invalid-input'> {
  if (wanted === null) {
    const all = lines
      .map((line) => ({ lineId: line.lineId, quantity: available(line) }))
      .filter(({ quantity }) => quantity > 0);
    return all.length > 0 ? all : invalidInput('input.lines', 'an order of which something is left', []);
  }
  if (wanted.length === 0) return invalidInput('input.lines', 'at least one line', wanted);
  const seen = new Set<string>();
  for (const [index, { lineId, quantity }] of wanted.entries()) {
    const line = lines.find((one) => one.lineId === lineId);
    if (line === undefined || seen.has(lineId))
      return invalidInput(`input.lines[${index}].lineId`, 'lines of the order, each once', lineId);
    seen.add(lineId);
    const most = available(line);
    if (quantity < 1 || quantity > most)
      return invalidInput(
        `input.lines[${index}].quantity`,
        most === 0 ? 'a line of which something is left' : `a quantity from 1 to ${most}`,
        quantity,
      );
  }
  return wanted.map(({ lineId, quantity }) => ({ lineId, quantity }));
}
