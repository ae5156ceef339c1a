/** The longest reason that somebody may give, in characters: what a column of history holds. */
export const longestReason = 200;
