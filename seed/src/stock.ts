import type { DemoLocationCode } from './locations.ts';
import type { Random } from './random.ts';

/**
 * Units on the shelves of each location. Most variants have 20 to 200 in both; of every thousand, about
 * ten are sold out everywhere, ten are down to a single unit, and twenty are missing from one location.
 */
export function stockByLocation(random: Random): Readonly<Record<DemoLocationCode, number>> {
  const berlin = random.integer(20, 200);
  const leeds = random.integer(20, 200);
  const fate = random.integer(0, 999);
  if (fate < 10) return { berlin: 0, leeds: 0 };
  if (fate < 15) return { berlin: 1, leeds: 0 };
  if (fate < 20) return { berlin: 0, leeds: 1 };
  if (fate < 30) return { berlin: 0, leeds };
  if (fate < 40) return { berlin, leeds: 0 };
  return { berlin, leeds };
}
