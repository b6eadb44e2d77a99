import { useId, useRef } from 'preact/hooks';

interface Properties {
  label: string;
  /** The question and its consequence. */
  title: string;
  detail: string;
  /** The label of the button that confirms. */
  confirm: string;
  isDanger?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
}

/** A button that asks before it acts. Escape and the first button of the dialog keep everything as it is. */
export function ConfirmButton({ label, title, detail, confirm, isDanger = false, disabled, onConfirm }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const close = () => dialog.current?.close();
  const accept = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <button
        type="button"
        class={isDanger ? 'danger' : ''}
        disabled={disabled}
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      <dialog ref={dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-detail`}>
        <h2 id={`${id}-title`}>{title}</h2>
        <p id={`${id}-detail`}>{detail}</p>
        <div class="actions">
          <button type="button" onClick={close}>
            Back
          </button>
          <button type="button" class={isDanger ? 'danger-filled' : 'primary'} onClick={accept}>
            {confirm}
          </button>
        </div>
      </dialog>
    </>
  );
}
