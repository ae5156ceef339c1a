/** Prints lines. */
export type Say = (lines: string) => void;
