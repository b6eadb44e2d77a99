import { startOwnServer } from '/tmp/wgate/test/store/postgres/test-server.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
await using s=await startOwnServer();
const c=spawn(process.env.CMD??'node',['/tmp/wgate/node_modules/.cache/none'].length?process.argv.slice(2):[],{stdio:'inherit',env:{...process.env,TALARIA_SUITE_POSTGRES:s.url}});
process.exitCode=(await once(c,'exit'))[0];
