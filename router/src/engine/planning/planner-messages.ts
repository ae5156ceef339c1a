/** What the thread that plans is told. Supergraphs are known by numbers. */
export type ToPlanner =
  | { readonly kind: 'open'; readonly graph: number; readonly sdl: string }
  | { readonly kind: 'close'; readonly graph: number }
  | {
      readonly kind: 'plan';
      readonly id: number;
      readonly graph: number;
      readonly document: string;
      readonly operationName: string | undefined;
      /** Those of @override that are active. */
      readonly labels: readonly string[];
    };

/** What it answers to `plan`. A plan travels as JSON, without the parsed forms of its operations. */
export type FromPlanner =
  | { readonly id: number; readonly plan: string }
  | {
      readonly id: number;
      readonly failure: { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> };
    };
