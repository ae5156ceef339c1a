export {
  add,
  allocate,
  isCurrencyCode,
  type Money,
  money,
  multiply,
  scaleHalfUp,
  subtract,
  sum,
  type TaxedMoney,
} from './money.ts';
export { CurrencyCode, MinorUnits } from './scalars.ts';
