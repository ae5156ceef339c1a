import type { Change } from '@graphql-inspector/core';

/** The part of a change's meta data that names what changed. Which keys are there depends on the type of change. */
type Names = Readonly<Record<string, unknown>>;

/**
 * The schema coordinate of a change. A path of @graphql-inspector does not tell an argument from a field, and names
 * neither the member of a union nor the interface of a type.
 */
export function coordinateOf(change: Change): string {
  const names = change.meta as Names;
  const of = (...keys: readonly string[]) => {
    const key = keys.find((candidate) => typeof names[candidate] === 'string');
    return key === undefined ? undefined : String(names[key]);
  };
  const code = change.type as string;

  if (code.startsWith('SCHEMA_')) return code.split('_')[1]?.toLowerCase() ?? code;
  if (code.startsWith('DIRECTIVE_') && !code.startsWith('DIRECTIVE_USAGE_')) {
    const directive = of('directiveName', 'removedDirectiveName', 'addedDirectiveName');
    const argument = of(
      'directiveArgumentName',
      'removedDirectiveArgumentName',
      'addedDirectiveArgumentName',
    );
    return argument === undefined ? `@${directive}` : `@${directive}(${argument}:)`;
  }
  if (code.startsWith('FIELD_ARGUMENT_') || code.startsWith('DIRECTIVE_USAGE_ARGUMENT_DEFINITION_')) {
    const argument = of('argumentName', 'removedFieldArgumentName', 'addedArgumentName');
    return `${of('typeName')}.${of('fieldName')}(${argument}:)`;
  }
  if (code.startsWith('UNION_MEMBER_')) {
    return `${of('unionName')}.${of('removedUnionMemberTypeName', 'addedUnionMemberTypeName')}`;
  }
  if (code.startsWith('OBJECT_TYPE_INTERFACE_')) {
    return `${of('objectTypeName')}.${of('removedInterfaceName', 'addedInterfaceName')}`;
  }
  return (change.path ?? code).replace(/\.@.*$/, '');
}
