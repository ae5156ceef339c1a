import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

// The stock gateway, as its documentation starts it. Arguments: the supergraph's file, a port.
const [file = '', port = ''] = process.argv.slice(2);
const server = new ApolloServer({
  gateway: new ApolloGateway({ supergraphSdl: readFileSync(file, 'utf8') }),
});
await startStandaloneServer(server, { listen: { port: Number(port) } });
