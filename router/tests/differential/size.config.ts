/** How many graphs are made up: 30 in the suite, more by DIFFERENTIAL_GRAPHS. Each has 20 operations. */
export const graphs = Number(process.env.DIFFERENTIAL_GRAPHS ?? 30);
export const operationsOfGraph = 20;
