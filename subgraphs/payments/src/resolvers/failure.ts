/** Why a payment or a refund came to nothing, as the graph shows it. */
export function failure({
  failureCode,
  failureMessage,
}: {
  failureCode: string | null;
  failureMessage: string | null;
}) {
  return failureCode === null ? null : { code: failureCode, message: failureMessage ?? '' };
}
