import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { type InvalidInput, invalidInput } from '../invalid-input.ts';
import { StockLocation } from './stock-location.entity.ts';
import type { StockLocationRow } from './stock-locations.ts';

export type CreateStockLocationOutcome =
  | { readonly kind: 'created'; readonly location: StockLocationRow }
  | { readonly kind: 'code-taken'; readonly code: string }
  | InvalidInput;

/** Adds a location that holds stock. */
export async function createStockLocation(
  em: EntityManager,
  { clock, newId }: Actor,
  input: Readonly<{ code: string; name: string; country: string }>,
): Promise<CreateStockLocationOutcome> {
  const fault = faultOf(input);
  if (fault !== null) return fault;
  const now = clock.now();
  const location = { id: newId(), code: input.code, name: input.name.trim(), country: input.country };
  em.create(StockLocation, { ...location, createdAt: now, updatedAt: now });
  try {
    await em.flush();
  } catch (error) {
    // Ids are random: only the code can collide.
    if (error instanceof UniqueConstraintViolationException) return { kind: 'code-taken', code: input.code };
    throw error;
  }
  return { kind: 'created', location };
}

function faultOf({
  code,
  name,
  country,
}: {
  code: string;
  name: string;
  country: string;
}): InvalidInput | null {
  if (!/^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/.test(code)) {
    return invalidInput('input.code', '2 to 32 small letters, digits and hyphens such as berlin-2', code);
  }
  if (name.trim().length < 1 || name.trim().length > 100) {
    return invalidInput('input.name', 'a name of 1 to 100 characters', name);
  }
  if (!/^[A-Z]{2}$/.test(country)) {
    return invalidInput('input.country', 'an ISO 3166-1 alpha-2 country code such as DE', country);
  }
  return null;
}
