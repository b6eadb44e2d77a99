const reply = await fetch('http://127.0.0.1:8642/admin/v1/journal', {
  method: 'DELETE',
  headers: { Authorization: `Bearer ${process.env.OPERATOR_KEY}` },
});
console.log(JSON.stringify(await reply.json(), null, 2));
