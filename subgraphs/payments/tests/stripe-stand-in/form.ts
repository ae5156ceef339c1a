/** Reads application/x-www-form-urlencoded as Stripe does: `metadata[key]=value` and `expand[0]=field` become objects. */
export function readForm(text: string): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [top = '', ...path] = name.replaceAll(']', '').split('[');
    const inner = path.at(0);
    if (inner === undefined) form[top] = value;
    else form[top] = { ...(form[top] as object), [inner]: value };
  }
  return form;
}
