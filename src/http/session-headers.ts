/** Returns the session header of the agent's answer. */
export function sessionHeaders({ session }: { session?: { name: string; value: string } | undefined }) {
  return session === undefined ? {} : { [session.name]: session.value };
}
