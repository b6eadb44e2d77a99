import type { EventOf, Sink } from './event-sink.ts';
import type { ClientRunItem } from './held-call.ts';
import { type ItemEvent, writeAdded, writeDone } from './open-item.ts';

export type ClientRunEvent =
  | ItemEvent
  | EventOf<
      'response.shell_call_command.added' | 'response.shell_call_command.delta' | 'response.shell_call_command.done'
    >;

/** Writes the events of a call that the client runs, with each command of a shell in one delta. */
export function writeClientRunCall(sink: Sink<ClientRunEvent>, index: number, item: ClientRunItem): void {
  if (item.type !== 'shell_call') {
    writeAdded(sink, index, { ...item, status: 'in_progress' });
  } else {
    writeAdded(sink, index, { ...item, status: 'in_progress', action: { ...item.action, commands: [] } });
    item.action.commands.forEach((command, position) => {
      writeCommand(sink, { output_index: index, command_index: position }, command);
    });
  }
  writeDone(sink, index, item);
}

type Location = { output_index: number; command_index: number };

function writeCommand(sink: Sink<ClientRunEvent>, location: Location, command: string): void {
  const next = () => ({ sequence_number: sink.number(), ...location });
  sink.add({ type: 'response.shell_call_command.added', ...next(), command: '' });
  sink.add({ type: 'response.shell_call_command.delta', ...next(), delta: command });
  sink.add({ type: 'response.shell_call_command.done', ...next(), command });
}
