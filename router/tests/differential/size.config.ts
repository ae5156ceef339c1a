/** How many graphs are made up: 100 in the suite, fewer or more by DIFFERENTIAL_GRAPHS. Each has 20 operations. */
export const graphs = Number(process.env.DIFFERENTIAL_GRAPHS ?? 100);
export const operationsOfGraph = 20;
