import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { execute, type GraphQLSchema, parse } from 'graphql';

/**
 * A subgraph that costs next to nothing: each distinct request body is executed once and answered from memory from then
 * on, over bare sockets, so that what is measured is the gateway and not what stands behind it.
 * @returns its address
 */
export async function answeringServer(schema: GraphQLSchema): Promise<string> {
  const answers = new Map<string, Buffer>();
  const execution = async (body: string): Promise<Buffer> => {
    const { query, variables } = JSON.parse(Buffer.from(body, 'latin1').toString('utf8')) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    const result = JSON.stringify(
      await execute({ schema, document: parse(query), variableValues: variables }),
    );
    const answer = Buffer.from(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nkeep-alive: timeout=60\r\ncontent-length: ${Buffer.byteLength(result)}\r\n\r\n${result}`,
    );
    answers.set(body, answer);
    return answer;
  };
  const server = createServer({ noDelay: true }, (socket) =>
    eachRequest(socket, (body) => {
      const known = answers.get(body);
      if (known !== undefined) socket.write(known);
      else void execution(body).then((answer) => socket.write(answer));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** Calls for the body of each request, as latin1; the gateways send one after another and tell their lengths. */
function eachRequest(socket: Socket, onBody: (body: string) => void): void {
  let read = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (part) => {
    read += part.toString('latin1');
    const headEnd = read.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(read.slice(0, headEnd + 2))?.[1];
    if (length === undefined) throw new Error('Expected a request that tells its content-length');
    const begin = headEnd + 4;
    if (read.length < begin + Number(length)) return;
    const body = read.slice(begin);
    read = '';
    onBody(body);
  });
}
