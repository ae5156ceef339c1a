import { CLOTHING } from './clothing.ts';
import type { Kind } from './kind.ts';
import { LIVING } from './living.ts';
import { PAPER } from './paper.ts';
import { TABLE } from './table.ts';

/** The sixteen kinds of product, in the order in which the shop shows their collections. */
export const KINDS: readonly Kind[] = [...CLOTHING, ...TABLE, ...LIVING, ...PAPER];
