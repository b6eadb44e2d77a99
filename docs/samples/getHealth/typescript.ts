const reply = await fetch('http://127.0.0.1:8642/health');
console.log(JSON.stringify(await reply.json(), null, 2));
