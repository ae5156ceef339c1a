export { type Registry, type RegistrySubgraph, readRegistry } from './read-registry.ts';
export { RegistryError, type RegistryProblem } from './registry-error.ts';
export { repositoryRoot } from './repository-root.ts';
