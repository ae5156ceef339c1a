import type { HttpServer } from '@stoa/http';
import { welcomeQuery } from './welcome-query.ts';

/** GraphiQL at /graphiql, whole in one page, so that it works without the internet. The page is made at its first request. */
export function addGraphiql(server: HttpServer): void {
  let page: string | null = null;
  server.get('/graphiql', async (_, reply) => {
    if (page === null) {
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
      page = renderGraphiQL({ endpoint: '/graphql', title: 'Stoa', defaultQuery: welcomeQuery });
    }
    return reply.type('text/html; charset=utf-8').send(page);
  });
}
