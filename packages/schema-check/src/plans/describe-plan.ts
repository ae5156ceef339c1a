import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';

/**
 * A plan as a person reads it: a line a request, with the subgraph, what it is asked, and for an entity where in the
 * answer it goes and by which key it is looked up; what runs side by side and what waits is told by indentation.
 */
export function describePlan(plan: QueryPlan): string {
  const { node } = plan;
  if (node === undefined) return 'nothing is asked of any subgraph';
  if (node.kind !== 'Subscription') return describe(node, '', '').join('\n');
  const rest = node.rest ? ['for every event', ...describe(node.rest, '  ', '')] : [];
  return [...describe(node.primary, '', ''), ...rest].join('\n');
}

function describe(node: PlanNode, indent: string, path: string): string[] {
  switch (node.kind) {
    case 'Fetch':
      return [`${indent}${fetchLine(node, path)}`];
    case 'Flatten':
      return describe(node.node, indent, node.path.join('.'));
    case 'Sequence':
      return block(`${indent}one after another`, node.nodes, indent, path);
    case 'Parallel':
      return block(`${indent}side by side`, node.nodes, indent, path);
    case 'Condition':
      return [
        ...(node.ifClause ? block(`${indent}if $${node.condition}`, [node.ifClause], indent, path) : []),
        ...(node.elseClause
          ? block(`${indent}unless $${node.condition}`, [node.elseClause], indent, path)
          : []),
      ];
    case 'Defer':
      return [
        ...(node.primary.node ? describe(node.primary.node, indent, path) : []),
        ...node.deferred.flatMap((deferred) =>
          deferred.node ? block(`${indent}deferred`, [deferred.node], indent, path) : [],
        ),
      ];
  }
}

function block(title: string, nodes: readonly PlanNode[], indent: string, path: string): string[] {
  return [title, ...nodes.flatMap((node) => describe(node, `${indent}  `, path))];
}

function fetchLine(fetch: FetchNode, path: string): string {
  // The planner prints a document as short as it can; its head says only what the line says already.
  const body = fetch.operation
    .replace(/^(query|mutation|subscription)[^{]*/, '')
    .replace(/^\{_entities\(representations:\$representations\)(.*)\}$/s, '$1');
  const kind = fetch.operationKind === 'query' ? '' : `${fetch.operationKind} `;
  const at = path === '' ? '' : ` at ${path}`;
  const by = fetch.requires === undefined ? '' : ` by ${fetch.requires.map(describeSelection).join(' | ')}`;
  return `${fetch.serviceName}${at}${by}: ${kind}${body}`;
}

function describeSelection(selection: QueryPlanSelectionNode): string {
  if (selection.kind === 'InlineFragment') {
    const fields = selection.selections.filter(
      (field) => field.kind !== 'Field' || field.name !== '__typename',
    );
    return `${selection.typeCondition ?? ''} { ${fields.map(describeSelection).join(' ')} }`;
  }
  if (selection.selections === undefined) return selection.name;
  return `${selection.name} { ${selection.selections.map(describeSelection).join(' ')} }`;
}
