const reply = await fetch('http://127.0.0.1:8642/admin/v1/rules', {
  method: 'PUT',
  headers: { Authorization: `Bearer ${process.env.OPERATOR_KEY}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ rules: [{ name: 'refund', when: { message: '*refund*' }, reply: { text: 'Done.' } }] }),
});
console.log(JSON.stringify(await reply.json(), null, 2));
