import { startRareShare } from '../rareshare.mjs';
import { test as shared } from './visitor';

type Server = Awaited<ReturnType<typeof startRareShare>>;

/** For tests that write where others read: each has a server of its own, which ends with it. */
export const test = shared.extend<{ server: Server }>({
  server: async ({}, use) => {
    const { RARESHARE_DATA, RARESHARE_OUTBOX } = process.env;
    const server = await startRareShare(['--trusted-proxy', '127.0.0.1']);
    // There `people` look for letters and give roles. The next test of this worker shares a server.
    Object.assign(process.env, { RARESHARE_DATA: server.data, RARESHARE_OUTBOX: server.outbox });
    await use(server);
    Object.assign(process.env, { RARESHARE_DATA, RARESHARE_OUTBOX });
    await server.stop();
  },
  baseURL: async ({ server }, use) => use(server.origin),
});
