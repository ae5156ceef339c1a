import { type LintRule, placeOf } from '../linted-graph.ts';

/** What ends in Error implements UserError, and the other way round; UserError has a code and a message. */
export const errors: LintRule = function* (subgraphs) {
  for (const { source, types } of subgraphs) {
    for (const type of types.values()) {
      const place = { coordinate: type.name, ...placeOf(source, type.node) };
      const implementsIt = type.interfaces.includes('UserError');
      if (type.kind === 'object' && type.name.endsWith('Error') && !implementsIt && !type.isExtension) {
        yield {
          level: 'error',
          code: 'ERROR_TYPE',
          message: `Expected ${type.name} to implement UserError, as clients select code and message of any failure; it does not.`,
          mend: `Write: type ${type.name} implements UserError { code: ErrorCode! message: String! … }`,
          ...place,
        };
      }
      if (implementsIt && !type.name.endsWith('Error')) {
        yield {
          level: 'error',
          code: 'ERROR_TYPE',
          message: `Expected a type that implements UserError to end in Error, and found ${type.name}.`,
          mend: `Call it ${type.name}Error.`,
          ...place,
        };
      }
      if (type.kind !== 'interface' || type.name !== 'UserError') continue;
      const fields = new Set(type.fields.map(({ name }) => name.value));
      const missing = ['code', 'message'].filter((name) => !fields.has(name));
      if (missing.length === 0) continue;
      yield {
        level: 'error',
        code: 'ERROR_TYPE',
        message: `Expected UserError to have code and message, and found no ${missing.join(' and no ')}.`,
        mend: 'Write: interface UserError { code: ErrorCode! message: String! }',
        ...place,
      };
    }
  }
};
