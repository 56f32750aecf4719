import { chromium as b } from '@playwright/test'; import { chromium } from './chromium.mjs'; import { startRareShare } from './rareshare.mjs';
const s = await startRareShare(); const br = await b.launch(chromium());
const p = await br.newPage({baseURL:s.origin}); p.on('console',m=>console.log('console',m.text())); p.on('pageerror',e=>console.log('ERR',e.stack.slice(0,200)));
for (const u of ['/about','/','/conditions','/search?q=x','/communities/multiple-myeloma','/sources']) { const r=await p.goto(u); await p.waitForTimeout(700); console.log(u, r.status(), await p.locator('#q').getAttribute('role')); }
await br.close(); await s.stop();
