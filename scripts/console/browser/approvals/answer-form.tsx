import { useId, useState } from 'preact/hooks';
import type { Approval, ApprovalAnswer } from '../api/types.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { forgetApproval } from '../state/approvals.ts';
import { useAction } from '../state/use-action.ts';
import { sendAnswer } from './send-answer.ts';

type Remember = '' | 'tool' | 'server';

interface Properties {
  approval: Approval;
  onAnswered: () => void;
}

/** Approves a call, this one or further ones of the run, or denies it with a reason. */
export function AnswerForm({ approval, onAnswered }: Properties) {
  const { id, tool, server_label: server } = approval;
  const [reason, setReason] = useState('');
  const [remember, setRemember] = useState<Remember>('');
  const answer = useAction(async (body: ApprovalAnswer) => {
    await sendAnswer(approval, body);
    onAnswered();
    forgetApproval(id);
  });
  const deny = (event: Event) => {
    event.preventDefault();
    void answer.run({ approve: false, ...(reason.trim() !== '' && { reason: reason.trim() }) });
  };
  const approve = () => void answer.run({ approve: true, ...(remember !== '' && { remember }) });
  return (
    <form class="answer" onSubmit={deny} aria-busy={answer.isBusy}>
      <div class="actions">
        <button type="button" class="primary" data-answer="approve" disabled={answer.isBusy} onClick={approve}>
          Approve
        </button>
        <RememberField tool={tool} server={server} value={remember} onChange={setRemember} />
      </div>
      <div class="actions">
        <label class="field">
          <span class="hidden">Reason, which the model reads</span>
          <input
            value={reason}
            maxLength={4000}
            placeholder="Reason, which the model reads"
            autocomplete="off"
            data-answer="reason"
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </label>
        <button type="submit" class="danger" disabled={answer.isBusy}>
          Deny
        </button>
      </div>
      <FailureNotice failure={answer.failure} />
    </form>
  );
}

interface RememberProperties {
  tool: string;
  server: string;
  value: Remember;
  onChange: (value: Remember) => void;
}

function RememberField({ tool, server, value, onChange }: RememberProperties) {
  const id = useId();
  return (
    <>
      <label class="hidden" for={id}>
        Approve
      </label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Remember)}>
        <option value="">only this call</option>
        <option value="tool">all calls of {tool} in this run</option>
        <option value="server">all calls of {server} in this run</option>
      </select>
    </>
  );
}
