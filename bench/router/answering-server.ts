import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, type GraphQLSchema, parse } from 'graphql';

/**
 * A subgraph that costs next to nothing: each distinct request body is executed once and answered from memory from then
 * on, so that what is measured is the gateway.
 * @returns its address
 */
export async function answeringServer(schema: GraphQLSchema): Promise<string> {
  const answers = new Map<string, Buffer>();
  const answer = async (body: string): Promise<Buffer> => {
    const known = answers.get(body);
    if (known !== undefined) return known;
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const result = await execute({ schema, document: parse(query), variableValues: variables });
    const made = Buffer.from(JSON.stringify(result));
    answers.set(body, made);
    return made;
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const body = await answer(Buffer.concat(parts).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
