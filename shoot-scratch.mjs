import { launchChromium } from './test/docs/launch-chromium.ts';
const base=process.argv[2]; const names=process.argv.slice(3);
await using l=await launchChromium();
const id='resp_0001d6d60001d6d60001d6d60001d6d6';
const all={runs:'#/runs',run:'#/runs/x',approvals:'#/approvals',conversations:'#/conversations',convs:'#/conversations?kind=conversations',response:'#/responses/'+('0'+0),conversation:'#/conversations/c',load:'#/load',signin:'#/runs'};
for(const [w,h] of [[1280,900],[390,844]]) for(const scheme of w===1280?['light','dark']:['light']) {
 const ctx=await l.browser.newContext({viewport:{width:w,height:h},colorScheme:scheme,deviceScaleFactor:1});
 for(const [n,hash] of Object.entries(all)) { if(names.length&&!names.includes(n)) continue;
  const p=await ctx.newPage(); p.on('pageerror',e=>console.log(n,'PAGEERROR',e.message)); p.on('console',m=>m.type()==='error'&&console.log(n,m.text()));
  await p.goto(base+'/console'+hash); await p.waitForTimeout(900);
  const over=await p.evaluate('document.documentElement.scrollWidth-document.documentElement.clientWidth'); if(over>0)console.log(n,w,'wider by',over);
  await p.screenshot({path:`/tmp/shots/${n}-${w}-${scheme}.png`,fullPage:true}); await p.close(); }
 await ctx.close(); }
