const journal = 'http://127.0.0.1:8642/admin/v1/journal';
const headers = { Authorization: `Bearer ${process.env.OPERATOR_KEY}` };

const latest = await fetch(`${journal}?limit=1`, { headers });
const { data } = (await latest.json()) as { data: { id: string }[] };

for (const { id } of data) {
  const reply = await fetch(`${journal}/${id}`, { headers });
  console.log(JSON.stringify(await reply.json(), null, 2));
}
