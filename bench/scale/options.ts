/** What every part is told. */
export interface Options {
  /** How many products the largest catalogue has. */
  readonly products: number;
  readonly connections: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  /** Of shoppers at once, where it is not what is varied. */
  readonly shoppers: number;
  /** The cores that separate services share, as `taskset` takes them. */
  readonly cores: string;
  readonly postgres: string;
  readonly broker: string;
}
