import type { Finding } from '../report/finding.ts';
import { type ApprovedChange, approvalsFile } from './approved-changes.ts';

/**
 * Lets pass what was approved, and tells of approvals that have ended or that nothing needs. A graph that does not
 * compose cannot be approved: nothing would run it.
 * @param complete whether every step was run; otherwise it is not known what is needed
 */
export function applyApprovals(
  findings: readonly Finding[],
  approved: readonly ApprovedChange[],
  now: Date,
  complete: boolean,
): Finding[] {
  const today = now.toISOString().slice(0, 10);
  const approvalOf = (finding: Finding) =>
    finding.step === 'composition'
      ? undefined
      : approved.find(({ coordinate, code }) => finding.coordinate === coordinate && finding.code === code);
  const needed = new Set(findings.flatMap((finding) => approvalOf(finding) ?? []));
  const judged = findings.map((finding) => {
    const approval = finding.level === 'error' ? approvalOf(finding) : undefined;
    if (approval === undefined) return finding;
    if (approval.until < today) {
      return {
        ...finding,
        message: `${finding.message}\nIt was approved until ${approval.until} (${approvalsFile}:${approval.line}): ${approval.why}`,
      };
    }
    const { mend: _, ...rest } = finding;
    return {
      ...rest,
      level: 'warning' as const,
      message: `${finding.message}\nApproved until ${approval.until}: ${approval.why}`,
      details: { ...finding.details, approvedUntil: approval.until, why: approval.why },
    };
  });
  const idle = complete ? approved.filter((approval) => !needed.has(approval)) : [];
  return [...judged, ...idle.map((approval) => idleApproval(approval, today))];
}

function idleApproval({ coordinate, code, until, line }: ApprovedChange, today: string): Finding {
  const ended = until < today;
  return {
    step: 'operations',
    level: 'warning',
    code: ended ? 'APPROVAL_EXPIRED' : 'APPROVAL_UNUSED',
    message: ended
      ? `The approval of ${code} of ${coordinate} ended on ${until}.`
      : `Nothing needs the approval of ${code} of ${coordinate}: there is no such change against the base.`,
    mend: 'Delete the entry.',
    file: approvalsFile,
    line,
    coordinate,
  };
}
