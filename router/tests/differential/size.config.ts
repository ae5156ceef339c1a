/** How many graphs are made up: 40 in the suite, more by DIFFERENTIAL_GRAPHS. Each has 20 operations. */
export const graphs = Number(process.env.DIFFERENTIAL_GRAPHS ?? 40);
export const operationsOfGraph = 20;
