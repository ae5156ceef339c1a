type Makers<Base, Made> = { readonly [Name in keyof Made]: (whole: Base & Made) => Made[Name] };

/**
 * Gives objects more properties, each made when it is first asked for, of the object as a whole. So a request has all that it may read
 * by, and pays for what it reads: making some dozen loaders for each was a good part of a small one.
 */
export function lazily<Base extends object, Made>(makers: Makers<Base, Made>): (base: Base) => Base & Made {
  const prototype = {};
  for (const name of Object.keys(makers) as (keyof Made & string)[]) {
    Object.defineProperty(prototype, name, {
      get(this: Base & Made) {
        const value = makers[name](this);
        Object.defineProperty(this, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return (base) => Object.assign(Object.create(prototype), base);
}
