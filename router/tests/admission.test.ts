import { expect, it } from 'vitest';
import { startRouter } from './start-router.ts';

it('operations begin however many wait for slow subgraphs', async () => {
  const count = 60;
  let asked = 0;
  let answerAll = () => {};
  const allAsked = new Promise<void>((resolve) => {
    answerAll = resolve;
  });
  const { post } = await startRouter({
    environment: { SHARE_SUBGRAPH_QUERIES: 'false', ROUTER_OPERATIONS_AT_ONCE: '2' },
    through: (_, transport) => ({
      ...transport,
      async send(...request) {
        asked += 1;
        if (asked === count) answerAll();
        await allAsked;
        return transport.send(...request);
      },
    }),
  });
  const answers = await Promise.all(Array.from({ length: count }, () => post({ query: '{ whoami }' })));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});
