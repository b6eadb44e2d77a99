// Needs a tool call that waits for approval. See the guide to approvals.
const approvals = 'http://127.0.0.1:8642/admin/v1/approvals';
const headers = { Authorization: `Bearer ${process.env.OPERATOR_KEY}` };

const pending = await fetch(`${approvals}?status=pending`, { headers });
const { data } = (await pending.json()) as { data: { id: string }[] };

for (const { id } of data.slice(0, 1)) {
  const reply = await fetch(`${approvals}/${id}`, { headers });
  console.log(JSON.stringify(await reply.json(), null, 2));
}
