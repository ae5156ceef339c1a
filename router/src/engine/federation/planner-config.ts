/** How the planner is set: its plans depend on that. */
export const plannerConfig = { incrementalDelivery: { enableDefer: true } };
